import type { SourceRule } from '../../rule.ts'
import { readChart } from '../../source/chart.ts'
import { showPath } from '../../source/values.ts'

const rule: SourceRule = {
  code: 'values/duplicate-key',
  source: 'helm: v4.1.4 pkg/chart/v2/loader/load.go LoadValues keeps the last of equal keys',
  check(chart) {
    const { values } = readChart(chart)
    return (values?.duplicates ?? []).map(({ path, first, second }) => {
      const { line, column } = values?.place(second) ?? { line: 1, column: 1 }
      const message = `The key "${showPath(path)}" is given on line ${values?.place(first).line} too, and only what is given here counts.`
      return { file: 'values.yaml', line, column, message, hint: 'keep one of the two' }
    })
  },
}
export default rule
