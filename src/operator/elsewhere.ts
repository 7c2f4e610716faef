import { didYouMean } from '../diagnostics/index.ts'
import { nameMatches, nameOf, ofKind, sidecarMatches } from './matching.ts'
import type { OperatorRelease } from './releases.ts'

/** How a reference to a definition stands with the charts at hand. */
export type Standing =
  /** Objects of the chart, or of those beside it, match. */
  | { readonly kind: 'here' | 'beside' }
  /** Nothing matches, and a name of the chart was most likely meant. */
  | { readonly kind: 'misspelt'; readonly meant: string }
  /** Nothing matches; another chart may bring what does. */
  | { readonly kind: 'elsewhere' }

/** Looks for what a reference means; `reading` is `sidecar` for those that know no prefixes. */
export function standingOf(
  release: OperatorRelease,
  objects: readonly unknown[],
  others: readonly unknown[],
  kind: string,
  pattern: string,
  reading: 'definition' | 'sidecar' = 'definition',
): Standing {
  const own = ofKind(objects, kind).map(nameOf)
  const isMatch = (name: string) => (reading === 'sidecar' ? sidecarMatches(name, pattern) : nameMatches(release, name, pattern))
  if (own.some(isMatch)) return { kind: 'here' }
  if (ofKind(others, kind).map(nameOf).some(isMatch)) return { kind: 'beside' }
  const meant = meantName(pattern, own)
  return meant === undefined ? { kind: 'elsewhere' } : { kind: 'misspelt', meant }
}

/** The name whose beginning a pattern misses by a letter or two. Short ones are like too many. */
function meantName(pattern: string, names: readonly string[]): string | undefined {
  const literal = /^[\w.-]*/.exec(pattern.replace(/^\^/, '').replaceAll('\\.', '.').replaceAll('\\-', '-'))?.[0] ?? ''
  if (literal.length < 5) return undefined
  const lengths = [literal.length - 1, literal.length, literal.length + 1]
  return names.find((name) => didYouMean(literal, [name, ...lengths.map((length) => name.slice(0, length))]) !== undefined)
}
