import type { Diagnostic } from '../diagnostics/index.ts'
import { listAt, textAt } from '../objects/index.ts'
import { identityOf } from './identity.ts'

/** How often each finding was in an earlier report, by what stays when lines move. */
export type Baseline = ReadonlyMap<string, number>

/** Reads what `--format json` printed; undefined when it is not such a report. */
export function readBaseline(text: string): Baseline | undefined {
  let report: unknown
  try {
    report = JSON.parse(text)
  } catch {
    return undefined
  }
  if (typeof report !== 'object' || report === null || !('diagnostics' in report) || !Array.isArray(report.diagnostics)) return undefined
  const counts = new Map<string, number>()
  for (const diagnostic of listAt(report, 'diagnostics')) {
    const key = identityOf({
      code: textAt(diagnostic, 'code') ?? '',
      file: textAt(diagnostic, 'place', 'file') ?? '',
      message: textAt(diagnostic, 'message') ?? '',
      kubeblocks: listAt(diagnostic, 'kubeblocks').map(String),
    })
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  return counts
}

/** The findings that are not in the baseline: of equal ones, those beyond the number that there were. */
export function newFindings(diagnostics: readonly Diagnostic[], baseline: Baseline): readonly Diagnostic[] {
  const left = new Map(baseline)
  return diagnostics.filter(({ code, place, message, kubeblocks = [] }) => {
    const key = identityOf({ code, file: place?.file ?? '', message, kubeblocks })
    const count = left.get(key) ?? 0
    if (count > 0) left.set(key, count - 1)
    return count === 0
  })
}
