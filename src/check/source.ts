import type { Place, Report } from '../diagnostics/index.ts'
import type { ChartSource } from './rule.ts'

/** The part of the rules to apply: those that only read files, while Helm renders, or those that ask what was rendered. */
export type SourcePart = 'written' | 'rendered'

/** Applies the rules about the files of a chart; `place` says where a spot in a file is. */
export async function checkSource(
  chart: ChartSource,
  part: SourcePart,
  place: (file: string, line: number, column: number) => Place,
  report: Report,
): Promise<void> {
  const { sourceRules } = await import('./rules/index.ts')
  for (const rule of sourceRules) {
    if ((rule.needsRendering === true) !== (part === 'rendered')) continue
    for (const { file, line, column, message, hint } of rule.check(chart))
      report({ code: rule.code, message, place: place(file, line, column), ...(hint === undefined ? {} : { hint }) })
  }
}
