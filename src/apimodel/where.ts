import type { Path } from '../diagnostics/index.ts'
import { isNode, type KindFacts, type RawNode, type RawObject } from './model.ts'
import type { Ranges, Releases } from './ranges.ts'

/** The releases in which a kind has the place that a path leads to. `within` are those of the kind. */
export function releasesAt(kind: KindFacts, within: Releases, path: Path, ranges: Ranges): Releases {
  let node: RawNode = kind.schema
  let set = within
  const narrow = (range: unknown) => {
    if (typeof range === 'string') set &= ranges.parse(range) ?? 0
  }
  /** Follows names of shared types to the object behind them. */
  const open = (current: RawNode): RawObject => {
    let next = current
    for (let steps = 0; typeof next === 'string' && steps < 10; steps++) {
      const [type = 'any', range] = next.split(' ')
      narrow(range)
      if (!type.startsWith('#')) return { type }
      next = kind.type(type.slice(1))
    }
    if (typeof next === 'string') return {}
    if (Array.isArray(next)) {
      narrow(next[1])
      return { items: next[0] }
    }
    const object = next as RawObject
    narrow(object.in)
    return object
  }
  for (const step of path) {
    const object = open(node)
    const fields = object.fields
    const field =
      typeof step === 'string' && typeof fields === 'object' && fields !== null && Object.hasOwn(fields, step)
        ? (fields as RawObject)[step]
        : undefined
    const next = typeof step === 'number' ? object.items : (field ?? object['*'])
    if (!isNode(next)) return 0
    node = next
  }
  open(node)
  return set
}
