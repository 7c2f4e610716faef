import { type Command, commandsIn, type Operand } from '../../gotemplate/index.ts'
import type { Template } from './template.ts'

/** A literal path or pattern that a template reads from the chart. */
export interface FileUse {
  /** `Get`, `GetBytes`, `Lines` or `Glob`. */
  readonly method: string
  readonly path: string
  readonly template: Template
  readonly offset: number
}

const METHODS = new Set(['Get', 'GetBytes', 'Lines', 'Glob'])

/** Every use of `.Files` in a template whose path is literal. */
export function fileUses(template: Template): readonly FileUse[] {
  return template.actions.flatMap(({ parsed, start }) => {
    if (parsed.pipeline === undefined) return []
    return commandsIn(parsed.pipeline).flatMap((command) => {
      const [head, ...rest] = command
      if (head?.kind !== 'field' || head.names.at(-2) !== 'Files') return []
      const method = head.names.at(-1) ?? ''
      const path = rest.length === 1 ? textOf(rest[0]) : undefined
      // A path into `charts/` depends on what Helm takes for a chart there.
      if (!METHODS.has(method) || path === undefined || path.startsWith('charts/')) return []
      return [{ method, path, template, offset: start + head.offset }]
    })
  })
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
