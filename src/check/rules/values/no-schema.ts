import type { SourceRule } from '../../rule.ts'
import { readChart } from '../../source/chart.ts'

const rule: SourceRule = {
  code: 'values/no-schema',
  source: 'helm: v4.1.4 pkg/chart/common/util/jsonschema.go ValidateAgainstSchema looks at charts with a schema alone',
  check(chart) {
    const { values } = readChart(chart)
    if (values === undefined || values.leaves.length === 0 || chart.paths.includes('values.schema.json')) return []
    return [
      {
        file: 'values.yaml',
        line: 1,
        column: 1,
        message: 'There is no values.schema.json, so Helm takes misspelt keys and wrong types without a word.',
      },
    ]
  },
}
export default rule
