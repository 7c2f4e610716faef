import { scanBlockScalar } from './block-scalar.ts'
import { isBlankOrEnd, isBreak, isBreakOrEnd, isWord } from './characters.ts'
import { Cursor, YamlProblem } from './cursor.ts'
import { scanPlain, scanQuoted } from './flow-scalar.ts'

type TokenKind =
  | 'end'
  | 'directive'
  | 'document-start'
  | 'document-end'
  | 'block-sequence'
  | 'block-mapping'
  | 'block-end'
  | '['
  | ']'
  | '{'
  | '}'
  | ','
  | '-'
  | 'key'
  | 'value'
  | 'alias'
  | 'anchor'
  | 'tag'
  | 'scalar'

export interface Token {
  readonly kind: TokenKind
  readonly offset: number
  /** A name, a tag, the words of a directive, a text. */
  readonly text: string
  /** Whether a scalar is written without quotes. */
  readonly plain: boolean
  readonly key: SimpleKey | undefined
}

/** A place that turns out to be a key when a `:` follows on its line. */
interface SimpleKey {
  possible: boolean
  readonly required: boolean
  readonly token: number
  readonly offset: number
  readonly line: number
  readonly column: number
}

/** How far a key without `?` may reach. */
const KEY_LENGTH = 1024

/** Splits a text into tokens as go-yaml v2 does: what it takes is taken, what it refuses is a YamlProblem. */
export class Scanner {
  private readonly cursor: Cursor
  private readonly tokens: Token[] = []
  private head = 0
  private readonly indents: number[] = []
  /** The key that is possible in each open bracket, the block around them first. */
  private readonly keys: (SimpleKey | undefined)[] = [undefined]
  private pending: SimpleKey | undefined

  constructor(text: string) {
    this.cursor = new Cursor(text)
  }

  /** The next token, known only when it cannot become a key any more. */
  peek(): Token {
    for (;;) {
      const token = this.tokens[this.head]
      if (token !== undefined && !this.isPossible(token.key)) return token
      this.fetch()
    }
  }

  next(): Token {
    const token = this.peek()
    this.head++
    return token
  }

  private push(kind: TokenKind, offset: number, text = '', plain = false): void {
    this.tokens.push({ kind, offset, text, plain, key: this.pending })
    this.pending = undefined
  }

  private insert(index: number, kind: TokenKind, offset: number): void {
    this.tokens.splice(index, 0, { kind, offset, text: '', plain: false, key: undefined })
  }

