import { placesIn } from '../../../load/index.ts'
import { at, keysAt } from '../../../objects/index.ts'
import type { SourceRule } from '../../rule.ts'
import { parseJson } from '../../source/schema.ts'
import { offsetIn, readYaml } from '../../source/values.ts'

const FILE = 'values.schema.json'

const rule: SourceRule = {
  code: 'values/closed-schema',
  source: 'helm: v4.1.4 pkg/chart/common/util/coalesce.go coalesceGlobals gives every chart in charts/ the value global; test/e2e/subchart.test.ts',
  check(chart) {
    const text = chart.read(FILE)
    const schema = text === undefined ? undefined : parseJson(text)
    if (text === undefined || at(schema, 'additionalProperties') !== false || at(schema, 'properties', 'global') !== undefined) return []
    if (keysAt(schema, 'patternProperties').length > 0) return []
    const { line, column } = placesIn(FILE, text)(offsetIn(readYaml(text), ['additionalProperties']))
    return [
      {
        file: FILE,
        line,
        column,
        message: 'The schema refuses the value "global", so the chart cannot be a dependency of another.',
        hint: 'add global to properties',
      },
    ]
  },
}
export default rule
