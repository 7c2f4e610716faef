/**
 * A set of releases as bits: bit i stands for the i-th release of the model. Releases are written as people say them:
 * `0.9` alone, `0.8..0.9`, `..0.9` (until), `1.0..` (from then on), `..` (all), several joined by commas. At most 30 releases.
 */
export type Releases = number

/** Reads and writes sets of releases of one model. */
export interface Ranges {
  /** Names of the releases, oldest first. */
  readonly names: readonly string[]
  /** All releases. */
  readonly all: Releases
  /** The set a text stands for; nothing when it is not well formed or names an unknown release. */
  parse(text: string): Releases | undefined
  /** The shortest text whose set is `set` inside `within`; nothing when the two are equal, so that no text is needed. */
  print(set: Releases, within: Releases): string | undefined
  /** The set as words of a sentence: `from 1.0 on`, `until 0.9`, `from 0.6 to 0.8`, `in 0.9`. */
  say(set: Releases): string
}

export function createRanges(names: readonly string[]): Ranges {
  const all = 2 ** names.length - 1
  const parsed = new Map<string, Releases | undefined>()
  const span = (from: number, to: number): Releases => (2 ** (to + 1) - 1) & ~(2 ** from - 1)

  const read = (text: string): Releases | undefined => {
    let set = 0
    for (const part of text.split(',')) {
      const ends = part.split('..')
      const first = ends[0] === '' ? 0 : names.indexOf(ends[0] ?? '')
      const last = ends.length === 1 ? first : ends[1] === '' ? names.length - 1 : names.indexOf(ends[1] ?? '')
      if (ends.length > 2 || part === '' || first < 0 || last < first) return undefined
      set |= span(first, last)
    }
    return set
  }

  /** Unbroken runs of a set, where releases outside of `within` do not break one. */
  const runs = (set: Releases, within: Releases): readonly (readonly [first: number, last: number])[] => {
    const found: [number, number][] = []
    let open: [number, number] | undefined
    for (let i = 0; i < names.length; i++) {
      if ((within & (1 << i)) === 0) continue
      if ((set & (1 << i)) === 0) open = undefined
      else if (open === undefined) {
        open = [i, i]
        found.push(open)
      } else open[1] = i
    }
    return found
  }

  return {
    names,
    all,
    parse(text) {
      if (!parsed.has(text)) parsed.set(text, read(text))
      return parsed.get(text)
    },
    print(set, within) {
      if (set === within) return undefined
      const first = lowest(within)
      const last = highest(within)
      return runs(set, within)
        .map(([from, to]) => {
          if (from === first) return `..${names[to]}`
          if (to === last) return `${names[from]}..`
          return from === to ? names[from] : `${names[from]}..${names[to]}`
        })
        .join(',')
    },
    say(set) {
      return runs(set, all)
        .map(([from, to]) => {
          if (to === names.length - 1) return from === to ? `in ${names[to]}` : `from ${names[from]} on`
          if (from === to) return `in ${names[from]}`
          return from === 0 ? `until ${names[to]}` : `from ${names[from]} to ${names[to]}`
        })
        .join(' and ')
    },
  }
}

const lowest = (set: Releases): number => 31 - Math.clz32(set & -set)
const highest = (set: Releases): number => 31 - Math.clz32(set)
