import { invariant } from '../../diagnostics/index.ts'
import type { Json } from '../json.ts'
import { createRanges, type Ranges, type Releases } from '../ranges.ts'
import type { Crd } from './crd.ts'
import { merge } from './merge.ts'
import { type SharedType, shareTypes, type TypeOf } from './share.ts'
import { printJson, writeNode } from './write.ts'

export { type Crd, isCrd, readCrd } from './crd.ts'

/** The definitions of one release. */
export interface ReleaseCrds {
  /** Name of the release, `0.9`. */
  readonly release: string
  readonly crds: readonly Crd[]
}

/** The definitions of one kind, by release index. */
type Series = (Crd | undefined)[]

/** Most releases one model can hold: sets of them are bits of a number. */
const MAX_RELEASES = 30

/**
 * Makes the API model from the definitions of releases, oldest first: file name -> text. Equal input gives equal bytes.
 * `<Kind>.json` holds a kind in all releases, `shared.json` what kinds share, `index.json` the releases and kinds.
 * A kind that two groups define in the same release gets a second file, `<Kind>.<group>.json`.
 */
export function convert(releases: readonly ReleaseCrds[]): ReadonlyMap<string, string> {
  invariant(releases.length <= MAX_RELEASES, `a model holds at most ${MAX_RELEASES} releases`)
  const ranges = createRanges(releases.map(({ release }) => release))
  const series = seriesOf(releases)
  const merged = new Map([...series].map(([name, crds]) => [name, merge(crds.map((crd) => crd?.schema))]))
  const { types, typeOf } = shareTypes(merged)
  const files = new Map<string, string>()
  const index: Record<string, string> = {}
  for (const [name, crds] of series) {
    const node = merged.get(name)
    if (node === undefined) continue
    index[name] = ranges.print(node.releases, ranges.all) ?? '..'
    const own = types.filter(({ kinds }) => kinds.size === 1 && kinds.has(name))
    files.set(
      `${name}.json`,
      printJson({
        ...headOf(crds, node.releases, ranges),
        types: writeTypes(own, ranges, typeOf),
        schema: writeNode(node, node.releases, ranges, typeOf),
      }),
    )
  }
  const shared = types.filter(({ kinds }) => kinds.size > 1)
  files.set('shared.json', printJson({ types: writeTypes(shared, ranges, typeOf) }))
  files.set('index.json', printJson({ releases: ranges.names, kinds: index }))
  return new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)))
}

function writeTypes(types: readonly SharedType[], ranges: Ranges, typeOf: TypeOf): Json {
  const sorted = [...types].sort((a, b) => (a.name < b.name ? -1 : 1))
  return Object.fromEntries(sorted.map(({ name, node }) => [name, writeNode(node, node.releases, ranges, typeOf, true)]))
}

/** What a file says about a kind besides its schema. */
function headOf(crds: Series, within: Releases, ranges: Ranges): Json {
  const stored = new Map<string, Releases>()
  const served = new Map<string, Releases>()
  crds.forEach((crd, index) => {
    if (crd === undefined) return
    const add = (map: Map<string, Releases>, version: string) => {
      const name = `${crd.group}/${version}`
      map.set(name, (map.get(name) ?? 0) | (1 << index))
    }
    add(stored, crd.stored)
    for (const version of crd.served) add(served, version)
  })
  const rows = (map: ReadonlyMap<string, Releases>) =>
    Object.fromEntries([...map].map(([version, set]) => [version, ranges.print(set, within) ?? '..']))
  const last = crds.findLast((crd) => crd !== undefined)
  return { kind: last?.kind, scope: last?.scope, plural: last?.plural, stored: rows(stored), served: rows(served) }
}

/** Definitions by the name of their file, sorted. A group that overlaps with another group of the same kind starts a file of its own. */
function seriesOf(releases: readonly ReleaseCrds[]): ReadonlyMap<string, Series> {
  const groups = new Map<string, { readonly kind: string; readonly group: string; readonly crds: Series }>()
  releases.forEach(({ crds }, index) => {
    for (const crd of crds) {
      const key = `${crd.kind} ${crd.group}`
      const found = groups.get(key) ?? { kind: crd.kind, group: crd.group, crds: releases.map(() => undefined) }
      found.crds[index] = crd
      groups.set(key, found)
    }
  })
  const series = new Map<string, Series>()
  const first = (crds: Series) => crds.findIndex((crd) => crd !== undefined)
  const oldestFirst = [...groups].sort(([a, x], [b, y]) => first(x.crds) - first(y.crds) || (a < b ? -1 : 1))
  for (const [, { kind, group, crds }] of oldestFirst) {
    const known = series.get(kind)
    if (known === undefined) series.set(kind, crds)
    else if (known.some((crd, index) => crd !== undefined && crds[index] !== undefined)) series.set(`${kind}.${group}`, crds)
    else
      crds.forEach((crd, index) => {
        if (crd !== undefined) known[index] = crd
      })
  }
  return new Map([...series].sort(([a], [b]) => (a < b ? -1 : 1)))
}
