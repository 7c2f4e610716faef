import type { Path } from '../diagnostics/index.ts'
import { fieldOf, isObject, type Json } from './json.ts'
import { isNode, type KindFacts, type RawNode } from './model.ts'
import type { Ranges, Releases } from './ranges.ts'

/** The releases in which a kind has the place that a path leads to. `within` are those of the kind. */
export function releasesAt(kind: KindFacts, within: Releases, path: Path, ranges: Ranges): Releases {
  let node: RawNode = kind.schema
  let set = within
  const narrow = (range: unknown) => {
    if (typeof range === 'string') set &= ranges.parse(range) ?? 0
  }
  /** Follows names of shared types to the object behind them. */
  const open = (current: RawNode): Json => {
    let next = current
    for (let steps = 0; typeof next === 'string' && steps < 10; steps++) {
      const [type = 'any', range] = next.split(' ')
      narrow(range)
      if (!type.startsWith('#')) return { type }
      next = kind.type(type.slice(1))
    }
    if (typeof next === 'string') return {}
    if (!isObject(next)) {
      narrow(next[1])
      return { items: next[0] }
    }
    narrow(next.in)
    return next
  }
  for (const step of path) {
    const object = open(node)
    const next = typeof step === 'number' ? object.items : (fieldOf(object.fields, step) ?? object['*'])
    if (!isNode(next)) return 0
    node = next
  }
  open(node)
  return set
}
