import { didYouMean } from '../../../diagnostics/index.ts'
import { type Command, commandsIn, type Operand } from '../../../gotemplate/index.ts'
import type { SourceRule } from '../../rule.ts'
import { findingIn, readChart } from '../../source/chart.ts'
import { globMatcher } from '../../source/ignored.ts'

const METHODS = new Set(['Get', 'GetBytes', 'Lines', 'Glob'])

const rule: SourceRule = {
  code: 'source/files-get',
  source: 'helm: pkg/engine/files.go; corpus: tdengine of 0.6 to 0.8, mysql, neo4j and rabbitmq of 1.0',
  check(chart) {
    const { templates, files } = readChart(chart)
    return templates.flatMap((template) =>
      template.actions.flatMap(({ parsed, start }) => {
        if (parsed.pipeline === undefined) return []
        return [...commandsIn(parsed.pipeline)].flatMap((command) => {
          const { method, path, offset } = fileOf(command) ?? {}
          if (method === undefined || path === undefined || offset === undefined) return []
          if (method === 'Glob' ? [...files].some(globMatcher(path)) : files.has(path)) return []
          return [findingIn(template, start + offset, message(path, method, chart.paths), hint(path, [...files]))]
        })
      }),
    )
  },
}
export default rule

/** What a command reads from the chart, when its path is literal. */
function fileOf(command: Command): { readonly method: string; readonly path: string; readonly offset: number } | undefined {
  const [head, ...rest] = command
  if (head?.kind !== 'field' || head.names.at(-2) !== 'Files') return undefined
  const method = head.names.at(-1) ?? ''
  const path = rest.length === 1 ? textOf(rest[0]) : undefined
  // A path into `charts/` depends on what Helm takes for a chart there.
  return METHODS.has(method) && path !== undefined && !path.startsWith('charts/') ? { method, path, offset: head.offset } : undefined
}

/** The text of a literal, or of a `printf` of literals. */
function textOf(operand: Operand | undefined): string | undefined {
  if (operand?.kind === 'text') return operand.value
  if (operand?.kind !== 'group' || operand.names.length > 0 || operand.pipeline.commands.length !== 1) return undefined
  const [head, format, ...rest] = operand.pipeline.commands[0] ?? []
  if (head?.kind !== 'function') return textOfAlone(operand.pipeline.commands[0])
  if (head.name !== 'printf' || format?.kind !== 'text') return undefined
  const given = rest.flatMap((part) => (part.kind === 'text' ? [part.value] : []))
  const verbs = format.value.match(/%./g) ?? []
  if (given.length !== rest.length || verbs.length !== given.length || verbs.some((verb) => verb !== '%s' && verb !== '%v')) return undefined
  let next = 0
  return format.value.replace(/%./g, () => given[next++] ?? '')
}

function textOfAlone(command: Command | undefined): string | undefined {
  const only = command?.length === 1 ? command[0] : undefined
  return only?.kind === 'text' ? only.value : undefined
}

function message(path: string, method: string, paths: readonly string[]): string {
  if (method === 'Glob') return `No file of the chart matches "${path}", so this gives nothing.`
  const there = paths.includes(path)
  return there ? `Helm hides "${path}" from templates, so this gives nothing.` : `The chart has no file "${path}", so this gives nothing.`
}

/** A file of the same name elsewhere, or one that is spelt alike. */
function hint(path: string, files: readonly string[]): string | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1)
  const same = files.filter((file) => file.slice(file.lastIndexOf('/') + 1) === name)
  const best = same.length === 1 ? same[0] : didYouMean(path, files)
  return best === undefined ? undefined : `did you mean "${best}"?`
}
