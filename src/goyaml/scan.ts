import { scanBlockScalar } from './block-scalar.ts'
import { isBlankOrEnd } from './characters.ts'
import { Cursor, skipToToken, YamlProblem } from './cursor.ts'
import { scanPlain, scanQuoted } from './flow-scalar.ts'
import { scanDirective, scanName, scanTag } from './property.ts'
import type { SimpleKey, Token, TokenKind } from './token.ts'

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
    skipToToken(cursor)
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
      case '&': {
        const kind = character === '*' ? 'alias' : 'anchor'
        this.fetchScalarLike(kind, offset, () => scanName(cursor, kind))
        return
      }
      case '!':
        this.fetchScalarLike('tag', offset, () => scanTag(cursor))
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
    this.push('directive', offset, scanDirective(cursor))
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
