import { assertNever, invariant } from '../diagnostics/index.ts'
import { join } from './code.ts'
import { goText, isTame, OPEN_BRACE, yamlString } from './escape.ts'
import type { Entry, Item, Node, Origin } from './node.ts'

/** A printed template. `origins[i]` is where line `i + 1` comes from; `actions` are the template actions in it, in order. */
export interface Printed {
  readonly text: string
  readonly origins: readonly (Origin | undefined)[]
  readonly actions: readonly string[]
}

interface Line {
  text: string
  readonly origin: Origin | undefined
}

/** Prints documents as one template file. Each action that is written is listed, so that a second reading can prove there is no other. */
export function print(documents: readonly Node[]): Printed {
  const printer = createPrinter()
  documents.forEach((document, index) => {
    if (index > 0) printer.line('---', undefined)
    printer.block(document, 0, undefined)
  })
  return printer.printed()
}

function createPrinter() {
  const lines: Line[] = []
  const actions: string[] = []

  const line = (text: string, origin: Origin | undefined) => {
    invariant(!text.includes('\n'), 'a printed line holds a newline')
    lines.push({ text, origin })
  }

  const action = (code: string, trim = false): string => {
    actions.push(code)
    return trim ? `{{- ${code} }}` : `{{ ${code} }}`
  }

  /** Escaped literal text; the escapes are actions too. */
  const text = (literal: string): string => {
    const escaped = goText(literal)
    for (let i = escaped.split(OPEN_BRACE).length - 1; i > 0; i--) actions.push('`{`')
    return escaped
  }

  /** A node that fits behind `key:` or `-` on its line. */
  const inline = (node: Node): string | undefined => {
    switch (node.kind) {
      case 'scalar':
        return typeof node.value === 'string' ? (isBlock(node.value) ? undefined : text(yamlString(node.value))) : formatScalar(node.value)
      case 'concat':
        return action(`${join(node.parts).go} | quote`)
      case 'expr':
        if (node.as === 'string') return action(`${node.code.go} | quote`)
        return node.as === 'raw' ? action(node.code.go) : undefined
      case 'map':
        return node.entries.length === 0 ? '{}' : undefined
      case 'seq':
        return node.items.length === 0 ? '[]' : undefined
      default:
        return assertNever(node)
    }
  }

  /** Everything a node holds, on lines of its own. */
  const block = (node: Node, indent: number, origin: Origin | undefined): void => {
    const here = node.origin ?? origin
    if (node.kind === 'map') for (const entry of node.entries) printEntry(entry, indent, here)
    else if (node.kind === 'seq') for (const item of node.items) printItem(item, indent, here)
    else line(' '.repeat(indent) + (inline(node) ?? ''), here)
  }

  const printEntry = (entry: Entry, indent: number, parent: Origin | undefined): void => {
    const origin = entry.origin ?? parent
    const pad = ' '.repeat(indent)
    switch (entry.kind) {
      case 'if':
        line(pad + action(`if ${entry.condition.go}`, true), origin)
        for (const inner of entry.then) printEntry(inner, indent, origin)
        line(pad + action('end', true), origin)
        return
      case 'spread':
        line(pad + action(`${entry.code.go} | nindent ${indent}`, true), origin)
        return
      case 'pair': {
        const comment = entry.comment === undefined ? '' : ` # ${text(entry.comment)}`
        value(`${pad}${text(yamlString(entry.key))}:`, entry.value, indent, origin, comment)
        return
      }
      default:
        assertNever(entry)
    }
  }

  const printItem = (item: Item, indent: number, parent: Origin | undefined): void => {
    const origin = item.origin ?? parent
    const pad = ' '.repeat(indent)
    if (item.kind === 'if') {
      line(pad + action(`if ${item.condition.go}`, true), origin)
      for (const inner of item.then) printItem(inner, indent, origin)
      line(pad + action('end', true), origin)
      return
    }
    const node = item.value
    const first = node.kind === 'map' ? node.entries[0] : undefined
    if (node.kind === 'map' && first?.kind === 'pair') {
      // The first pair shares the line of the dash.
      const start = lines.length
      block(node, indent + 2, origin)
      const head = lines[start]
      invariant(head !== undefined, 'an item printed no line')
      head.text = `${pad}- ${head.text.slice(indent + 2)}`
    } else value(`${pad}-`, node, indent, origin, '')
  }

  /** A value behind `head` (a key or a dash). */
  const value = (head: string, node: Node, indent: number, parent: Origin | undefined, comment: string): void => {
    const origin = node.origin ?? parent
    const child = indent + 2
    const short = inline(node)
    if (short !== undefined) return line(`${head} ${short}${comment}`, origin)
    if (node.kind === 'expr') {
      const { as, code } = node
      const open = as === 'yaml' ? '' : as === 'block' ? ' |' : ' |-'
      line(`${head}${open}${comment}`, origin)
      const pipe = as === 'yaml' ? `${code.go} | toYaml | nindent ${child}` : `${code.go} | nindent ${child}`
      return line(' '.repeat(child) + action(pipe, true), origin)
    }
    if (node.kind === 'scalar') {
      const content = String(node.value)
      line(`${head} ${content.endsWith('\n') ? '|' : '|-'}${comment}`, origin)
      for (const row of text(content).replace(/\n$/, '').split('\n')) line(row === '' ? '' : ' '.repeat(child) + row, origin)
      return
    }
    line(`${head}${comment}`, origin)
    block(node, child, origin)
  }

  return {
    line,
    block,
    printed: (): Printed => ({
      text: `${lines.map((row) => row.text).join('\n')}\n`,
      origins: lines.map((row) => row.origin),
      actions,
    }),
  }
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
