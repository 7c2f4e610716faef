import type { Path } from '../diagnostics/index.ts'

/** A place in a template, both from 1. */
export interface Spot {
  readonly line: number
  readonly column: number
}

/** What is looked for in a template: a text, or the path of a field in the object that it renders. */
export type Target = string | Path

/**
 * Where the template of an object has what is looked for; the beginning of the object's document when it does not. A template is text, not
 * YAML: what comes from helpers and loops is found as far as its keys stand in the file.
 */
export function findInTemplate(source: string, object: { readonly kind: string; readonly name: string } | undefined, target?: Target): Spot {
  const lines = source.split('\n')
  const from = object === undefined ? 0 : documentOf(lines, object)
  const at = (line: number, column: number): Spot => ({ line: line + 1, column: column + 1 })
  if (typeof target === 'string') {
    const found = target === '' ? undefined : (findText(lines, target, from) ?? findText(lines, target, 0))
    return found ?? at(from, 0)
  }
  const line = followPath(lines, from, target ?? [])
  return at(line, line === from ? 0 : (lines[line]?.search(/[^\s-]/) ?? 0))
}

function findText(lines: readonly string[], text: string, from: number): Spot | undefined {
  for (let line = from; line < lines.length; line++) {
    const column = lines[line]?.indexOf(text) ?? -1
    if (column >= 0) return { line: line + 1, column: column + 1 }
  }
  return undefined
}

/** First line of the document that names the kind, and whose literal beginning of the name fits best. */
function documentOf(lines: readonly string[], { kind, name }: { readonly kind: string; readonly name: string }): number {
  let best = 0
  let bestFit = -1
  let start = 0
  for (let end = 0; end <= lines.length; end++) {
    if (end < lines.length && !/^---(\s|$)/.test(lines[end] ?? '')) continue
    const part = lines.slice(start, end)
    const kindAt = part.findIndex((line) => line.trimEnd() === `kind: ${kind}`)
    const fit = kindAt < 0 ? -1 : fitOf(part.find((line) => /^ +name:/.test(line)) ?? '', name)
    if (fit > bestFit) {
      bestFit = fit
      const first = part.findIndex((line) => /^\w/.test(line))
      best = start + Math.max(first, 0)
    }
    start = end + 1
  }
  return best
}

/** How many characters of a name its line in the template gives; 0 for a line that could give any name. */
function fitOf(line: string, name: string): number {
  const [literal = '', code] = line.replace(/^ +name:\s*"?/, '').split('{{')
  const text = literal.trim().replace(/"$/, '')
  if (code === undefined) return text === name ? Number.POSITIVE_INFINITY : 0
  return name.startsWith(text) ? text.length : 0
}

/** The line of the last step of a path that can be followed from a line on. */
function followPath(lines: readonly string[], from: number, path: Path): number {
  let line = from
  let indent = -1
  for (const step of path) {
    const next = typeof step === 'number' ? nextItem(lines, line, indent, step) : nextKey(lines, line, indent, step, line === from)
    if (next === undefined) break
    line = next
    indent = lines[line]?.search(/\S/) ?? 0
  }
  return line
}

/** The line of a key inside what a line begins: the line itself for the first key of a list item. */
function nextKey(lines: readonly string[], line: number, indent: number, key: string, isStart: boolean): number | undefined {
  const wanted = new RegExp(`^\\s*(?:- )*["']?${key.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')}["']?:`)
  for (let index = line; index < lines.length; index++) {
    const text = lines[index] ?? ''
    if (/^---(\s|$)/.test(text)) return undefined
    const isItem = /^\s*- /.test(text)
    if (index > line && isContent(text) && !isStart && text.search(/\S/) < indent + (isItem ? 1 : 0)) return undefined
    if (wanted.test(text) && (index > line || isItem || isStart)) return index
  }
  return undefined
}

/** The line of an item of the list that a key begins. */
function nextItem(lines: readonly string[], line: number, indent: number, number: number): number | undefined {
  let width: number | undefined
  let last: number | undefined
  let count = -1
  for (let index = line + 1; index < lines.length; index++) {
    const text = lines[index] ?? ''
    if (!isContent(text)) continue
    const here = text.search(/\S/)
    if (here < indent || (here === indent && !/^\s*- /.test(text)) || /^---(\s|$)/.test(text)) break
    width ??= here
    if (here !== width || !/^\s*-(\s|$)/.test(text)) continue
    last = index
    if (++count === number) return index
  }
  return last
}

/** Whether a line is YAML, rather than empty, a comment, or only template code. */
function isContent(line: string): boolean {
  return !/^\s*(#|$)/.test(line) && !/^\s*\{\{.*\}\}\s*$/.test(line)
}
