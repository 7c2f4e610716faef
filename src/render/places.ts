import type { Path } from '../diagnostics/index.ts'
import { type OutlineNode, outlineOf } from './outline.ts'

/** A place in a template, both from 1. */
export interface Spot {
  readonly line: number
  readonly column: number
  /** Whether it is what was looked for, rather than what holds it or stands for several. */
  readonly exact: boolean
}

/** What is looked for in a template: a text, or the path of a field in the object that it renders. */
export type Target = string | Path

/** What is known of a rendered object. */
export interface Rendered {
  readonly kind: string
  readonly name: string
  readonly value?: unknown
}

/**
 * Finds where the template of an object has what is looked for; the beginning of the object's document when it does not. What comes from
 * helpers and loops is found as far as its keys stand in the file. With `again`, the path's key is looked for a second time.
 */
export type FindInTemplate = (object: Rendered | undefined, target?: Target, again?: boolean) => Spot

/** Looks through a template once, for any number of questions. */
export function createFinder(source: string): FindInTemplate {
  const lines = source.split('\n')
  const documents = documentsOf(lines)
  const outlines = new Map<TemplateDocument, OutlineNode>()
  const texts = new Map<string, Spot | undefined>()
  const findText = (text: string, from: number) => {
    const key = `${from}\n${text}`
    if (!texts.has(key)) texts.set(key, searchText(lines, text, from))
    return texts.get(key)
  }
  return (object, target, again = false) => {
    const document = object === undefined ? undefined : documentOf(documents, object)
    const from = document?.first ?? 0
    const start = { line: from + 1, column: 1 }
    if (typeof target === 'string') return (target === '' ? undefined : (findText(target, from) ?? findText(target, 0))) ?? { ...start, exact: false }
    if (document === undefined || target === undefined || target.length === 0) return { ...start, exact: document !== undefined }
    const outline = outlines.get(document) ?? outlineOf(lines, document.start, document.end)
    outlines.set(document, outline)
    const { node, exact } = follow(outline, target, object?.value, again)
    return node === outline ? { ...start, exact: false } : { line: node.line + 1, column: node.column + 1, exact }
  }
}

function searchText(lines: readonly string[], text: string, from: number): Spot | undefined {
  for (let line = from; line < lines.length; line++) {
    const column = lines[line]?.indexOf(text) ?? -1
    if (column >= 0) return { line: line + 1, column: column + 1, exact: true }
  }
  return undefined
}

/** Lines of a template between separators, from 0; `end` is behind the last. */
interface TemplateDocument {
  readonly start: number
  readonly end: number
  /** The first line that is not code. */
  readonly first: number
  readonly kinds: ReadonlySet<string>
  /** What stands behind the first `name:` that is indented. */
  readonly name: string
}

function documentsOf(lines: readonly string[]): readonly TemplateDocument[] {
  const documents: TemplateDocument[] = []
  let start = 0
  for (let end = 0; end <= lines.length; end++) {
    if (end < lines.length && !/^---(\s|$)/.test(lines[end] ?? '')) continue
    const part = lines.slice(start, end)
    documents.push({
      start,
      end,
      first:
        start +
        Math.max(
          part.findIndex((line) => /^\w/.test(line)),
          0,
        ),
      kinds: new Set(part.flatMap((line) => (/^kind:/.test(line) ? [line.slice(5).trim()] : []))),
      name: part.find((line) => /^ +name:/.test(line)) ?? '',
    })
    start = end + 1
  }
  return documents
}

/** The document that names the kind, and whose literal beginning of the name fits best. */
function documentOf(documents: readonly TemplateDocument[], { kind, name }: Rendered): TemplateDocument | undefined {
  let best = documents[0]
  let bestFit = -1
  for (const document of documents) {
    const fit = document.kinds.has(kind) ? fitOf(document.name, name) : -1
    if (fit <= bestFit) continue
    bestFit = fit
    best = document
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

interface Found {
  readonly node: OutlineNode
  readonly exact: boolean
}

/** Goes down a path as far as the outline has it. */
function follow(outline: OutlineNode, path: Path, value: unknown, again: boolean): Found {
  let node = outline
  let rendered = value
  let exact = true
  for (const [index, step] of path.entries()) {
    rendered = typeof rendered === 'object' && rendered !== null ? (rendered as Readonly<Record<string | number, unknown>>)[step] : undefined
    const isLast = index === path.length - 1
    const found = typeof step === 'number' ? itemOf(node, step, rendered) : keyOf(node, step, rendered, again && isLast)
    if (found === undefined) return { node, exact: false }
    node = found.node
    exact &&= found.exact
  }
  return { node, exact }
}

function keyOf(parent: OutlineNode, key: string, rendered: unknown, again: boolean): Found | undefined {
  const nodes = parent.keys.get(key) ?? []
  if (again && nodes[1] !== undefined) return { node: nodes[1], exact: nodes.length === 2 }
  const node = nodes[0]
  if (node === undefined) return undefined
  if (nodes.length === 1) return { node, exact: !again }
  const same = nodes.filter(({ text }) => isLiteral(text, rendered))
  return same[0] !== undefined && same.length === 1 ? { node: same[0], exact: true } : { node, exact: false }
}

/** The item that gave a rendered one: that with its name, else by its number where no code can make more of them. */
function itemOf(parent: OutlineNode, number: number, rendered: unknown): Found | undefined {
  const { items, hasCode } = parent
  const named = items.filter((item) => isNamed(item, rendered))
  if (named[0] !== undefined && named.length === 1) return { node: named[0], exact: true }
  const counted = items[Math.min(number, items.length - 1)]
  if (counted === undefined) return undefined
  if (!hasCode && number < items.length) return { node: counted, exact: true }
  const made = items.filter((item) => item.text.includes('{{'))
  return made[0] !== undefined && made.length === 1 && items.length > 1 ? { node: made[0], exact: true } : { node: counted, exact: false }
}

function isNamed(item: OutlineNode, rendered: unknown): boolean {
  if (typeof rendered !== 'object' || rendered === null) return isLiteral(item.text, rendered)
  const name = (rendered as Readonly<Record<string, unknown>>).name
  const nodes = item.keys.get('name') ?? []
  return name !== undefined && nodes[0] !== undefined && nodes.length === 1 && isLiteral(nodes[0].text, name)
}

/** Whether a text of a template is that of a rendered value, without code. */
function isLiteral(text: string, rendered: unknown): boolean {
  if (typeof rendered === 'object' || rendered === undefined || text.includes('{{')) return false
  const bare = text.replace(/\s#.*$/, '').trim()
  return (/^(["']).*\1$/.test(bare) ? bare.slice(1, -1) : bare) === String(rendered)
}
