import { type Command, commandsIn, type Operand, type Pipeline } from '../../gotemplate/index.ts'
import type { Template } from './template.ts'

/** A place where a template reads a value, or a map of values. */
export interface ValueUse {
  /** Keys below `.Values`; none when all values are handed on. */
  readonly path: readonly string[]
  readonly template: Template
  readonly offset: number
  /** The keyword of the action; none when it prints. */
  readonly keyword: string | undefined
  readonly pipeline: Pipeline
  readonly command: Command
}

const known = new WeakMap<Template, readonly ValueUse[]>()

/** Every use of a value in a template. */
export function valueUses(template: Template): readonly ValueUse[] {
  const before = known.get(template)
  if (before !== undefined) return before
  const uses: ValueUse[] = []
  for (const { parsed, start } of template.actions) {
    const { pipeline, keyword } = parsed
    if (pipeline === undefined) continue
    for (const command of commandsIn(pipeline))
      for (const { path, offset } of pathsOf(command)) uses.push({ path, template, offset: start + offset, keyword, pipeline, command })
  }
  known.set(template, uses)
  return uses
}

/** The path below `.Values` that an operand names; nothing when it is something else. */
export function valuePath(operand: Operand | undefined): readonly string[] | undefined {
  if (operand?.kind !== 'field') return undefined
  const index = operand.names.indexOf('Values')
  return index < 0 ? undefined : operand.names.slice(index + 1)
}

/** Values that a text mentions, which `tpl` may render. */
export function mentionedPaths(text: string): readonly (readonly string[])[] {
  return [...text.matchAll(/\.Values((?:\.\w+)*)/g)].map(([, path = '']) => path.split('.').filter((name) => name !== ''))
}

function pathsOf(command: Command): readonly { readonly path: readonly string[]; readonly offset: number }[] {
  const reached = reachedBy(command)
  return command.flatMap((operand) => {
    const path = valuePath(operand)
    if (path === undefined) return []
    return [{ path: operand === reached?.map ? [...path, ...reached.keys] : path, offset: operand.offset }]
  })
}

/** `index .Values "a" "b"`, `get`, `hasKey` and `dig` go on from a map by literal keys. */
function reachedBy([head, ...rest]: Command): { readonly map: Operand; readonly keys: readonly string[] } | undefined {
  if (head?.kind !== 'function') return undefined
  if (head.name === 'dig') {
    const map = rest.at(-1)
    return map && { map, keys: literals(rest.slice(0, -2)) }
  }
  if (!/^(?:index|get|hasKey)$/.test(head.name)) return undefined
  const [map, ...keys] = rest
  return map && { map, keys: literals(keys) }
}

/** The texts that a list of operands begins with. */
function literals(operands: readonly Operand[]): readonly string[] {
  const end = operands.findIndex(({ kind }) => kind !== 'text')
  return operands.slice(0, end < 0 ? operands.length : end).flatMap((operand) => (operand.kind === 'text' ? [operand.value] : []))
}
