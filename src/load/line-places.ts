import type { Place } from '../diagnostics/index.ts'

/** Turns offsets of a text into places of its file. An offset behind the end is the end. */
export function placesIn(file: string, text: string): (offset: number) => Place {
  const starts = lineStarts(text)
  return (offset) => {
    const inside = Math.min(offset, text.length)
    let line = starts.length
    for (let low = 1; low < line; ) {
      const middle = (low + line) >> 1
      if ((starts[middle] ?? 0) > inside) line = middle
      else low = middle + 1
    }
    return { file, line, column: inside - (starts[line - 1] ?? 0) + 1 }
  }
}

/** Offsets of the first characters of all lines. The parser's own counter misses line ends in texts that it gives up on. */
function lineStarts(text: string): readonly number[] {
  const starts = [0]
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) starts.push(end + 1)
  return starts
}
