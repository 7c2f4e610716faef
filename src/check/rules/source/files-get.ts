import { didYouMean } from '../../../diagnostics/index.ts'
import { type Command, commandsIn, type Pipeline } from '../../../gotemplate/index.ts'
import type { SourceRule } from '../../rule.ts'
import { findingIn, readChart } from '../../source/chart.ts'
import { type FileUse, fileUses } from '../../source/file-uses.ts'
import type { Template } from '../../source/template.ts'

/** Hints that are looked for: each compares a path with all files. */
const MAX_HINTS = 50

const rule: SourceRule = {
  code: 'source/files-get',
  source: 'helm: pkg/engine/files.go Get',
  check(chart) {
    const { templates, files } = readChart(chart)
    const known = [...files]
    let missing = 0
    return templates.flatMap(neededUses).flatMap(({ method, path, template, offset }) => {
      if (method === 'Glob' || files.has(path)) return []
      const hidden = chart.paths.includes(path)
      const what = hidden ? `Helm hides "${path}" from templates` : `The chart has no file "${path}"`
      return [findingIn(template, offset, `${what}, so this gives nothing.`, hidden || missing++ >= MAX_HINTS ? undefined : hint(path, known))]
    })
  },
}
export default rule

/** Uses of files that are not optional: nothing in the template asks whether the file is there, or has something else for it. */
function neededUses(template: Template): readonly FileUse[] {
  const uses = fileUses(template)
  const places = optionalPlaces(template)
  const optional = new Set(uses.filter(({ offset }) => places.has(offset)).map(({ path }) => path))
  return uses.filter(({ path }) => !optional.has(path))
}

/** Offsets of what may well give nothing: conditions, and what `default` stands in for. */
function optionalPlaces({ actions }: Template): ReadonlySet<number> {
  const places = new Set<number>()
  for (const { parsed, start } of actions) {
    const { keyword, pipeline } = parsed
    if (pipeline === undefined) continue
    const isCondition = /^(?:else )?(?:if|with)$/.test(keyword ?? '')
    const parts = isCondition ? [pipeline] : pipelinesIn(pipeline).filter(({ commands }) => commands.some(isDefault))
    for (const [head] of parts.flatMap(commandsIn)) if (head !== undefined) places.add(start + head.offset)
  }
  return places
}

/** A pipeline, and those in its parentheses. */
function pipelinesIn(pipeline: Pipeline): readonly Pipeline[] {
  return [pipeline, ...commandsIn(pipeline).flatMap((command) => command.flatMap((operand) => (operand.kind === 'group' ? [operand.pipeline] : [])))]
}

function isDefault([head]: Command): boolean {
  return head?.kind === 'function' && (head.name === 'default' || head.name === 'coalesce')
}

/** A file of the same name elsewhere, or one that is spelt alike. */
function hint(path: string, files: readonly string[]): string | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1)
  const same = files.filter((file) => file.slice(file.lastIndexOf('/') + 1) === name)
  const best = same.length === 1 ? same[0] : didYouMean(path, files)
  return best === undefined ? undefined : `did you mean "${best}"?`
}
