import { assertNever, invariant } from '../diagnostics/index.ts'
import { join } from './code.ts'
import { isTame, yamlString } from './escape.ts'
import type { Entry, Item, Node, Origin } from './node.ts'
import { createOutput, type Output, type Printed } from './output.ts'

/** Prints documents as one template file. Each action that is written is listed, so that a second reading can prove there is no other. */
export function print(documents: readonly Node[]): Printed {
  const out = createOutput()
  documents.forEach((document, index) => {
    if (index > 0) out.line('---', undefined)
    printBlock(out, document, 0, undefined)
  })
  return out.printed()
}

/** Everything a node holds, on lines of its own. */
function printBlock(out: Output, node: Node, indent: number, parent: Origin | undefined): void {
  const origin = node.origin ?? parent
  if (node.kind === 'map') for (const entry of node.entries) printEntry(out, entry, indent, origin)
  else if (node.kind === 'seq') for (const item of node.items) printItem(out, item, indent, origin)
  else out.line(' '.repeat(indent) + (inline(out, node) ?? ''), origin)
}

function printEntry(out: Output, entry: Entry, indent: number, parent: Origin | undefined): void {
  const origin = entry.origin ?? parent
  const pad = ' '.repeat(indent)
  switch (entry.kind) {
    case 'if':
      out.line(pad + out.action(`if ${entry.condition.go}`, true), origin)
      for (const inner of entry.body) printEntry(out, inner, indent, origin)
      out.line(pad + out.action('end', true), origin)
      return
    case 'spread':
      out.line(pad + out.action(`${entry.code.go} | nindent ${indent}`, true), origin)
      return
    case 'pair': {
      const head = `${pad}${out.literal(yamlString(entry.key))}:`
      printValue(out, head, entry.value, indent, origin, entry.comment)
      return
    }
    default:
      assertNever(entry)
  }
}

function printItem(out: Output, item: Item, indent: number, parent: Origin | undefined): void {
  const origin = item.origin ?? parent
  const pad = ' '.repeat(indent)
  if (item.kind === 'if') {
    out.line(pad + out.action(`if ${item.condition.go}`, true), origin)
    for (const inner of item.body) printItem(out, inner, indent, origin)
    out.line(pad + out.action('end', true), origin)
    return
  }
  const node = item.value
  if (node.kind === 'map' && node.entries[0]?.kind === 'pair') {
    // The first pair shares the line of the dash.
    const first = out.length
    printBlock(out, node, indent + 2, origin)
    out.dash(first, indent)
  } else printValue(out, `${pad}-`, node, indent, origin)
}

/** A value behind `head` (a key or a dash). */
function printValue(out: Output, head: string, node: Node, indent: number, parent: Origin | undefined, comment?: string): void {
  const origin = node.origin ?? parent
  const child = indent + 2
  const short = inline(out, node)
  const tail = comment === undefined ? '' : ` # ${out.literal(onOneLine(comment))}`
  if (short !== undefined) {
    out.line(`${head} ${short}${tail}`, origin)
  } else if (node.kind === 'expr') {
    const open = node.as === 'yaml' ? '' : node.as === 'block' ? ' |' : ' |-'
    out.line(`${head}${open}${tail}`, origin)
    const yaml = node.as === 'yaml' ? ' | toYaml' : ''
    out.line(' '.repeat(child) + out.action(`${node.code.go}${yaml} | nindent ${child}`, true), origin)
  } else if (node.kind === 'scalar') {
    const content = String(node.value)
    out.line(`${head} ${content.endsWith('\n') ? '|' : '|-'}${tail}`, origin)
    const rows = out.literal(content).replace(/\n$/, '').split('\n')
    for (const row of rows) out.line(row === '' ? '' : ' '.repeat(child) + row, origin)
  } else {
    out.line(`${head}${tail}`, origin)
    printBlock(out, node, child, origin)
  }
}

/** A node that fits behind `key:` or `-` on its line, as text; nothing when it does not. */
function inline(out: Output, node: Node): string | undefined {
  switch (node.kind) {
    case 'scalar':
      if (typeof node.value !== 'string') return formatScalar(node.value)
      return isBlock(node.value) ? undefined : out.literal(yamlString(node.value))
    case 'concat':
      return out.action(`${join(node.parts).go} | quote${node.parts.some(holdsLess) ? KEEP_LESS : ''}`)
    case 'expr':
      if (node.as === 'string') return out.action(`${node.code.go} | quote`)
      return node.as === 'raw' ? out.action(node.code.go) : undefined
    case 'map':
      return node.entries.length === 0 ? '{}' : undefined
    case 'seq':
      return node.items.length === 0 ? '[]' : undefined
    default:
      return assertNever(node)
  }
}

/** Helm erases the text `<no value>`: the sign is escaped where a literal part has one. */
const KEEP_LESS = ' | replace "<" "\\\\u003c"'

function holdsLess(part: unknown): boolean {
  return typeof part === 'string' && part.includes('<')
}

/** A comment ends where YAML sees a line end, and holds no control characters. */
function onOneLine(comment: string): string {
  return comment.replace(/[^\x20-\x7e\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]+/gu, ' ')
}

/** Several lines that a literal block can hold. */
function isBlock(content: string): boolean {
  return content.includes('\n') && isTame(content)
}

function formatScalar(value: number | boolean | null): string {
  if (typeof value !== 'number') return String(value)
  const text = String(value)
  invariant(/^-?\d+(\.\d+)?$/.test(text), `${text} has no spelling that YAML 1.1 and 1.2 read alike`)
  return text
}
