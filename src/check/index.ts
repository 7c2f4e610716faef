export { checkApi } from './api.ts'
export { checkChartFiles } from './chart-files.ts'
export { checkOperator } from './operator.ts'

import type { Report } from '../diagnostics/index.ts'
import type { Manifest } from '../render/index.ts'
import { createGraph } from './rule.ts'
import { rules } from './rules/index.ts'

/** Runs every rule over the objects a chart renders. */
export function checkManifests(manifests: readonly Manifest[], report: Report): void {
  const graph = createGraph(manifests)
  for (const rule of rules) {
    for (const manifest of manifests) {
      if (!rule.kinds.includes('*') && !rule.kinds.includes(manifest.kind)) continue
      rule.check(manifest, graph, (message, place, hint) => report({ code: rule.code, message, place, ...(hint === undefined ? {} : { hint }) }))
    }
  }
}
