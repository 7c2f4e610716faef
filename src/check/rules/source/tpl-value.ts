import { commandsIn, type Operand } from '../../../gotemplate/index.ts'
import type { SourceRule } from '../../rule.ts'
import { findingIn, readChart } from '../../source/chart.ts'
import { valuePath } from '../../source/uses.ts'
import { showPath } from '../../source/values.ts'

const rule: SourceRule = {
  code: 'source/tpl-value',
  source: 'helm: tpl renders a text as a template, with all functions and values',
  check(chart) {
    const seen = new Set<string>()
    return readChart(chart).templates.flatMap((template) =>
      template.actions.flatMap(({ parsed, start }) => {
        if (parsed.pipeline === undefined) return []
        return commandsIn(parsed.pipeline).flatMap(([head, text]) => {
          if (head?.kind !== 'function' || head.name !== 'tpl') return []
          return pathsIn(text).flatMap((path) => {
            const name = showPath(path)
            if (seen.has(name)) return []
            seen.add(name)
            const what = name === '' ? 'All values are' : `The value "${name}" is`
            return [findingIn(template, start + head.offset, `${what} rendered as a template, so whoever sets it runs template code.`)]
          })
        })
      }),
    )
  },
}
export default rule

/** The values that the text of a `tpl` is made from. */
function pathsIn(operand: Operand | undefined): readonly (readonly string[])[] {
  const path = valuePath(operand)
  if (path !== undefined) return [path]
  if (operand?.kind !== 'group') return []
  return commandsIn(operand.pipeline).flatMap((command) =>
    command.flatMap((inner) => {
      const found = valuePath(inner)
      return found === undefined ? [] : [found]
    }),
  )
}
