import { placesIn } from '../../../load/index.ts'
import type { SourceFinding, SourceRule } from '../../rule.ts'
import { foreignPatterns, parseJson, unsafeSchemaReferences } from '../../source/schema.ts'
import { offsetIn, readYaml } from '../../source/values.ts'

const FILE = 'values.schema.json'

const rule: SourceRule = {
  code: 'values/schema',
  source:
    'helm: v3.17.2 pkg/chartutil/jsonschema.go, v4.1.4 pkg/chart/common/util/jsonschema.go; test/unit/check/archive-unsafe.test.ts; patterns are those of RE2',
  check(chart) {
    const text = chart.read(FILE)
    if (text === undefined) return []
    const place = placesIn(FILE, text)
    const finding = (offset: number, message: string): SourceFinding => {
      const { line, column } = place(offset)
      return { file: FILE, line, column, message }
    }
    if (parseJson(text) === undefined) return [finding(brokenAt(text), 'The schema is not JSON, so Helm cannot use it.')]
    const problems = [...unsafeSchemaReferences(text), ...foreignPatterns(text)]
    const document = problems.length > 0 ? readYaml(text) : undefined
    return problems.map(({ path, message }) => finding(offsetIn(document, path), message))
  },
}
export default rule

/** Where a text stops being JSON, as the parser says. */
function brokenAt(text: string): number {
  try {
    JSON.parse(text)
    return 0
  } catch (error) {
    const offset = /at position (\d+)/.exec(error instanceof Error ? error.message : '')?.[1]
    return offset === undefined ? text.length : Number(offset)
  }
}
