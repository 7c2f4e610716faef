import type { Locate, Report } from '../diagnostics/index.ts'
import type { ResolvedAddon } from '../model/addon.ts'
import type { Chart } from '../model/chart.ts'
import { lowerToClusterChart } from './cluster/index.ts'
import { lowerToClusterDefinition } from './clusterdefinition/index.ts'
import { reportCollisions } from './collisions.ts'
import { lowerToComponentDefinition } from './componentdefinition/index.ts'
import type { Release } from './release.ts'

/**
 * Translates an addon into the charts of one KubeBlocks release: first that of its definitions, then that which makes clusters of them.
 * What the release cannot express is reported as `target/...`.
 */
export function lower(addon: ResolvedAddon, release: Release, locate: Locate, report: Report): readonly [addon: Chart, cluster: Chart] {
  const aboutRelease: Report = (finding) => report({ ...finding, kubeblocks: [release.version] })
  const chart = lowerToFamily(addon, release, locate, aboutRelease)
  reportCollisions(chart, locate, aboutRelease)
  return [chart, lowerToClusterChart({ addon, release, locate, report: aboutRelease })]
}

function lowerToFamily(addon: ResolvedAddon, release: Release, locate: Locate, report: Report): Chart {
  switch (release.family) {
    case 'clusterdefinition':
      return lowerToClusterDefinition({ addon, release, locate, report })
    case 'componentdefinition':
      return lowerToComponentDefinition({ addon, release, locate, report })
  }
}
