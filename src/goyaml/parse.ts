import { YamlProblem } from './cursor.ts'
import { Scanner } from './scan.ts'
import type { Token } from './token.ts'

export type Node = ScalarNode | MappingNode | SequenceNode | AliasNode

export interface ScalarNode {
  readonly kind: 'scalar'
  readonly offset: number
  readonly text: string
  /** The tag in its long form; empty when there is none. */
  readonly tag: string
  /** Whether what the text is decides about its type. */
  readonly implicit: boolean
}

export interface MappingNode {
  readonly kind: 'mapping'
  readonly offset: number
  readonly pairs: (readonly [key: Node, value: Node])[]
}

export interface SequenceNode {
  readonly kind: 'sequence'
  readonly offset: number
  readonly items: Node[]
}

export interface AliasNode {
  readonly kind: 'alias'
  readonly offset: number
  readonly target: Node
}

/** Deeper data is refused: whatever looks at it calls itself for each level. No object of Kubernetes is a tenth as deep. */
const MAX_DEPTH = 500

const CORE_TAG = 'tag:yaml.org,2002:'

/** Reads the first document of a text; nothing when the text has none. What follows it is not looked at, as in Go. */
export function parseYaml(text: string): Node | undefined {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: YAML forbids them.
  const control = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]/.exec(text)
  if (control !== null) throw new YamlProblem('control characters are not allowed', control.index)
  return new Parser(text).document()
}

class Parser {
  private readonly scanner: Scanner
  private readonly anchors = new Map<string, Node>()
  private readonly handles = new Map([
    ['!', '!'],
    ['!!', CORE_TAG],
  ])
  private depth = 0

  constructor(text: string) {
    this.scanner = new Scanner(text)
  }

  document(): Node | undefined {
    const { scanner } = this
    if (scanner.peek().kind === 'end') return undefined
    let directives = false
    while (scanner.peek().kind === 'directive') {
      directives = true
      this.directive(scanner.next())
    }
    if (scanner.peek().kind === 'document-start') {
      scanner.next()
      if (['directive', 'document-start', 'document-end', 'end'].includes(scanner.peek().kind)) return empty(scanner.peek().offset)
    } else if (directives) throw new YamlProblem('--- is missing after a directive', scanner.peek().offset)
    const node = this.node(true, false)
    // Go looks at the next token, and no further.
    scanner.peek()
    return node
  }

  private directive({ text, offset }: Token): void {
    const [name, first = '', prefix = ''] = text.split(/[ \t]+/)
    if (name === 'YAML' && !/^0?1\.0?1$/.test(first)) throw new YamlProblem(`YAML ${first} is not understood`, offset)
    if (name === 'TAG') this.handles.set(first, prefix)
  }

  private node(block: boolean, indentless: boolean): Node {
    const { scanner } = this
    const first = scanner.peek()
    if (first.kind === 'alias') {
      scanner.next()
      const target = this.anchors.get(first.text)
      if (target === undefined) throw new YamlProblem(`there is no anchor "${first.text}"`, first.offset)
      return { kind: 'alias', offset: first.offset, target }
    }
    let anchor: string | undefined
    let tag = ''
    for (let count = 0; count < 2; count++) {
      const { kind, text, offset } = scanner.peek()
      if (kind === 'anchor' && anchor === undefined) anchor = text
      else if (kind === 'tag' && tag === '') tag = this.longTag(text, offset)
      else break
      scanner.next()
    }
    if (++this.depth > MAX_DEPTH) throw new YamlProblem(`it is nested deeper than ${MAX_DEPTH} levels`, first.offset)
    const node = this.content(block, indentless, anchor, tag, first.offset)
    this.depth--
    return node
  }

  private content(block: boolean, indentless: boolean, anchor: string | undefined, tag: string, offset: number): Node {
    const { scanner } = this
    const { kind, text, plain, offset: at } = scanner.peek()
    const known = <N extends Node>(node: N): N => {
      if (anchor !== undefined) this.anchors.set(anchor, node)
      return node
    }
    if (kind === 'scalar') {
      scanner.next()
      return known({ kind: 'scalar', offset, text, tag, implicit: (tag === '' && plain) || tag === '!' })
    }
    if (kind === '[') return this.flowSequence(known({ kind: 'sequence', offset, items: [] }))
    if (kind === '{') return this.flowMapping(known({ kind: 'mapping', offset, pairs: [] }))
    if (indentless && kind === '-') return this.blockSequence(known({ kind: 'sequence', offset, items: [] }), false)
    if (block && kind === 'block-sequence') return this.blockSequence(known({ kind: 'sequence', offset, items: [] }), true)
    if (block && kind === 'block-mapping') return this.blockMapping(known({ kind: 'mapping', offset, pairs: [] }))
    if (anchor !== undefined || tag !== '') return known({ kind: 'scalar', offset, text: '', tag, implicit: tag === '' || tag === '!' })
    throw new YamlProblem('a value is missing', at)
  }

