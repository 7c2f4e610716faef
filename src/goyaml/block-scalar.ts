import { isBlank, isBreak, isBreakOrEnd, isDigit } from './characters.ts'
import { type Cursor, YamlProblem } from './cursor.ts'

/** Reads a `|` or `>` text from its indicator on. */
export function scanBlockScalar(cursor: Cursor, literal: boolean): string {
  const start = cursor.offset
  cursor.offset++
  const { chomping, increment } = scanHeader(cursor, start)
  const given = increment === 0 ? 0 : Math.max(cursor.indent, 0) + increment
  let { breaks, indent } = scanBreaks(cursor, given, start)
  const parts: string[] = []
  let lineBreak = ''
  let wasBlank = false
  while (cursor.column === indent && !Number.isNaN(cursor.at())) {
    const blank = isBlank(cursor.at())
    if (!literal && !wasBlank && !blank && lineBreak === '\n') parts.push(breaks === '' ? ' ' : '')
    else parts.push(lineBreak)
    parts.push(breaks)
    wasBlank = blank
    const from = cursor.offset
    while (!isBreakOrEnd(cursor.at())) cursor.offset++
    parts.push(cursor.text.slice(from, cursor.offset))
    lineBreak = isBreak(cursor.at()) ? cursor.takeBreak() : ''
    breaks = scanBreaks(cursor, indent, start).breaks
  }
  return parts.join('') + (chomping === '-' ? '' : lineBreak) + (chomping === '+' ? breaks : '')
}

/** Chomping and indentation behind the indicator, and the rest of its line. */
function scanHeader(cursor: Cursor, start: number): { readonly chomping: string; readonly increment: number } {
  let chomping = ''
  let increment = 0
  const takeChomping = () => {
    if (chomping === '' && (cursor.at() === 43 || cursor.at() === 45)) chomping = cursor.text.charAt(cursor.offset++)
  }
  takeChomping()
  if (isDigit(cursor.at())) {
    increment = cursor.at() - 48
    if (increment === 0) throw new YamlProblem('a block text cannot be indented by 0', start)
    cursor.offset++
  }
  takeChomping()
  while (isBlank(cursor.at())) cursor.offset++
  if (cursor.at() === 35) while (!isBreakOrEnd(cursor.at())) cursor.offset++
  if (!isBreakOrEnd(cursor.at())) throw new YamlProblem('the text of a block begins on the next line', cursor.offset)
  if (isBreak(cursor.at())) cursor.takeBreak()
  return { chomping, increment }
}

/** Empty lines in front of a line of the text; finds out the indentation when it is 0. */
function scanBreaks(cursor: Cursor, known: number, start: number): { readonly breaks: string; readonly indent: number } {
  let breaks = ''
  let deepest = 0
  for (;;) {
    while ((known === 0 || cursor.column < known) && cursor.at() === 32) cursor.offset++
    deepest = Math.max(deepest, cursor.column)
    if ((known === 0 || cursor.column < known) && cursor.at() === 9) throw new YamlProblem('a tab stands where spaces are expected', start)
    if (!isBreak(cursor.at())) break
    breaks += cursor.takeBreak()
  }
  return { breaks, indent: known === 0 ? Math.max(deepest, cursor.indent + 1, 1) : known }
}
