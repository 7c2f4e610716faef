import { lexActions } from '../../gotemplate/index.ts'

/** A line of a template that says a key, a value or both. */
export interface TemplateLine {
  /** As written, without blanks around. A list item has no key, or the first one of its map. */
  readonly key: string | undefined
  /** What stands behind the key or dash, without a comment; may hold actions. */
  readonly value: string
  /** Offsets in the template. */
  readonly keyOffset: number
  readonly valueOffset: number
  /** Keys around it, the closest last; a list item counts as part of the key of the list. */
  readonly parents: readonly string[]
}

/** Longer lines are data, not what an author wrote by hand. */
const MAX_LINE = 2000
/** Levels that keys may nest, and still be looked at. */
const MAX_PARENTS = 50

/**
 * Reads the lines of a template as YAML, by indentation alone: templates are no YAML before they are rendered. Blocks of text (`|`, `>`), flow
 * collections over several lines, comments and lines that hold nothing but actions are left out.
 */
export function readLines(text: string): readonly TemplateLine[] {
  const found: TemplateLine[] = []
  const open: { readonly indent: number; readonly key: string }[] = []
  const inside = insideActions(text)
  let block: number | undefined
  let flow = 0
  for (let offset = 0; offset < text.length; ) {
    const newline = text.indexOf('\n', offset)
    const end = newline < 0 ? text.length : newline
    const line = end - offset > MAX_LINE ? '' : text.slice(offset, end).trimEnd()
    const start = offset
    offset = end + 1
    const indent = line.search(/\S/)
    if (indent < 0 || inside(start + indent)) continue
    if (block !== undefined && indent > block) continue
    const content = line.slice(indent)
    if (/^(?:#|---)/.test(content) || isOnlyActions(content)) continue
    block = undefined
    if (flow > 0) {
      flow += brackets(content)
      continue
    }
    const dash = /^(?:- +)*/.exec(content)?.[0].length ?? 0
    const column = indent + dash
    const rest = content.slice(dash)
    const pair = /^("[^"]*"|'[^']*'|(?!\{\{)[^\s#:'"{}[\]&*!|>%@`-][^\s:{}]*|-[^\s:{}]+):(?:\s+|$)/.exec(rest)
    while (open.length > 0 && (open.at(-1)?.indent ?? 0) >= (dash > 0 && pair === null ? indent + 1 : column)) open.pop()
    const parents = open.length > MAX_PARENTS ? [] : open.map(({ key }) => key)
    const value = withoutComment(pair === null ? rest : rest.slice(pair[0].length))
    if (/^[|>][-+\d]*$/.test(value)) block = pair === null ? indent : column
    else if (/^[{[](?!\{)/.test(value)) flow = Math.max(0, brackets(value))
    const key = pair?.[1]
    if (pair === null && dash === 0) continue
    found.push({ key, value, keyOffset: start + column, valueOffset: start + column + (pair?.[0].length ?? 0), parents })
    if (key !== undefined && value === '') open.push({ indent: column, key })
  }
  return found
}

/** Whether an offset is inside of an action that began on an earlier line. Offsets are asked for in order. */
function insideActions(text: string): (offset: number) => boolean {
  const spans = lexActions(text).map(({ code, offset }) => {
    const start = code === undefined ? offset : text.indexOf(code, offset + 2)
    return { offset, end: code === undefined ? text.length : text.indexOf('}}', start + code.length) }
  })
  let next = 0
  return (offset) => {
    while (next < spans.length && (spans[next]?.end ?? 0) < offset) next++
    return (spans[next]?.offset ?? text.length) < offset
  }
}

function isOnlyActions(content: string): boolean {
  return content.startsWith('{{') && content.replace(/\{\{[^}]*\}\}/g, '').trim() === ''
}

function withoutComment(value: string): string {
  if (value.startsWith('#')) return ''
  if (/^["']/.test(value)) return value.replace(/(["'])\s+#.*$/, '$1')
  return value.replace(/\s#.*$/, '').trimEnd()
}

function brackets(text: string): number {
  const bare = text.replace(/\{\{.*?\}\}|"[^"]*"|'[^']*'/g, '')
  return (bare.match(/[{[]/g)?.length ?? 0) - (bare.match(/[}\]]/g)?.length ?? 0)
}