  private fetch(): void {
    const { cursor } = this
    this.skipToToken()
    this.unroll(cursor.column)
    const { offset } = cursor
    const code = cursor.at()
    if (Number.isNaN(code)) {
      this.fetchEnd(offset)
      return
    }
    if (cursor.column === 0 && code === 37) {
      this.fetchDirective(offset)
      return
    }
    if (cursor.isDocumentMark()) {
      this.fetchDocumentMark(offset, code)
      return
    }
    const character = cursor.text.charAt(offset)
    switch (character) {
      case '[':
      case '{':
        this.saveKey()
        this.keys.push(undefined)
        cursor.flowLevel++
        this.fetchIndicator(character, true)
        return
      case ']':
      case '}':
        this.dropKey()
        if (cursor.flowLevel > 0) {
          cursor.flowLevel--
          this.keys.pop()
        }
        this.fetchIndicator(character, false)
        return
      case ',':
        this.dropKey()
        this.fetchIndicator(',', true)
        return
      case '*':
      case '&':
        this.fetchAnchor(offset, character === '*' ? 'alias' : 'anchor')
        return
      case '!':
        this.fetchScalarLike('tag', offset, () => this.scanTag())
        return
      case "'":
      case '"':
        this.fetchScalarLike('scalar', offset, () => scanQuoted(cursor))
        return
    }
    if (character === '-' && isBlankOrEnd(cursor.at(1))) {
      this.fetchBlockEntry()
      return
    }
    if (character === '?' && (cursor.flowLevel > 0 || isBlankOrEnd(cursor.at(1)))) {
      this.fetchKey(offset)
      return
    }
    if (character === ':' && (cursor.flowLevel > 0 || isBlankOrEnd(cursor.at(1)))) {
      this.fetchValue(offset)
      return
    }
    if ((character === '|' || character === '>') && cursor.flowLevel === 0) {
      this.dropKey()
      cursor.keyAllowed = true
      this.push('scalar', offset, scanBlockScalar(cursor, character === '|'))
      return
    }
    if (/[#|>%@`\t]/.test(character))
      throw new YamlProblem(`${character === '\t' ? 'a tab' : `the character ${character}`} cannot begin a value`, offset)
    this.fetchScalarLike('scalar', offset, () => scanPlain(cursor), true)
  }

  private fetchIndicator(kind: TokenKind, keyAllowed: boolean): void {
    this.cursor.keyAllowed = keyAllowed
    this.push(kind, this.cursor.offset++)
  }

  private fetchScalarLike(kind: TokenKind, offset: number, scan: () => string, plain = false): void {
    this.saveKey()
    this.cursor.keyAllowed = false
    this.push(kind, offset, scan(), plain)
  }

  private fetchEnd(offset: number): void {
    // The end is a line of its own, on which no key is possible any more.
    if (this.cursor.column !== 0) {
      this.cursor.line++
      this.cursor.lineStart = offset
    }
    this.unroll(-1)
    this.dropKey()
    this.cursor.keyAllowed = false
    this.push('end', offset)
  }

  private fetchDirective(offset: number): void {
    const { cursor } = this
    this.unroll(-1)
    this.dropKey()
    cursor.keyAllowed = false
    while (!isBreakOrEnd(cursor.at())) cursor.offset++
    const words = cursor.text.slice(offset + 1, cursor.offset).replace(/[ \t]#.*$/, '')
    if (!/^(YAML[ \t]+\d{1,2}\.\d{1,2}|TAG[ \t]+!([\w-]*!)?[ \t]+\S+)[ \t]*$/.test(words)) throw new YamlProblem('the directive is not known', offset)
    this.push('directive', offset, words.trim())
  }

  private fetchDocumentMark(offset: number, code: number): void {
    this.unroll(-1)
    this.dropKey()
    this.cursor.keyAllowed = false
    this.cursor.offset += 3
    this.push(code === 45 ? 'document-start' : 'document-end', offset)
  }

  private fetchBlockEntry(): void {
    const { cursor } = this
    if (cursor.flowLevel === 0) {
      if (!cursor.keyAllowed) throw new YamlProblem('a list item cannot stand here', cursor.offset)
      this.roll(cursor.column, 'block-sequence', cursor.offset, this.tokens.length)
    }
    this.dropKey()
    this.fetchIndicator('-', true)
  }

  private fetchKey(offset: number): void {
    const { cursor } = this
    if (cursor.flowLevel === 0) {
      if (!cursor.keyAllowed) throw new YamlProblem('a key cannot stand here', offset)
      this.roll(cursor.column, 'block-mapping', offset, this.tokens.length)
    }
    this.dropKey()
    this.fetchIndicator('key', cursor.flowLevel === 0)
  }

  private fetchValue(offset: number): void {
    const { cursor } = this
    const key = this.keys[this.keys.length - 1]
    if (key !== undefined && this.isPossible(key)) {
      this.insert(key.token, 'key', key.offset)
      this.roll(key.column, 'block-mapping', key.offset, key.token)
      key.possible = false
      this.fetchIndicator('value', false)
      return
    }
    if (cursor.flowLevel === 0) {
      if (!cursor.keyAllowed) throw new YamlProblem('a key with a value cannot stand here', offset)
      this.roll(cursor.column, 'block-mapping', offset, this.tokens.length)
    }
    this.fetchIndicator('value', cursor.flowLevel === 0)
  }

  private fetchAnchor(offset: number, kind: 'alias' | 'anchor'): void {
    const { cursor } = this
    this.fetchScalarLike(kind, offset, () => {
      const from = ++cursor.offset
      while (isWord(cursor.at())) cursor.offset++
      if (cursor.offset === from || !(isBlankOrEnd(cursor.at()) || /[?:,\]}%@`]/.test(cursor.text.charAt(cursor.offset))))
        throw new YamlProblem(`the name of an ${kind} may have only letters, digits, - and _`, offset)
      return cursor.text.slice(from, cursor.offset)
    })
  }

  private scanTag(): string {
    const { cursor } = this
    const from = cursor.offset
    const found = /!<[\w;/?:@&=+$,.!~*'()[\]%-]+>|![\w;/?:@&=+$,.!~*'()[\]%-]*/y
    found.lastIndex = from
    cursor.offset += found.exec(cursor.text)?.[0].length ?? 1
    if (/%(?![0-9a-fA-F]{2})/.test(cursor.text.slice(from, cursor.offset))) throw new YamlProblem('a % in a tag needs two digits', from)
    if (!isBlankOrEnd(cursor.at())) throw new YamlProblem('a tag ends with white space', from)
    return cursor.text.slice(from, cursor.offset)
  }

  private skipToToken(): void {
    const { cursor } = this
    for (;;) {
      if (cursor.column === 0 && cursor.at() === 0xfeff) {
        cursor.offset++
        cursor.lineStart++
      }
      while (cursor.at() === 32 || (cursor.at() === 9 && (cursor.flowLevel > 0 || !cursor.keyAllowed))) cursor.offset++
      if (cursor.at() === 35) while (!isBreakOrEnd(cursor.at())) cursor.offset++
      if (!isBreak(cursor.at())) return
      cursor.takeBreak()
      if (cursor.flowLevel === 0) cursor.keyAllowed = true
    }
  }

  /** Begins a block collection when the column is deeper than the one around it. */
  private roll(column: number, kind: TokenKind, offset: number, index: number): void {
    const { cursor } = this
    if (cursor.flowLevel > 0 || cursor.indent >= column) return
    this.indents.push(cursor.indent)
    cursor.indent = column
    this.insert(index, kind, offset)
  }

  private unroll(column: number): void {
    const { cursor } = this
    if (cursor.flowLevel > 0) return
    while (cursor.indent > column) {
      this.push('block-end', cursor.offset)
      cursor.indent = this.indents.pop() ?? -1
    }
  }

  private saveKey(): void {
    const { cursor } = this
    if (!cursor.keyAllowed) return
    const { offset, line, column } = cursor
    const required = cursor.flowLevel === 0 && cursor.indent === column
    this.dropKey()
    const key: SimpleKey = { possible: true, required, token: this.tokens.length, offset, line, column }
    this.keys[this.keys.length - 1] = key
    this.pending = key
  }

  private dropKey(): void {
    const key = this.keys[this.keys.length - 1]
    if (key?.possible === true) this.giveUp(key)
  }

  private isPossible(key: SimpleKey | undefined): boolean {
    if (key?.possible !== true) return false
    if (key.line < this.cursor.line || key.offset + KEY_LENGTH < this.cursor.offset) this.giveUp(key)
    return key.possible
  }

  private giveUp(key: SimpleKey): void {
    if (key.required) throw new YamlProblem('a key without a value: there is no ":"', key.offset)
    key.possible = false
  }
}
