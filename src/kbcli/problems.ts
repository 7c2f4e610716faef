import { at } from '../objects/index.ts'
import { type Flag, type FlagProblem, type Flags, flagsOf } from './flags.ts'
import { GLOBAL_FLAGS, type KbcliRelease } from './releases.ts'
import type { ClusterSchemas, SchemaOwner } from './schemas.ts'
import { HELP } from './values.ts'

/** Everything about the flags of a chart that is not as its author means it, for kbcli of a release. */
export function flagProblems(schemas: ClusterSchemas, release: KbcliRelease): readonly FlagProblem[] {
  if (schemas.chart === undefined) return []
  const found = flagsOf(schemas, release)
  return [...found.problems, ...dependencyProblems(schemas, release), ...versionProblems(found, release), ...effects(found, schemas, release)]
}

function dependencyProblems({ dependency }: ClusterSchemas, { passesDependency }: KbcliRelease): readonly FlagProblem[] {
  if (dependency === undefined || dependency.schema !== undefined || passesDependency) return []
  return [{ kind: 'refused', from: 'chart', path: [], message: 'refuses the chart, for its first dependency has no values.schema.json' }]
}

/** 0.6 takes the value for a text without a look. */
function versionProblems({ flags }: Flags, { clusterVersion }: KbcliRelease): readonly FlagProblem[] {
  if (clusterVersion !== 'declared' || flags.some(({ name, type }) => name === 'version' && type === 'string')) return []
  return [{ kind: 'refused', from: 'chart', path: ['properties'], message: 'crashes, for the schema has no property "version" of type string' }]
}

function effects({ flags }: Flags, schemas: ClusterSchemas, release: KbcliRelease): readonly FlagProblem[] {
  const keys = new Set(flags.map(({ key }) => key))
  return flags.flatMap((flag) => {
    const { from } = flag
    if (from === 'kbcli') return []
    const message = effectOf(flag, from, keys, schemas, release)
    return message === undefined ? [] : [{ ...message, from, path: schemaPath(flag) }]
  })
}

/** Where in a schema the property of a flag stands. */
export function schemaPath({ property, list }: Flag): readonly string[] {
  return property.flatMap((name, index) => ['properties', name, ...(index + 1 === list && list < property.length ? ['items'] : [])])
}

type Effect = Pick<FlagProblem, 'kind' | 'message'>

function effectOf(flag: Flag, from: SchemaOwner, keys: ReadonlySet<string>, schemas: ClusterSchemas, release: KbcliRelease): Effect | undefined {
  const { name, key, property, list } = flag
  const lost = (message: string): Effect => ({ kind: 'without effect', message })
  if (name === HELP) return lost('hands nothing of --help to Helm')
  if (GLOBAL_FLAGS.includes(name) || release.parentFlags.includes(name))
    return lost(`takes --${name} for the chart's, so that its own flag of that name cannot be given`)
  const goesTo = placeOf(flag, schemas, release)
  const wanted = from === 'dependency' ? [schemas.dependency?.key ?? '', ...property] : property
  if (list !== undefined && list < property.length) return listOfMaps(flag, goesTo, wanted)
  if (goesTo.length !== wanted.length || goesTo.some((part, index) => part !== wanted[index])) {
    return lost(`hands --${name} to Helm as ${shown(goesTo)} and not as ${shown(wanted)}`)
  }
  if (release.nests === 'never') return undefined
  const covered = key.split('.').some((_, index, parts) => index > 0 && keys.has(parts.slice(0, index).join('.')))
  return covered ? lost(`hands either --${name} or the flag that stands for all around it to Helm, now this one and now that`) : undefined
}

/** Flags for the fields of maps in a list give a map of lists, which is never what the schema says. */
function listOfMaps({ name, list = 0 }: Flag, goesTo: readonly string[], wanted: readonly string[]): Effect {
  // A value whose name has dots is none that the schema knows.
  const reaches = goesTo.length === wanted.length && goesTo.slice(0, list).every((part, index) => part === wanted[index])
  return reaches
    ? { kind: 'refused', message: `makes a map of --${name}, where the schema wants a list, and cannot create a cluster` }
    : { kind: 'without effect', message: `hands --${name} to Helm as ${shown(goesTo)}, for it makes no list of maps` }
}

/** A path of values in a sentence; a dot in a name looks like one in between. */
function shown(path: readonly string[]): string {
  const dotted = path.find((name) => name.includes('.'))
  if (dotted === undefined) return `"${path.join('.')}"`
  return path.length === 1 ? `the one name "${dotted}"` : `"${path.join('.')}" with "${dotted}" as one name`
}

/** Where in the values of Helm the value of a flag is. */
function placeOf({ key }: Flag, { dependency }: ClusterSchemas, release: KbcliRelease): readonly string[] {
  const parts = key.split('.')
  const hasDependency = dependency?.schema !== undefined
  const top = release.nests === 'always' ? (parts[0] ?? '') : key
  const isTheirs = hasDependency && at(dependency.schema, 'properties', top) !== undefined
  if (isTheirs) return [dependency.key, ...(release.nests === 'always' ? parts : [key])]
  const isNested = release.nests === 'always' || (release.nests === 'with a dependency' && hasDependency)
  return isNested ? parts : [key]
}

/** Scalars whose values Helm would take from values.yaml, and of which kbcli hands on something else when the user gives nothing. */
export function changedDefaults(schemas: ClusterSchemas, release: KbcliRelease, values: unknown): readonly Flag[] {
  return flagsOf(schemas, release).flags.filter((flag) => {
    if (flag.from !== 'chart' || flag.isRequired || flag.list !== undefined || flag.name === HELP) return false
    if (release.clusterVersion !== undefined && flag.name === 'version') return false
    const goesTo = placeOf(flag, schemas, release)
    const known = at(values, ...flag.property)
    return goesTo.join('\n') === flag.property.join('\n') && known !== undefined && typeof known !== 'object' && known !== flag.value
  })
}
