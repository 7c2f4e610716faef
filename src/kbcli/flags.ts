import { at, keysAt, listAt } from '../objects/index.ts'
import type { KbcliRelease } from './releases.ts'
import { type ClusterSchemas, hasType, requiredOf, type SchemaNode, type SchemaOwner, typeOf } from './schemas.ts'
import { kebabCase, lowerCamelCase } from './strcase.ts'

/** Types of flags, as pflag calls them; `other` are those that kbcli cannot read back. */
export type FlagType = 'bool' | 'int' | 'float64' | 'string' | 'boolSlice' | 'intSlice' | 'float64Slice' | 'stringArray' | 'other'

/** What a flag may hold. */
export type FlagValue = string | number | boolean | readonly (string | number | boolean)[]

/** A flag of `kbcli cluster create TYPE`. */
export interface Flag {
  /** Without the dashes: `storage-class-name`, `tls.enabled`. */
  readonly name: string
  readonly type: FlagType
  /** What Helm gets when the user does not give it: the default of the schema, else zero, nothing or no; never that of values.yaml. */
  readonly value: FlagValue
  readonly isRequired: boolean
  /** Values that are offered; kbcli checks them with the schema. */
  readonly enum: readonly unknown[]
  readonly from: SchemaOwner | 'kbcli'
  /** Names of properties from the top of the schema. */
  readonly property: readonly string[]
  /** The name of the value that kbcli makes of the flag, with dots. */
  readonly key: string
  /** How many of those names lead to the list whose items it is for, when there is one. */
  readonly list: number | undefined
}

export type ProblemKind =
  /** kbcli refuses the chart or crashes. */
  | 'refused'
  /** The flag is there and has not the effect it seems to have, or there is none. */
  | 'without effect'

export interface FlagProblem {
  readonly kind: ProblemKind
  readonly from: SchemaOwner
  /** Keys from the top of the schema. */
  readonly path: readonly string[]
  /** A part of a sentence that follows "kbcli". */
  readonly message: string
}

export interface Flags {
  readonly flags: readonly Flag[]
  readonly problems: readonly FlagProblem[]
}

/** The flags that kbcli of a release gives a type of cluster, those of its own among them. kbcli:pkg/util/flags/flags.go BuildFlagsBySchema. */
export function flagsOf(schemas: ClusterSchemas, release: KbcliRelease): Flags {
  const found = new Found(release)
  for (const own of release.ownFlags) if (!own.yields) found.own(own.name, own.value, own.given === 'never')
  // Without a schema of the chart, that of the dependency is not read. cluster_chart.go BuildChartInfo.
  if (schemas.chart !== undefined) {
    found.schema('chart', schemas.chart)
    if (schemas.dependency?.schema !== undefined) found.schema('dependency', schemas.dependency.schema)
  }
  if (release.clusterVersion !== undefined) found.forgetVersion()
  for (const own of release.ownFlags) if (own.yields && !found.has(own.name)) found.own(own.name, own.value, own.given === 'never')
  return { flags: [...found.flags.values()], problems: found.problems }
}

interface Property extends SchemaNode {
  readonly from: SchemaOwner
  readonly names: readonly string[]
  /** The name of the flag before its case is changed. */
  readonly written: string
  readonly list: number | undefined
}

/** Flags and problems as they are found: kbcli adds one flag after the other, and looks at those there are. */
class Found {
  readonly flags = new Map<string, Flag>()
  readonly problems: FlagProblem[] = []
  readonly #release: KbcliRelease

  constructor(release: KbcliRelease) {
    this.#release = release
  }

  has(name: string): boolean {
    return this.flags.has(name)
  }

  own(name: string, value: FlagValue, isUnreadable: boolean): void {
    const type = isUnreadable ? 'other' : typeof value === 'boolean' ? 'bool' : typeof value === 'string' ? 'string' : 'stringArray'
    const key = lowerCamelCase(name)
    this.flags.set(name, { name, type, value, isRequired: false, enum: [], from: 'kbcli', property: [key], key, list: undefined })
  }

  schema(from: SchemaOwner, schema: unknown): void {
    for (const name of keysAt(schema, 'properties')) {
      this.#add({ from, schema: at(schema, 'properties', name), path: ['properties', name], names: [name], written: name, list: undefined })
    }
    for (const name of requiredOf(schema)) this.#require(from, schema, name)
  }

  /** kbcli:pkg/cmd/cluster/create_util.go resetFlagsValue: a text alone takes "". */
  forgetVersion(): void {
    const flag = this.flags.get('version')
    if (flag?.type === 'string') this.flags.set('version', { ...flag, value: '' })
  }

