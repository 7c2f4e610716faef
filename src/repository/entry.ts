import { type Path, suggest } from '../diagnostics/index.ts'
import { parseVersion } from './version.ts'

/** One version of a chart as an index holds it: what Chart.yaml says, and where the package is. The fields are Helm's (pkg/repo ChartVersion). */
export type IndexEntry = Readonly<Record<string, unknown>> & {
  readonly name: string
  readonly version: string
  readonly urls: readonly string[]
  readonly description?: string
  readonly digest?: string
  readonly created?: string
  readonly annotations?: Readonly<Record<string, string>>
}

/** What is wrong with a value, and where in it. */
export interface EntryProblem {
  readonly path: Path
  readonly message: string
  readonly hint?: string
}

type Tell = (problem: EntryProblem) => void
type FieldType = 'text' | 'texts' | 'flag' | 'map' | 'time' | 'maintainers' | 'dependencies' | 'any'
type Fields = ReadonlyMap<string, FieldType>

/** Fields of Chart.yaml that get into an index. Helm: pkg/chart Metadata. */
const METADATA: Fields = new Map<string, FieldType>([
  ...['apiVersion', 'appVersion', 'condition', 'description', 'home', 'icon', 'kubeVersion', 'name', 'tags', 'type', 'version'].map(
    (field): [string, FieldType] => [field, 'text'],
  ),
  ['annotations', 'map'],
  ['dependencies', 'dependencies'],
  ['deprecated', 'flag'],
  ['keywords', 'texts'],
  ['maintainers', 'maintainers'],
  ['sources', 'texts'],
])

const ENTRY: Fields = new Map<string, FieldType>([
  ...METADATA,
  ['created', 'time'],
  ['digest', 'text'],
  ['removed', 'flag'],
  ['urls', 'texts'],
  // Fields of Helm 2, which Helm still takes.
  ['checksum', 'text'],
  ['engine', 'text'],
  ['tillerVersion', 'text'],
  ['url', 'text'],
])

const MAINTAINER: Fields = new Map<string, FieldType>([
  ['email', 'text'],
  ['name', 'text'],
  ['url', 'text'],
])

const DEPENDENCY: Fields = new Map<string, FieldType>([
  ['alias', 'text'],
  ['condition', 'text'],
  ['enabled', 'flag'],
  ['import-values', 'any'],
  ['name', 'text'],
  ['repository', 'text'],
  ['tags', 'texts'],
  ['version', 'text'],
])

export const TIME: RegExp = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/
const NAME = /^[A-Za-z0-9][\w.-]*$/
const DIGEST = /^(sha256:)?[0-9a-f]{64}$/

/** Tells everything that is wrong with an entry below `name`; whether it is one. */
export function checkEntry(value: unknown, name: string, tell: Tell): value is IndexEntry {
  let good = true
  const wrong: Tell = (problem) => {
    good = false
    tell(problem)
  }
  if (!isMap(value)) {
    wrong({ path: [], message: `An entry is ${kindOf(value)}, not a map.`, hint: 'remove it' })
    return false
  }
  checkFields(value, ENTRY, [], wrong)
  checkIdentity(value, wrong)
  if (typeof value.name === 'string' && value.name !== name)
    wrong({ path: ['name'], message: `The entry is of the chart "${value.name}", and stands below "${name}".` })
  if (!Array.isArray(value.urls) || value.urls.length === 0) {
    if (value.urls === undefined || Array.isArray(value.urls))
      wrong({ path: [], message: 'The entry has no urls, so that Helm cannot fetch the package.' })
  }
  if (typeof value.digest === 'string' && !DIGEST.test(value.digest)) wrong({ path: ['digest'], message: 'The digest is no SHA-256 in hexadecimal.' })
  return good
}

