import type { Place, Report } from '../diagnostics/index.ts'
import type { ChartSource } from './rule.ts'

/** Applies every rule about the files of a chart; `place` says where a spot in a file is. */
export async function checkSource(chart: ChartSource, place: (file: string, line: number, column: number) => Place, report: Report): Promise<void> {
  const { sourceRules } = await import('./rules/index.ts')
  for (const rule of sourceRules) {
    for (const { file, line, column, message, hint } of rule.check(chart))
      report({ code: rule.code, message, place: place(file, line, column), ...(hint === undefined ? {} : { hint }) })
  }
}
