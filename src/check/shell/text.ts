import { forEachChild, type ParsedScript, type ParseError, parse, type SyntaxNode } from 'unbash'

/** A text for a shell. */
export interface ShellText {
  /** As it is read: a word of the same length in the place of each template action, so that places stay. */
  readonly source: string
  /** Whether it holds template actions, which the operator replaces before a shell sees it. */
  readonly isTemplate: boolean
  /** All nodes in the order of the text, those of substitutions included. */
  readonly nodes: readonly SyntaxNode[]
  readonly errors: readonly ParseError[]
}

/** The longest text that is read, in characters. */
const MAX_LENGTH = 4_000_000
/** The parser reads on to the end of the text for each here-document that is not closed. */
const MAX_HEREDOC_WORK = 100_000_000

/** Substitutions are parsed once more for each one that they stand in. */
const MAX_NESTED_WORK = 50_000_000

/** The texts parsed last: the same one comes again as a file and as a value. */
const recent = new Map<string, ShellText | undefined>()
const MAX_RECENT = 100

/** Parses a text for a shell; undefined when it is too long or too deep to say anything about it. */
export function parseShell(text: string): ShellText | undefined {
  if (recent.has(text)) return recent.get(text)
  const parsed = parseText(text)
  if (recent.size >= MAX_RECENT) recent.clear()
  recent.set(text, parsed)
  return parsed
}

function parseText(text: string): ShellText | undefined {
  if (text.length > MAX_LENGTH || (text.split('<<').length - 1) * text.length > MAX_HEREDOC_WORK) return undefined
  if (depthOf(text) * text.length > MAX_NESTED_WORK) return undefined
  const source = withoutActions(text)
  try {
    const script = parse(source)
    const nodes = [...descend(script)]
    const errors = nodes.flatMap((node) => (node.type === 'Script' ? ((node as ParsedScript).errors ?? []) : []))
    if (errors.some(({ message }) => message.includes('nesting depth'))) return undefined
    return { source, isTemplate: source !== text, nodes, errors }
  } catch (error) {
    // The parser goes down a level for each `f()` or `coproc` in a row.
    if (error instanceof RangeError) return undefined
    throw error
  }
}

/** How deep brackets are at the most, more or less: quotes and patterns of `case` are not looked at. */
function depthOf(text: string): number {
  let depth = 0
  let deepest = 0
  for (const [sign] of text.matchAll(/[(){}]/g)) {
    depth = sign === '(' || sign === '{' ? depth + 1 : Math.max(0, depth - 1)
    deepest = Math.max(deepest, depth)
  }
  return deepest
}

/** All nodes below one, itself first, without recursion: a sum of many terms is a deep tree. */
function* descend(root: SyntaxNode): Generator<SyntaxNode> {
  const waiting: SyntaxNode[] = [root]
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    yield node
    const children: SyntaxNode[] = []
    forEachChild(node, (child) => void children.push(child))
    for (let i = children.length - 1; i >= 0; i--) waiting.push(children[i] as SyntaxNode)
  }
}

/** The line of a place in a text, from 1. */
export function lineOf(source: string, position: number): number {
  return source.slice(0, position).split('\n').length
}

/** Puts a word in the place of each action. One that is alone on its lines becomes blank: it may well be a `range` or an `if`. */
export function withoutActions(text: string): string {
  let out = ''
  let from = 0
  for (let start = text.indexOf('{{'); start >= 0; start = text.indexOf('{{', from)) {
    const close = text.indexOf('}}', start + 2)
    if (close < 0) break
    const end = close + 2
    const action = text.slice(start, end)
    out += text.slice(from, start) + (isAlone(text, start, end) ? action.replace(/[^\n]/g, ' ') : action.replace(/[^\n]/g, 'x').replace(/\n/g, 'x'))
    from = end
  }
  return out + text.slice(from)
}

function isAlone(text: string, start: number, end: number): boolean {
  let before = start - 1
  while (text[before] === ' ' || text[before] === '\t') before--
  let after = end
  while (text[after] === ' ' || text[after] === '\t') after++
  return (before < 0 || text[before] === '\n') && (after >= text.length || text[after] === '\n')
}
