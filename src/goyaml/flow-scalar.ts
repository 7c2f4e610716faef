import { isBlank, isBlankOrEnd, isBreak } from './characters.ts'
import { type Cursor, fold, YamlProblem } from './cursor.ts'

const ESCAPES: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  t: '\t',
  '\t': '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
  e: '\x1b',
  ' ': ' ',
  '"': '"',
  "'": "'",
  '\\': '\\',
  N: '\x85',
  _: '\xa0',
  L: '\u2028',
  P: '\u2029',
}
const CODE_LENGTHS: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 }

/** Reads a quoted text from its first quote on. How deep its further lines stand does not matter. */
export function scanQuoted(cursor: Cursor): string {
  const start = cursor.offset
  const quote = cursor.at()
  cursor.offset++
  const parts: string[] = []
  for (;;) {
    if (cursor.isDocumentMark()) throw new YamlProblem('a quoted text is not closed before the end of the document', start)
    if (Number.isNaN(cursor.at())) throw new YamlProblem('a quoted text is not closed', start)
    const escapedBreak = scanWord(cursor, quote, parts, start)
    if (cursor.at() === quote) break
    parts.push(scanSpace(cursor, escapedBreak))
  }
  cursor.offset++
  return parts.join('')
}

/** Reads up to white space or the closing quote; whether it ended with an escaped line break. */
function scanWord(cursor: Cursor, quote: number, parts: string[], start: number): boolean {
  let from = cursor.offset
  const keep = () => parts.push(cursor.text.slice(from, cursor.offset))
  while (!isBlankOrEnd(cursor.at())) {
    const code = cursor.at()
    if (code === quote) {
      if (quote !== 39 || cursor.at(1) !== 39) break
      cursor.offset++
      keep()
      from = ++cursor.offset
    } else if (code === 92 && quote === 34) {
      keep()
      cursor.offset++
      if (isBreak(cursor.at())) {
        cursor.takeBreak()
        return true
      }
      parts.push(scanEscape(cursor, start))
      from = cursor.offset
    } else cursor.offset++
  }
  keep()
  return false
}

function scanEscape(cursor: Cursor, start: number): string {
  const letter = cursor.text.charAt(cursor.offset++)
  const length = Object.hasOwn(CODE_LENGTHS, letter) ? CODE_LENGTHS[letter] : undefined
  if (length === undefined) {
    const plain = Object.hasOwn(ESCAPES, letter) ? ESCAPES[letter] : undefined
    if (plain === undefined) throw new YamlProblem(`a double-quoted text has the unknown escape \\${letter}`, cursor.offset - 2)
    return plain
  }
  const digits = cursor.text.slice(cursor.offset, cursor.offset + length)
  const code = /^[0-9a-fA-F]+$/.test(digits) && digits.length === length ? Number.parseInt(digits, 16) : -1
  if (code < 0 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) throw new YamlProblem('an escape names no character', start)
  cursor.offset += length
  return String.fromCodePoint(code)
}

/** White space inside a quoted text, folded. */
function scanSpace(cursor: Cursor, escapedBreak: boolean): string {
  const from = cursor.offset
  let blanks = cursor.offset
  let first = ''
  let others = ''
  let broken = escapedBreak
  for (;;) {
    if (isBlank(cursor.at())) cursor.offset++
    else if (!isBreak(cursor.at())) break
    else if (broken) others += cursor.takeBreak()
    else {
      first = cursor.takeBreak()
      broken = true
    }
    if (!broken) blanks = cursor.offset
  }
  if (!broken) return cursor.text.slice(from, blanks)
  return first === '' ? others : fold(first, others)
}

/** Reads a text without quotes; after its last line a key may follow when it ended with a line break. */
export function scanPlain(cursor: Cursor): string {
  const start = cursor.offset
  const indent = cursor.indent + 1
  let value = ''
  let space = ''
  let broken = false
  for (;;) {
    if (cursor.isDocumentMark() || cursor.at() === 35) break
    const from = cursor.offset
    while (!isBlankOrEnd(cursor.at()) && !endsPlain(cursor)) cursor.offset++
    if (cursor.offset > from) {
      value += space + cursor.text.slice(from, cursor.offset)
      space = ''
      broken = false
    }
    if (!isBlank(cursor.at()) && !isBreak(cursor.at())) break
    const gap = scanPlainSpace(cursor, indent, start)
    space = gap.text
    broken = gap.broken
    if (cursor.flowLevel === 0 && cursor.column < indent) break
  }
  if (broken) cursor.keyAllowed = true
  return value
}

function endsPlain(cursor: Cursor): boolean {
  const code = cursor.at()
  if (code === 58) return isBlankOrEnd(cursor.at(1))
  // , ? [ ] { }
  return cursor.flowLevel > 0 && (code === 44 || code === 63 || code === 91 || code === 93 || code === 123 || code === 125)
}

function scanPlainSpace(cursor: Cursor, indent: number, start: number): { readonly text: string; readonly broken: boolean } {
  const from = cursor.offset
  let first: string | undefined
  let others = ''
  for (;;) {
    if (isBlank(cursor.at())) {
      if (first !== undefined && cursor.column < indent && cursor.at() === 9) throw new YamlProblem('a tab is no indentation', start)
      cursor.offset++
    } else if (!isBreak(cursor.at())) break
    else if (first === undefined) first = cursor.takeBreak()
    else others += cursor.takeBreak()
  }
  if (first === undefined) return { text: cursor.text.slice(from, cursor.offset), broken: false }
  return { text: fold(first, others), broken: true }
}
