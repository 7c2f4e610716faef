/**
 * The candidate that `word` was most likely meant to be, or nothing when all are too far away
 * (more than two edits, or more than a third of the longer word).
 */
export function didYouMean(word: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined
  let bestDistance = Number.POSITIVE_INFINITY
  for (const candidate of candidates) {
    const limit = Math.min(2, Math.floor(Math.max(word.length, candidate.length) / 3))
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase(), limit)
    if (distance <= limit && distance < bestDistance) {
      best = candidate
      bestDistance = distance
    }
  }
  return best
}

/** Candidates a hint lists at most: more than a component has fields. */
const SHOWN = 30

/** A hint of the form `did you mean "x"?`, else the list of what is there. */
export function suggest(word: string, candidates: readonly string[]): string {
  const best = didYouMean(word, candidates)
  if (best !== undefined) return `did you mean "${best}"?`
  if (candidates.length === 0) return 'there is none to choose from'
  const shown = candidates.slice(0, SHOWN).join(', ')
  return `choose one of: ${shown}${candidates.length > SHOWN ? ', ...' : ''}`
}

/** The same where what is there was not written by whoever reads it: nothing when there is nothing to choose from. */
export function suggestAmong(text: string, candidates: readonly string[]): string | undefined {
  return candidates.length === 0 ? undefined : suggest(text, candidates)
}

/** Damerau-Levenshtein distance (optimal string alignment); returns more than `limit` early where it must be more. */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1
  let before: number[] = []
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const current = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      let cost = Math.min((previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1, (previous[j - 1] ?? 0) + (same ? 0 : 1))
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, (before[j - 2] ?? 0) + 1)
      current.push(cost)
    }
    before = previous
    previous = current
  }
  return previous[b.length] ?? 0
}
