import { at, keysAt, listAt, textAt } from '../objects/index.ts'
import type { KbcliRelease } from './releases.ts'
import { type ClusterSchemas, isClosedTo, requiredOf, type SchemaOwner } from './schemas.ts'
import { valuesFrom } from './values.ts'

/** Why a schema refuses what kbcli makes, whatever the user gives. */
export interface Refusal {
  /**
   * `closed`: there is a value that the schema does not name and does not want. `missing`: a required one has no flag. `reference`: there is a
   * `$ref`, at which the validator of kbcli crashes.
   */
  readonly kind: 'closed' | 'missing' | 'reference'
  /** Whose schema it is. */
  readonly from: SchemaOwner
  /** Where in the values. */
  readonly value: readonly string[]
  /** Where in the schema. */
  readonly path: readonly string[]
  /** Whether the value is one of kbcli's, and no property of either schema. */
  readonly isOwn: boolean
}

/**
 * What makes every cluster fail: kbcli checks its values with the schema of the chart, and all of them again with that of the dependency, before
 * they are moved. kbcli:pkg/cluster/cluster_chart.go ValidateValues; k8s.io/kube-openapi pkg/validation/validate, object_validator.go.
 */
export function refusals(schemas: ClusterSchemas, release: KbcliRelease): readonly Refusal[] {
  if (schemas.chart === undefined) return []
  const { checked } = valuesFrom(schemas, release, {})
  const named = new Set([...keysAt(schemas.chart, 'properties'), ...keysAt(schemas.dependency?.schema, 'properties')])
  return (['chart', 'dependency'] as const).flatMap((from) =>
    within(from === 'chart' ? schemas.chart : schemas.dependency?.schema, checked, [], []).map((found) => ({
      ...found,
      from,
      isOwn: !named.has((found.value[0] ?? '').split('.')[0] ?? ''),
    })),
  )
}

type Found = Pick<Refusal, 'kind' | 'value' | 'path'>

function within(schema: unknown, value: unknown, names: readonly string[], path: readonly string[]): readonly Found[] {
  if (textAt(schema, '$ref') !== undefined) return [{ kind: 'reference', value: names, path: [...path, '$ref'] }]
  const also = ['allOf', 'anyOf', 'oneOf'].flatMap((list) =>
    listAt(schema, list).flatMap((part, index) =>
      within(part, value, names, [...path, list, String(index)]).filter(({ kind }) => kind === 'reference'),
    ),
  )
  const keys = keysAt(value)
  const closed = keys
    .filter((key) => isClosedTo(schema, key))
    .map((key): Found => ({ kind: 'closed', value: [...names, key], path: [...path, 'additionalProperties'] }))
  const isMap = typeof value === 'object' && value !== null && !Array.isArray(value)
  const missing = (isMap ? requiredOf(schema) : [])
    .filter((name) => !keys.includes(name))
    .map((name): Found => ({ kind: 'missing', value: [...names, name], path: [...path, 'required'] }))
  const below = keys.flatMap((key) => within(at(schema, 'properties', key), at(value, key), [...names, key], [...path, 'properties', key]))
  return [...also, ...closed, ...missing, ...below]
}
