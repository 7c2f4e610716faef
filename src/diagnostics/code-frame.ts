const WIDTH = 100

/**
 * The line a finding points at, with the one before it and a caret:
 *
 *       11 | images:
 *     > 12 |   qdrant: qdrant/qdrant:latest
 *          |           ^
 *
 * Control characters are shown as `\u00xx`, so that a frame can never drive a terminal. Long lines are cut around the column.
 */
export function codeFrame(source: string, line: number, column: number): string {
  const lines = source.split('\n').map((text) => text.replace(/\r$/, ''))
  const text = lines[line - 1]
  if (text === undefined) return ''
  const gutter = String(line).length
  const start = column > WIDTH - 20 ? column - 40 : 0
  const frame: string[] = []
  const above = lines[line - 2]
  if (above !== undefined && above.trim() !== '') frame.push(`  ${String(line - 1).padStart(gutter)} | ${visible(above.slice(start, start + WIDTH))}`)
  frame.push(`> ${line} | ${visible(text.slice(start, start + WIDTH))}`)
  const lead = visible(text.slice(start, column - 1)).replace(/[^ ]/g, ' ')
  frame.push(`  ${' '.repeat(gutter)} | ${lead}^`)
  return frame.map((row) => row.trimEnd()).join('\n')
}

/** Text that is safe to print: control characters and direction marks become visible escapes, tabs become two blanks. */
export function visible(text: string): string {
  return text.replace(/\t/g, '  ').replace(UNPRINTABLE, (char) => `\\u${(char.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`)
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is what it is for
const UNPRINTABLE = /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g
