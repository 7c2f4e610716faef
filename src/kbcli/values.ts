import { keysAt } from '../objects/index.ts'
import { type FlagValue, flagsOf } from './flags.ts'
import type { KbcliRelease } from './releases.ts'
import type { ClusterSchemas } from './schemas.ts'

/** Values of flags by name, as a user gives them. */
export type GivenFlags = Readonly<Record<string, FlagValue>>

/** Values as Helm takes them. */
export type HelmValues = { [key: string]: unknown }

/** What kbcli makes of flags. */
export interface KbcliValues {
  /** What it checks with the schema of the chart, and again with that of the dependency: all values are in one map. */
  readonly checked: HelmValues
  /** What it hands to Helm. */
  readonly helm: HelmValues
}

/**
 * The values that kbcli of a release makes of flags: all of them, whether given or not. `clusterVersion` is the name of the ClusterVersion that
 * releases which have them look up when the user gives none. kbcli:pkg/cmd/cluster/create_util.go getValuesFromFlags, buildHelmValues.
 */
export function valuesFrom(schemas: ClusterSchemas, release: KbcliRelease, given: GivenFlags, clusterVersion = ''): KbcliValues {
  const pairs = flagsOf(schemas, release)
    .flags.filter(({ name }) => name !== HELP)
    .map((flag) => [flag.key, flag.type === 'other' ? flag.value : (given[flag.name] ?? flag.value)] as const)
  const flat = new Map<string, unknown>(pairs)
  if (release.clusterVersion !== undefined && (flat.get('version') ?? '') === '') flat.set('version', clusterVersion)
  const checked = release.nests === 'always' ? nested(flat) : Object.fromEntries(flat)
  return { checked, helm: placed(checked, schemas, release) }
}

/** kbcli reads all flags but this one. */
export const HELP = 'help'

/** Moves what the schema of the dependency names below the key of the dependency. */
function placed(values: HelmValues, { chart, dependency }: ClusterSchemas, release: KbcliRelease): HelmValues {
  if (chart === undefined || dependency === undefined || dependency.schema === undefined) return values
  const theirs = new Set(keysAt(dependency.schema, 'properties'))
  const moved = Object.entries(values).filter(([key]) => theirs.has(key))
  const kept = Object.entries(values).filter(([key]) => !theirs.has(key))
  const own = release.nests === 'with a dependency' ? nested(new Map(kept)) : Object.fromEntries(kept)
  return { [dependency.key]: Object.fromEntries(moved), ...own }
}

/** `{ "a.b": 1 }` as `{ a: { b: 1 } }`. */
function nested(flat: ReadonlyMap<string, unknown>): HelmValues {
  const values: HelmValues = {}
  for (const [key, value] of flat) {
    const names = key.split('.')
    const last = names.pop() ?? ''
    let map = values
    for (const name of names) {
      const known = Object.hasOwn(map, name) ? map[name] : undefined
      const inner: HelmValues = isValues(known) ? known : {}
      map[name] = inner
      map = inner
    }
    map[last] = value
  }
  return values
}

function isValues(value: unknown): value is HelmValues {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
