import type { SourceRule } from '../../rule.ts'
import { findingIn, readChart } from '../../source/chart.ts'
import { readAs } from '../../source/scalar.ts'
import { valueUses } from '../../source/uses.ts'
import { showPath } from '../../source/values.ts'

const rule: SourceRule = {
  code: 'source/unquoted',
  source: 'helm: templates print texts bare, and the result is read as YAML 1.1',
  check(chart) {
    const { templates, values } = readChart(chart)
    if (values === undefined) return []
    const texts = new Map(values.leaves.flatMap(({ path, value }) => (typeof value === 'string' ? [[showPath(path), value] as const] : [])))
    return templates
      .filter(({ givesObjects }) => givesObjects)
      .flatMap((template) => {
        const bare = new Map(
          template
            .lines()
            .filter(({ value }) => /^\{\{-? *\$?\.Values\.[\w.]+ *-?\}\}$/.test(value))
            .map((line) => [line.valueOffset, line] as const),
        )
        if (bare.size === 0) return []
        const byAction = new Map(template.actions.map((action) => [action.start, action.offset] as const))
        return valueUses(template).flatMap(({ path, offset }) => {
          const line = bare.get(byAction.get(offset) ?? -1)
          const text = line === undefined ? undefined : texts.get(showPath(path))
          const read = text === undefined ? undefined : readAs(text)
          // "9000" for a port is meant to become the number that looks the same.
          if (line === undefined || read === undefined || read === text || read === `the number ${text}`) return []
          const what = `The default of "${showPath(path)}" is the text ${JSON.stringify(text)}`
          return [findingIn(template, line.valueOffset, `${what}; printed without quotes it becomes ${read}.`, 'add | quote')]
        })
      })
  },
}
export default rule
