import { commandsIn } from '../../../gotemplate/index.ts'
import type { SourceRule } from '../../rule.ts'
import { readChart } from '../../source/chart.ts'
import type { Template } from '../../source/template.ts'

const rule: SourceRule = {
  code: 'source/never-rendered',
  needsRendering: true,
  source: 'helm: a template that renders to nothing but blanks and comments gives no object',
  check(chart) {
    const { rendered } = chart
    if (rendered === undefined) return []
    return readChart(chart)
      .templates.filter((template) => template.givesObjects && !rendered.has(template.path) && !canGiveMore(template) && !holdsHelpers(template))
      .map(({ path }) => ({ file: path, line: 1, column: 1, message: 'The template gives no object, and no value changes that.' }))
  },
}
export default rule

/** Whether other values, releases or clusters may make the template give something. */
function canGiveMore({ actions }: Template): boolean {
  return actions.some(({ parsed }) => {
    if (parsed.pipeline === undefined) return false
    return commandsIn(parsed.pipeline).some((command) => command.some(({ kind }) => kind === 'field' || kind === 'function'))
  })
}

/** A file without an underscore whose only purpose is its helpers. */
function holdsHelpers({ actions }: Template): boolean {
  return actions.some(({ parsed }) => parsed.keyword === 'define')
}
