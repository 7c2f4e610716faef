/** A key or a list item of a template, as far as its text shows it. */
export interface OutlineNode {
  /** Both from 0. */
  readonly line: number
  readonly column: number
  readonly isItem: boolean
  /** What stands behind the key, or behind the dash of an item. */
  readonly text: string
  /** Keys in it; more than one line has a key that is there again, as in the branches of an `if`. */
  readonly keys: Map<string, OutlineNode[]>
  readonly items: OutlineNode[]
  /** Whether template code stands between its parts: what is rendered can have more of them, or fewer. */
  hasCode: boolean
}

const ITEM = /^-(?:\s+|$)/
const KEY = /^(?:"([^"]*)"|'([^']*)'|([^\s"'{[#&*!|>%@`,][^:]*?))\s*:(?=\s|$)/

/**
 * The keys and items of some lines of a template by their indentation. A template is text, not YAML: what helpers and values give is not in it,
 * and a loop is there once.
 */
export function outlineOf(lines: readonly string[], from: number, to: number): OutlineNode {
  const root = nodeAt(from, -1, '', false)
  const open: OutlineNode[] = [root]
  for (let line = from; line < to; line++) {
    const text = lines[line] ?? ''
    if (/^\s*(#|$)/.test(text)) continue
    const indent = text.search(/\S/)
    if (/^\s*\{\{.*\}\}\s*$/.test(text)) markCode(open, indent)
    else addLine(open, line, text, indent)
  }
  return root
}

function nodeAt(line: number, column: number, text: string, isItem: boolean): OutlineNode {
  return { line, column, isItem, text, keys: new Map(), items: [], hasCode: false }
}

/** Code belongs to what is open as deep as it stands, and to what holds that. */
function markCode(open: readonly OutlineNode[], indent: number): void {
  for (let index = open.length - 1; index >= 0; index--) {
    const node = open[index]
    if (node === undefined) return
    node.hasCode = true
    if (node.column < indent) return
  }
}

function addLine(open: OutlineNode[], line: number, text: string, indent: number): void {
  let column = indent
  let rest = text.slice(column)
  for (let dash = ITEM.exec(rest); dash !== null; dash = ITEM.exec(rest)) {
    // A list may stand as deep as its key.
    const parent = parentOf(open, column, true)
    const content = rest.slice(dash[0].length)
    const item = nodeAt(line, column, content, true)
    parent.items.push(item)
    open.push(item)
    column += dash[0].length
    rest = content
  }
  const found = KEY.exec(rest)
  if (found === null) return
  const key = found[1] ?? found[2] ?? found[3] ?? ''
  const parent = parentOf(open, column, false)
  const node = nodeAt(line, column, rest.slice(found[0].length).trim(), false)
  const same = parent.keys.get(key)
  if (same === undefined) parent.keys.set(key, [node])
  else same.push(node)
  open.push(node)
}

/** Closes what does not hold the column, and returns what does. */
function parentOf(open: OutlineNode[], column: number, isItem: boolean): OutlineNode {
  for (;;) {
    const last = open[open.length - 1]
    if (last === undefined) throw new RangeError('the outline has no root')
    if (open.length === 1 || last.column < column || (isItem && last.column === column && !last.isItem && last.text === '')) return last
    open.pop()
  }
}
