import { Fault } from '../diagnostics/index.ts'
import { isObject, type Json } from './json.ts'
import { createRanges, type Ranges, type Releases } from './ranges.ts'

/**
 * A node of the model: what all releases say about one place.
 *
 * - `"TYPE"` or `"TYPE RANGE"`: a value of that type (`string`, `int32`, `int-or-string`, `any`, ...), nothing more; `"#Name"` is a shared type.
 * - `[node]` or `[node, RANGE]`: a list.
 * - an object: `in` (releases that have it), `type`, `fields`, `required` (names, each with an own range where it has one), `*` (values of a map), `items`,
 *   and facts under the keywords of CRDs, where `keyword@` holds a value for each range.
 *
 * A range is left out where it equals that of what the node stands in.
 */
export type RawNode = string | readonly [RawNode] | readonly [RawNode, string] | RawObject

/** The written-out form of a node. */
export type RawObject = Json

/** Reads a file of the model by its name (`index.json`, `Cluster.json`); nothing when there is none. */
export type ReadModel = (name: string) => string | undefined

/** A model as far as it was read: files are read when they are asked for. */
export interface Model {
  readonly ranges: Ranges
  /** Names of the kind files with the releases of each. */
  readonly kinds: ReadonlyMap<string, Releases>
  /** What the file of a kind says. */
  kind(name: string): KindFacts
}

/** What a file says about one kind. */
export interface KindFacts {
  readonly kind: string
  readonly scope: 'Cluster' | 'Namespaced'
  readonly plural: string
  /** Stored versions, `group/version`, each with its releases. */
  readonly stored: readonly (readonly [apiVersion: string, releases: Releases])[]
  /** Versions that are served and not stored. */
  readonly served: readonly (readonly [apiVersion: string, releases: Releases])[]
  readonly schema: RawNode
  /** A shared type; `any` when there is none of the name. */
  type(name: string): RawNode
}

/** Opens a model: reads its index. A model that cannot be read is a fault, since this tool writes them. */
export function openModel(read: ReadModel): Model {
  const index = parse(read, 'index.json')
  const names = index.releases
  if (!Array.isArray(names) || !names.every((name): name is string => typeof name === 'string')) throw broken('index.json', 'it names no releases')
  const ranges = createRanges(names)
  const kinds = new Map(rangesOf(index.kinds, ranges, 'index.json'))
  const known = new Map<string, KindFacts>()
  let shared: RawObject | undefined
  const sharedTypes = (): RawObject => {
    shared ??= objectIn(parse(read, 'shared.json').types)
    return shared
  }
  return {
    ranges,
    kinds,
    kind(name) {
      const found = known.get(name) ?? readKind(read, `${name}.json`, ranges, sharedTypes)
      known.set(name, found)
      return found
    },
  }
}

function readKind(read: ReadModel, file: string, ranges: Ranges, sharedTypes: () => RawObject): KindFacts {
  const { kind, scope, plural, stored, served, types, schema } = parse(read, file)
  if (typeof kind !== 'string' || !isNode(schema)) throw broken(file, 'it holds no kind')
  const own = objectIn(types)
  return {
    kind,
    scope: scope === 'Cluster' ? 'Cluster' : 'Namespaced',
    plural: typeof plural === 'string' ? plural : kind.toLowerCase(),
    stored: rangesOf(stored, ranges, file),
    served: rangesOf(served, ranges, file),
    schema,
    type(name) {
      const holder = Object.hasOwn(own, name) ? own : sharedTypes()
      const found = Object.hasOwn(holder, name) ? holder[name] : undefined
      return isNode(found) ? found : 'any'
    },
  }
}

/** Whether a value can be a node. What is wrong deeper inside counts as not said. */
export function isNode(value: unknown): value is RawNode {
  return typeof value === 'string' || (typeof value === 'object' && value !== null)
}

function rangesOf(value: unknown, ranges: Ranges, file: string): readonly (readonly [string, Releases])[] {
  return Object.entries(objectIn(value)).map(([name, range]) => {
    const set = typeof range === 'string' ? ranges.parse(range) : undefined
    if (set === undefined) throw broken(file, `${JSON.stringify(range)} is no range of its releases`)
    return [name, set] as const
  })
}

function parse(read: ReadModel, file: string): RawObject {
  const text = read(file)
  if (text === undefined) throw broken(file, 'it is missing')
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw broken(file, 'it is not JSON')
  }
  return objectIn(value)
}

function objectIn(value: unknown): Json {
  return isObject(value) ? value : {}
}

function broken(file: string, why: string): Fault {
  return new Fault(`The API model cannot be used: ${why} (${file}).`, {
    fix: 'Make it again with addonsmith schema import, or install addonsmith again.',
  })
}
