import { commandsIn } from '../../../gotemplate/index.ts'
import type { ChartSource, SourceRule } from '../../rule.ts'
import { findingIn, readChart } from '../../source/chart.ts'
import type { Template } from '../../source/template.ts'

const rule: SourceRule = {
  code: 'source/unused-helper',
  source: 'helm: include, template and tpl call named templates by their names',
  check(chart) {
    const { templates, vendored, others, dependencies } = readChart(chart)
    const called = new Set<string>()
    for (const template of [...templates, ...vendored]) if (!addCalls(template, called)) return []
    if (!dependencies.complete) return []
    // One that a dependency defines too is there to replace it.
    for (const template of vendored) for (const { parsed } of template.actions) if (parsed.keyword === 'define') called.add(parsed.name ?? '')
    const rendered = tplTexts(chart, others)
    return templates.flatMap((template) =>
      template.actions.flatMap(({ parsed, offset }) => {
        const { keyword, name } = parsed
        if (keyword !== 'define' || name === undefined || called.has(name) || rendered.some((text) => text.includes(name))) return []
        return [findingIn(template, offset, `Nothing includes the named template "${name}".`)]
      }),
    )
  },
}
export default rule

/** Notes the named templates that a template calls; false when it computes a name, and may call any. */
function addCalls({ actions }: Template, called: Set<string>): boolean {
  for (const { parsed } of actions) {
    if (parsed.keyword === 'template' && parsed.name !== undefined) called.add(parsed.name)
    if (parsed.pipeline === undefined) continue
    for (const [head, name] of commandsIn(parsed.pipeline)) {
      if (head?.kind !== 'function' || head.name !== 'include') continue
      if (name?.kind !== 'text') return false
      called.add(name.value)
    }
  }
  return true
}

/** Texts that may be rendered with `tpl`: files and values. */
function tplTexts(chart: ChartSource, others: readonly string[]): readonly string[] {
  return [...others, 'values.yaml'].flatMap((path) => chart.read(path) ?? []).filter((text) => text.includes('{{'))
}
