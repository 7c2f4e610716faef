import { countSeverities, type Diagnostic } from '../../diagnostics/index.ts'

/** How many findings there are: `2 errors, 1 info`; empty when there is none. */
export function summarize(diagnostics: readonly Diagnostic[]): string {
  const counts = countSeverities(diagnostics)
  const parts = (['error', 'warning', 'info'] as const)
    .filter((severity) => counts[severity] > 0)
    .map((severity) => `${counts[severity]} ${severity}${counts[severity] === 1 ? '' : 's'}`)
  return parts.join(', ')
}