  private longTag(text: string, offset: number): string {
    if (text.startsWith('!<')) return unescapeTag(text.slice(2, -1))
    const [, handle = '!', suffix = ''] = /^(![\w-]*!|!)(.*)$/s.exec(text) ?? []
    const prefix = this.handles.get(handle)
    if (prefix === undefined) throw new YamlProblem(`the tag handle ${handle} is not known`, offset)
    if (handle !== '!' && suffix === '') throw new YamlProblem('a tag has no name', offset)
    return prefix + unescapeTag(suffix)
  }

  /** A list of `-` entries: with an end of its own, or as deep as its key. */
  private blockSequence(node: SequenceNode, ended: boolean): SequenceNode {
    const { scanner } = this
    if (ended) scanner.next()
    while (scanner.peek().kind === '-') {
      const { offset } = scanner.next()
      const { kind } = scanner.peek()
      const isEmpty = kind === '-' || kind === 'block-end' || (!ended && (kind === 'key' || kind === 'value'))
      node.items.push(isEmpty ? empty(offset + 1) : this.node(true, false))
    }
    if (ended) this.expect('block-end', 'a list item is expected: "- "')
    return node
  }

  private blockMapping(node: MappingNode): MappingNode {
    const { scanner } = this
    scanner.next()
    for (;;) {
      const { kind, offset } = scanner.peek()
      if (kind !== 'key' && kind !== 'value') break
      const key = kind === 'key' ? this.blockPart() : empty(offset)
      const value = scanner.peek().kind === 'value' ? this.blockPart() : empty(scanner.peek().offset)
      node.pairs.push([key, value])
    }
    this.expect('block-end', 'a key is expected')
    return node
  }

  /** What follows a `?`, or a `:`. */
  private blockPart(): Node {
    const { offset } = this.scanner.next()
    const { kind } = this.scanner.peek()
    return kind === 'key' || kind === 'value' || kind === 'block-end' ? empty(offset) : this.node(true, true)
  }

  private flowSequence(node: SequenceNode): SequenceNode {
    this.flow(']', () => {
      const { scanner } = this
      if (scanner.peek().kind !== 'key') {
        node.items.push(this.node(false, false))
        return
      }
      const { offset } = scanner.next()
      const key = this.flowPart(offset, ']', true)
      node.items.push({ kind: 'mapping', offset, pairs: [[key, this.flowValue(']')]] })
    })
    return node
  }

  private flowMapping(node: MappingNode): MappingNode {
    this.flow('}', () => {
      const { scanner } = this
      if (scanner.peek().kind === 'key') {
        const key = this.flowPart(scanner.next().offset, '}', true)
        node.pairs.push([key, this.flowValue('}')])
      } else {
        const key = this.node(false, false)
        node.pairs.push([key, empty(scanner.peek().offset)])
      }
    })
    return node
  }

  /** Entries between brackets; one comma may follow the last. */
  private flow(end: ']' | '}', entry: () => void): void {
    const { scanner } = this
    scanner.next()
    for (let first = true; scanner.peek().kind !== end; first = false) {
      if (!first) {
        this.expect(',', `"," or "${end}" is expected`)
        if (scanner.peek().kind === end) break
      }
      entry()
    }
    scanner.next()
  }

  private flowValue(end: ']' | '}'): Node {
    const { kind, offset } = this.scanner.peek()
    if (kind !== 'value') return empty(offset)
    this.scanner.next()
    return this.flowPart(offset, end, false)
  }

  private flowPart(offset: number, end: ']' | '}', isKey: boolean): Node {
    const { kind } = this.scanner.peek()
    return kind === ',' || kind === end || (isKey && kind === 'value') ? empty(offset) : this.node(false, false)
  }

  private expect(kind: Token['kind'], message: string): void {
    const token = this.scanner.next()
    if (token.kind !== kind) throw new YamlProblem(message, token.offset)
  }
}

function empty(offset: number): ScalarNode {
  return { kind: 'scalar', offset, text: '', tag: '', implicit: true }
}

function unescapeTag(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
