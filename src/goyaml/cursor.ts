import { isBlankOrEnd, isBreak, isBreakOrEnd } from './characters.ts'

/** Why a text is not YAML for Go, and where. */
export class YamlProblem extends Error {
  readonly offset: number
  constructor(message: string, offset: number) {
    super(message)
    this.offset = offset
  }
}

/** A place in a text that moves on; `flowLevel` and `indent` say in which brackets and how deep it stands. */
export class Cursor {
  readonly text: string
  offset = 0
  line = 0
  lineStart = 0
  flowLevel = 0
  indent = -1
  /** Whether a key without `?` may begin here. */
  keyAllowed = true

  constructor(text: string) {
    this.text = text
  }

  get column(): number {
    return this.offset - this.lineStart
  }

  /** The character at the place, or some places on. */
  at(ahead = 0): number {
    return this.text.charCodeAt(this.offset + ahead)
  }

  /** Steps over a line break, and returns how it reads. */
  takeBreak(): string {
    const code = this.at()
    this.offset += code === 13 && this.at(1) === 10 ? 2 : 1
    this.line++
    this.lineStart = this.offset
    return code === 0x2028 || code === 0x2029 ? String.fromCharCode(code) : '\n'
  }

  /** Whether `---` or `...` stands at the beginning of the line. */
  isDocumentMark(): boolean {
    const code = this.at()
    return this.offset === this.lineStart && (code === 45 || code === 46) && this.at(1) === code && this.at(2) === code && isBlankOrEnd(this.at(3))
  }
}

/** Line breaks between parts of a scalar, as they fold: one becomes a space, of more the first is dropped. */
export function fold(first: string, others: string): string {
  if (first !== '\n') return first + others
  return others === '' ? ' ' : others
}

/** Steps over white space and comments; on a new line a key may begin. */
export function skipToToken(cursor: Cursor): void {
  if (cursor.offset === 0 && cursor.at() === 0xfeff) {
    cursor.offset++
    cursor.lineStart++
  }
  for (;;) {
    while (cursor.at() === 32 || (cursor.at() === 9 && (cursor.flowLevel > 0 || !cursor.keyAllowed))) cursor.offset++
    if (cursor.at() === 35) while (!isBreakOrEnd(cursor.at())) cursor.offset++
    if (!isBreak(cursor.at())) return
    cursor.takeBreak()
    if (cursor.flowLevel === 0) cursor.keyAllowed = true
  }
}
