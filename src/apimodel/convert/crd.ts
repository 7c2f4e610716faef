import type { Path } from '../../diagnostics/index.ts'
import { isObject, type Json } from '../json.ts'
import { factsOf } from './facts.ts'

/** What the converter takes from one CustomResourceDefinition. */
export interface Crd {
  readonly kind: string
  readonly group: string
  readonly plural: string
  readonly scope: string
  /** Name of the stored version, and facts of its schema. */
  readonly stored: string
  readonly schema: Json
  /** Versions that are served, without the stored one. */
  readonly served: readonly string[]
}

/** Why an object gives no model; `path` leads to what is wrong in it. */
export interface CrdProblem {
  readonly path: Path
  readonly message: string
  readonly hint?: string
}

const KIND = /^[A-Z][A-Za-z0-9]{0,62}$/
const GROUP = /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/
const VERSION = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/

/** Whether an object says that it is a CustomResourceDefinition, of whatever version. */
export function isCrd(object: unknown): boolean {
  return isObject(object) && object.kind === 'CustomResourceDefinition'
}

/** Reads a CustomResourceDefinition of `apiextensions.k8s.io/v1`. Gives what is wrong with it instead, all at once, when a model cannot be made. */
export function readCrd(object: unknown): { readonly crd: Crd } | { readonly problems: readonly CrdProblem[] } {
  const problems: CrdProblem[] = []
  const wrong = (path: Path, message: string, hint?: string) => problems.push({ path, message, ...(hint === undefined ? {} : { hint }) })
  const root = isObject(object) ? object : {}
  if (root.apiVersion !== 'apiextensions.k8s.io/v1')
    wrong(
      ['apiVersion'],
      `The definition is of ${String(root.apiVersion)}; apiextensions.k8s.io/v1 is read.`,
      'export it from a cluster of Kubernetes 1.16 or later',
    )
  const spec = isObject(root.spec) ? root.spec : {}
  const names = isObject(spec.names) ? spec.names : {}
  const text = (value: unknown, path: Path, form: RegExp): string => {
    if (typeof value === 'string' && form.test(value)) return value
    wrong(path, value === undefined ? 'There is no text here.' : 'The text does not have the form that Kubernetes asks for.')
    return ''
  }
  const kind = text(names.kind, ['spec', 'names', 'kind'], KIND)
  const group = text(spec.group, ['spec', 'group'], GROUP)
  const versions = Array.isArray(spec.versions) ? spec.versions.map((version) => (isObject(version) ? version : {})) : []
  versions.forEach((version, index) => {
    text(version.name, ['spec', 'versions', index, 'name'], VERSION)
  })
  const storedAt = versions.findIndex(({ storage }) => storage === true)
  const stored = versions[storedAt]
  if (stored === undefined)
    wrong(['spec', 'versions'], `The definition of ${kind || 'the kind'} has no version that is stored.`, 'one version needs storage: true')
  const schemaPath: Path = ['spec', 'versions', storedAt, 'schema', 'openAPIV3Schema']
  const schema = isObject(stored?.schema) ? stored.schema.openAPIV3Schema : undefined
  if (stored !== undefined && !isObject(schema))
    wrong(schemaPath, `The stored version of ${kind || 'the kind'} has no schema.`, 'a structural schema is needed')
  if (isObject(schema)) findUnstructured(schema, schemaPath, wrong)
  if (problems.length > 0 || stored === undefined || !isObject(schema)) return { problems }
  return {
    crd: {
      kind,
      group,
      plural: typeof names.plural === 'string' ? names.plural : kind.toLowerCase(),
      scope: spec.scope === 'Cluster' ? 'Cluster' : 'Namespaced',
      stored: String(stored.name),
      schema: factsOf(schema),
      served: versions.filter((version) => version !== stored && version.served === true).map(({ name }) => String(name)),
    },
  }
}

/** Levels a schema may nest. */
const MAX_DEPTH = 100

/** What makes a schema not structural, in the sense of Kubernetes: a value without a type, a reference, a list without items. */
function findUnstructured(schema: Json, path: Path, wrong: (path: Path, message: string, hint?: string) => void, depth = 0): void {
  if (depth > MAX_DEPTH) {
    wrong(path, `The schema nests deeper than ${MAX_DEPTH} levels.`)
    return
  }
  if (schema.$ref !== undefined) {
    wrong([...path, '$ref'], 'A structural schema has no references.', 'write the structure out')
    return
  }
  const free = schema['x-kubernetes-int-or-string'] === true || schema['x-kubernetes-preserve-unknown-fields'] === true
  if (schema.type === undefined && !free) wrong(path, 'The schema is not structural: there is no type.', 'give the type of every value')
  else if (schema.type !== undefined && !TYPE_NAMES.includes(String(schema.type)))
    wrong([...path, 'type'], `There is no type ${JSON.stringify(schema.type)}.`, `choose one of: ${TYPE_NAMES.join(', ')}`)
  if (schema.type === 'array' && !isObject(schema.items)) wrong(path, 'The schema is not structural: the list has no items.')
  if (isObject(schema.properties)) {
    for (const [name, field] of Object.entries(schema.properties)) {
      if (isObject(field)) findUnstructured(field, [...path, 'properties', name], wrong, depth + 1)
      else wrong([...path, 'properties', name], 'A schema is a map.')
    }
  } else if (schema.properties !== undefined) wrong([...path, 'properties'], 'The fields of a schema are a map.')
  for (const key of ['items', 'additionalProperties']) {
    const inner = schema[key]
    if (isObject(inner)) findUnstructured(inner, [...path, key], wrong, depth + 1)
  }
}

const TYPE_NAMES = ['object', 'array', 'string', 'integer', 'number', 'boolean']