  #refuse({ from, path }: Pick<Property, 'from' | 'path'>, message: string): void {
    this.problems.push({ kind: 'refused', from, path, message })
  }

  #add(property: Property): void {
    const name = kebabCase(property.written)
    const before = this.flags.get(name)
    const type = typeOf(property.schema)
    if (typeof property.schema === 'boolean') this.#refuse(property, 'refuses the chart, for it cannot read a schema that is true or false')
    else if (before !== undefined && this.#release.passesRepeated) this.#passOver(property, before)
    else if (type === 'object' && this.#release.structured) this.#map(property, name)
    else if (type === 'array' && this.#release.structured) this.#list(property, name)
    else if (type === 'null' && this.#release.passesNull) return
    else if (!isScalar(type)) this.#refuse(property, `refuses the chart, for it has no flags of type ${type}`)
    else if (before !== undefined) this.#refuse(property, `crashes, for there is a flag --${name} already`)
    else this.#scalar(property, name, type)
  }

  #scalar({ schema, from, names, list }: Property, name: string, type: Scalar): void {
    const given = at(schema, 'default')
    const [flagType, value] = list === undefined ? [SCALARS[type], scalarDefault(type, given)] : [ITEMS[type], itemDefault(type, given)]
    const key = lowerCamelCase(name)
    this.flags.set(name, { name, type: flagType, value, isRequired: false, enum: listAt(schema, 'enum'), from, property: names, key, list })
  }

  #map({ schema, from, path, names, list }: Property, name: string): void {
    for (const sub of keysAt(schema, 'properties')) {
      const below = { schema: at(schema, 'properties', sub), path: [...path, 'properties', sub], names: [...names, sub] }
      this.#add({ from, ...below, written: `${name}.${sub}`, list })
    }
  }

  #list(property: Property, name: string): void {
    const items = at(property.schema, 'items')
    if (property.list !== undefined) this.#refuse(property, 'refuses the chart, for it has no flags for a list inside a list')
    else if (typeof items !== 'object' || items === null || Array.isArray(items)) {
      this.#refuse(property, 'crashes, for the list does not say in one schema what its items are')
    } else this.#add({ ...property, schema: items, path: [...property.path, 'items'], written: name, list: property.names.length })
  }

  /** The dependency's value is the one that is set, so of its property nothing is said. */
  #passOver({ from, path, names }: Property, before: Flag): void {
    if (before.from !== 'kbcli' && from === 'dependency') return
    const whose = before.from === 'kbcli' ? 'its own' : 'that of another property'
    this.problems.push({ kind: 'without effect', from, path, message: `has no flag for "${names.join('.')}", for --${before.name} is ${whose}` })
  }

  #require(from: SchemaOwner, schema: unknown, name: string): void {
    const property = at(schema, 'properties', name)
    const place = { from, path: ['required'] }
    const { structured } = this.#release
    if (structured && !hasType(property)) this.#refuse(place, `crashes, for "${name}" is required and no property says its type`)
    else if (!structured || !['object', 'array'].includes(typeOf(property))) {
      const flag = this.flags.get(kebabCase(name))
      if (flag === undefined) this.#refuse(place, `refuses the chart, for "${name}" is required and has no flag`)
      else this.flags.set(flag.name, { ...flag, isRequired: true })
    }
  }
}

type Scalar = 'string' | 'integer' | 'number' | 'boolean'
const SCALARS: Readonly<Record<Scalar, FlagType>> = { string: 'string', integer: 'int', number: 'float64', boolean: 'bool' }
const ITEMS: Readonly<Record<Scalar, FlagType>> = { string: 'stringArray', integer: 'intSlice', number: 'float64Slice', boolean: 'boolSlice' }

function isScalar(type: string): type is Scalar {
  return Object.hasOwn(SCALARS, type)
}

/** flags.go castOrZero: a default of another type is none. */
function scalarDefault(type: Scalar, given: unknown): string | number | boolean {
  if (type === 'string') return typeof given === 'string' ? given : ''
  if (type === 'boolean') return given === true
  const number = typeof given === 'number' ? given : 0
  return type === 'integer' ? Math.trunc(number) : number
}

/** A list holds the default of its items, once; a whole number is never read, and a list of one empty text is read back as an empty list. */
function itemDefault(type: Scalar, given: unknown): FlagValue {
  if (type === 'integer') return [0]
  const value = scalarDefault(type, given)
  return value === '' ? [] : [value]
}
