import type { Api } from './api.ts'
import type { Schema } from './schema.ts'

type Json = Readonly<Record<string, unknown>>

/** Keywords that mean the same in a CRD and in a JSON Schema. */
const SAME = ['pattern', 'minLength', 'maxLength', 'minItems', 'maxItems', 'minProperties', 'maxProperties', 'multipleOf', 'allOf', 'oneOf', 'not']

/**
 * The JSON Schema (draft-07) of a kind, complete in itself. Draft-07 is what editors and kubeconform both take without being told.
 * With `strict`, every place whose fields are listed is closed; without, what the CRD preserves stays open and nulls that the API server drops are let pass.
 * Not in it, because JSON Schema cannot say it: keys of lists, CEL rules. Fields with a default are not required, as the API server fills them in first.
 */
export function deriveJsonSchema(api: Api, kind: string, { strict }: { readonly strict: boolean }): Json | undefined {
  const apiVersion = api.apiVersionOf(kind)
  const root = apiVersion === undefined ? undefined : api.schemaOf(apiVersion, kind)
  if (apiVersion === undefined || root === undefined) return undefined
  const definitions = new Map<string, Json>()

  const reference = (schema: Schema): Json => {
    const name = schema.typeName
    if (name === undefined) return write(schema)
    if (!definitions.has(name)) {
      definitions.set(name, {})
      definitions.set(name, write(schema))
    }
    return { $ref: `#/definitions/${name}` }
  }

  /** The API server drops nulls of fields; a field that is required is missing then. */
  const field = (schema: Schema, required: boolean): Json => {
    const inner = reference(schema)
    if (strict || required || schema.nullable || schema.type === 'any') return inner
    if (['$ref', 'allOf', 'anyOf', 'oneOf', 'not'].some((keyword) => inner[keyword] !== undefined)) return { anyOf: [inner, { type: 'null' }] }
    return { ...inner, type: [inner.type, 'null'].flat(), ...(Array.isArray(inner.enum) ? { enum: [...inner.enum, null] } : {}) }
  }

  const write = (schema: Schema): Json => {
    const json: Record<string, unknown> = {}
    const types = schema.type === 'any' ? [] : schema.type === 'int-or-string' ? ['integer', 'string'] : [schema.type]
    if (types.length > 0) json.type = types.length === 1 && !schema.nullable ? types[0] : schema.nullable ? [...types, 'null'] : types
    if (schema.hasDefault) json.default = schema.default
    if (schema.enum !== undefined) json.enum = schema.nullable && !schema.enum.includes(null) ? [...schema.enum, null] : schema.enum
    for (const keyword of SAME) if (schema.fact(keyword) !== undefined) json[keyword] = schema.fact(keyword)
    if (schema.type !== 'int-or-string' && schema.fact('anyOf') !== undefined) json.anyOf = schema.fact('anyOf')
    Object.assign(json, boundsOf(schema))
    if (schema.format === 'date-time' || schema.format === 'date') json.format = schema.format
    if (schema.items !== undefined) json.items = reference(schema.items)
    if (schema.list === 'set') json.uniqueItems = true
    if (schema.type !== 'object') return json
    const required = schema.required.filter((name) => schema.field(name)?.hasDefault !== true)
    const fields = schema.fieldNames.flatMap((name) => {
      const inner = schema.field(name)
      return inner === undefined ? [] : [[name, field(inner, required.includes(name))] as const]
    })
    const properties = {
      ...(schema.embedded ? { apiVersion: { type: 'string' }, kind: { type: 'string' }, metadata: { type: 'object' } } : {}),
      ...Object.fromEntries(fields),
    }
    if (Object.keys(properties).length > 0) json.properties = properties
    if (required.length > 0) json.required = required
    if (schema.additional !== undefined) json.additionalProperties = field(schema.additional, false)
    else if (strict ? schema.isClosed : schema.isClosed && !schema.preserve) json.additionalProperties = false
    return json
  }

  const { properties, required = [], ...rest } = write(root)
  const sorted = [...definitions].sort(([a], [b]) => (a < b ? -1 : 1))
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: `${kind} ${apiVersion} (KubeBlocks ${api.release})`,
    ...rest,
    required: [...new Set(['apiVersion', 'kind', ...(required as readonly string[])])],
    properties: { ...Object(properties), apiVersion: { enum: [apiVersion] }, kind: { enum: [kind] } },
    definitions: Object.fromEntries(sorted),
  }
}

/** Bounds of numbers. Draft-07 has exclusive bounds as numbers, CRDs as flags. */
function boundsOf(schema: Schema): Json {
  const bounds: Record<string, unknown> = {}
  const minimum = schema.fact('minimum') ?? (schema.format === 'int32' ? -(2 ** 31) : undefined)
  const maximum = schema.fact('maximum') ?? (schema.format === 'int32' ? 2 ** 31 - 1 : undefined)
  if (minimum !== undefined) bounds[schema.fact('exclusiveMinimum') === true ? 'exclusiveMinimum' : 'minimum'] = minimum
  if (maximum !== undefined) bounds[schema.fact('exclusiveMaximum') === true ? 'exclusiveMaximum' : 'maximum'] = maximum
  return bounds
}

/** Name of the file of a kind, as kubeconform looks for it: `{kind}-{group}-{version}.json`, the group by its first part. */
export function schemaFileName(apiVersion: string, kind: string): string {
  const [group = '', version = ''] = apiVersion.split('/')
  return `${kind}-${group.replace(/\..*/, '')}-${version}.json`.toLowerCase()
}
