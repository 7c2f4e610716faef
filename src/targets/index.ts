import type { Locate, Report } from '../diagnostics/index.ts'
import type { ResolvedAddon } from '../model/addon.ts'
import type { Chart } from '../model/chart.ts'
import { CAPABILITIES } from './clusterdefinition/capabilities.ts'
import { lowerToClusterDefinition } from './clusterdefinition/index.ts'
import { reportCollisions } from './collisions.ts'
import type { Lowering, Release } from './release.ts'

export type { Release } from './release.ts'

/** The KubeBlocks releases charts can be made for, oldest first. */
export const releases: readonly Release[] = [
  {
    version: '0.6',
    family: 'clusterdefinition',
    range: '>=0.6.0 <0.7.0',
    // API.md 4.1 and 4.6: what the CRD and the labels the operator makes of names allow.
    limits: { component: 22, configSpec: 59, configConstraint: 51, volume: 63 },
    capabilities: CAPABILITIES['0.6'],
  },
]

/** Translates an addon into a chart for one KubeBlocks release. What the release cannot express is reported as `target/...`. */
export function lower(addon: ResolvedAddon, release: Release, locate: Locate, report: Report): Chart {
  const chart = lowerToFamily({ addon, release, locate, report })
  reportCollisions(chart, locate, report)
  return chart
}

function lowerToFamily(lowering: Lowering): Chart {
  switch (lowering.release.family) {
    case 'clusterdefinition':
      return lowerToClusterDefinition(lowering)
  }
}