/** The fields of Chart.yaml that belong into an index, as Helm writes them; tells what is wrong with them. */
export function metadataOf(value: unknown, tell: Tell): Readonly<Record<string, unknown>> & { readonly name?: string; readonly version?: string } {
  if (!isMap(value)) {
    tell({ path: [], message: `Chart.yaml is ${kindOf(value)}, not a map.` })
    return {}
  }
  const known = Object.fromEntries(Object.entries(value).filter(([field, item]) => METADATA.has(field) && item !== null))
  checkFields(known, METADATA, [], tell)
  checkIdentity(known, tell)
  // Helm does the same before it writes an index, so that no description drives a terminal.
  const printable = (item: unknown): unknown =>
    typeof item === 'string'
      ? item.replace(/\s/g, ' ').replace(/[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/gu, '')
      : Array.isArray(item)
        ? item.map(printable)
        : item
  return Object.fromEntries(Object.entries(known).map(([field, item]) => [field, field === 'annotations' ? item : printable(item)]))
}

/** An entry as one line of JSON, its keys in order: equal entries have equal texts. */
export function entryText(entry: IndexEntry): string {
  return JSON.stringify(inOrder(entry))
}

function checkIdentity(value: Readonly<Record<string, unknown>>, tell: Tell): void {
  for (const field of ['name', 'version']) if (value[field] === undefined) tell({ path: [], message: `There is no ${field}.` })
  if (typeof value.name === 'string' && !NAME.test(value.name)) tell({ path: ['name'], message: `"${value.name}" cannot be the name of a chart.` })
  if (typeof value.version === 'string' && parseVersion(value.version) === undefined)
    tell({ path: ['version'], message: `"${value.version}" is no semantic version.` })
}

function checkFields(value: Readonly<Record<string, unknown>>, fields: Fields, path: Path, tell: Tell): void {
  for (const field in value) {
    const type = fields.get(field)
    if (type === undefined) {
      const hint = suggest(field, [...fields.keys()])
      tell({ path: [...path, field], message: `"${field}" is no field that Helm knows here.`, hint })
    } else if (!fits(value[field], type)) explain(value[field], type, [...path, field], tell)
  }
}

/** Whether a value is of a type: the quick way, which nearly every value takes. */
function fits(value: unknown, type: FieldType): boolean {
  if (type === 'text') return typeof value === 'string'
  if (type === 'time') return typeof value === 'string' && TIME.test(value)
  if (type === 'flag') return typeof value === 'boolean'
  if (type === 'any') return true
  if (type === 'texts') return Array.isArray(value) && value.every((item) => typeof item === 'string')
  if (type === 'map') return isMap(value) && Object.values(value).every((item) => typeof item === 'string')
  if (type === 'maintainers')
    return (
      Array.isArray(value) &&
      value.every((item) => isMap(item) && Object.keys(item).every((key) => MAINTAINER.has(key) && typeof item[key] === 'string'))
    )
  return false
}

/** Says what is wrong with a value, at the deepest place. */
function explain(value: unknown, type: FieldType, path: Path, tell: Tell): void {
  const field = String(path.at(-1))
  if (type === 'map') {
    if (!isMap(value)) tell({ path, message: `${field} is ${kindOf(value)}, not a map.` })
    else for (const [key, item] of Object.entries(value)) if (typeof item !== 'string') explain(item, 'text', [...path, key], tell)
  } else if (type === 'texts' || type === 'maintainers' || type === 'dependencies') {
    if (!Array.isArray(value)) tell({ path, message: `${field} is ${kindOf(value)}, not a list.` })
    else for (const [index, item] of value.entries()) explainItem(item, type, [...path, index], field, tell)
  } else if (type === 'flag') tell({ path, message: `${field} is ${kindOf(value)}, not true or false.` })
  else if (type === 'time' && typeof value === 'string')
    tell({ path, message: `${field} is "${value}", not a time.`, hint: 'write it like 2026-01-31T12:00:00Z' })
  else
    tell({
      path,
      message: `${field} is ${kindOf(value)}, not a text.`,
      ...(typeof value === 'number' || typeof value === 'boolean' ? { hint: 'quote it' } : {}),
    })
}

function explainItem(item: unknown, type: 'texts' | 'maintainers' | 'dependencies', path: Path, field: string, tell: Tell): void {
  if (type !== 'texts' && isMap(item)) checkFields(item, type === 'maintainers' ? MAINTAINER : DEPENDENCY, path, tell)
  else if (type !== 'texts' || typeof item !== 'string')
    tell({ path, message: `An item of ${field} is ${kindOf(item)}, not a ${type === 'texts' ? 'text' : 'map'}.` })
}

export function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function kindOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  return typeof value === 'object' ? 'a map' : typeof value === 'string' ? 'a text' : `a ${typeof value}`
}

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder)
  if (!isMap(value)) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => [key, inOrder(item)]),
  )
}
