import type { Explanation } from '../../targets/index.ts'

/** The table of an explanation as lines of text, with the notes below it. */
export function explanationLines(name: string, { columns, rows, notes }: Explanation): readonly string[] {
  const head = [name, ...columns.map((releases) => releases.join(', '))]
  const body = rows.map(({ concept, cells }) => [
    concept,
    ...cells.map((cell) => [cell.expression ?? '-', ...cell.notes.map((note) => `(${note})`)].join(' ')),
  ])
  const widths = head.map((_, column) => Math.max(...[head, ...body].map((row) => row[column]?.length ?? 0)))
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd()
  const rule = widths.map((width) => '-'.repeat(width)).join('  ')
  return [
    line(head),
    rule,
    ...body.map(line),
    ...(notes.length === 0 ? [] : ['']),
    ...notes.map(({ message, releases }, index) => `(${index + 1}) ${releases.join(', ')}: ${message}`),
  ]
}
