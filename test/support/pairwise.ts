/** Choices for each name. */
export type Choices = Readonly<Record<string, readonly unknown[]>>

/** A few rows in which every two choices of different names stand together at least once. Greedy, and always the same. */
export function pairwise(choices: Choices): readonly Readonly<Record<string, unknown>>[] {
  const names = Object.keys(choices)
  const missing = new Set(names.flatMap((a, index) => names.slice(index + 1).flatMap((b) => pairsOf(choices, a, b))))
  const rows: Record<string, unknown>[] = []
  while (missing.size > 0) {
    const [first = ''] = missing
    const row: Record<string, unknown> = Object.fromEntries(JSON.parse(first))
    for (const name of names.filter((candidate) => !(candidate in row))) {
      const counts = (choices[name] ?? []).map((value) => covered(missing, names, { ...row, [name]: value }))
      row[name] = choices[name]?.[counts.indexOf(Math.max(...counts))]
    }
    for (const key of keysOf(names, row)) missing.delete(key)
    rows.push(row)
  }
  return rows
}

function pairsOf(choices: Choices, a: string, b: string): readonly string[] {
  return (choices[a] ?? []).flatMap((left) => (choices[b] ?? []).map((right) => keyOf(a, left, b, right)))
}

function covered(missing: ReadonlySet<string>, names: readonly string[], row: Readonly<Record<string, unknown>>): number {
  return keysOf(names, row).filter((key) => missing.has(key)).length
}

function keysOf(names: readonly string[], row: Readonly<Record<string, unknown>>): readonly string[] {
  const given = names.filter((name) => name in row)
  return given.flatMap((a, index) => given.slice(index + 1).map((b) => keyOf(a, row[a], b, row[b])))
}

function keyOf(a: string, left: unknown, b: string, right: unknown): string {
  return JSON.stringify([
    [a, left],
    [b, right],
  ])
}
