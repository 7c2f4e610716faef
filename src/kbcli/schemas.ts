import { goPattern } from '../objects/go-pattern.ts'
import { at, keysAt, listAt, textAt } from '../objects/index.ts'

/** The schemas that kbcli reads of a cluster chart, as parsed JSON. */
export interface ClusterSchemas {
  /** values.schema.json of the chart; undefined when there is none. */
  readonly chart: unknown
  /** The first chart in `charts/`, if there is one. */
  readonly dependency: DependencySchema | undefined
}

export interface DependencySchema {
  /** The key of its values: its alias, or its name. */
  readonly key: string
  /** undefined when it has no values.schema.json. */
  readonly schema: unknown
}

/** Which of the two schemas something stands in. */
export type SchemaOwner = 'chart' | 'dependency'

/** Something in a schema, with its path there. */
export interface SchemaNode {
  readonly schema: unknown
  readonly path: readonly string[]
}

/** The type that kbcli goes by: the first one, a text when none is given. */
export function typeOf(schema: unknown): string {
  const type = at(schema, 'type')
  if (typeof type === 'string') return type
  const [first] = listAt(schema, 'type')
  return typeof first === 'string' ? first : 'string'
}

/** Whether a schema says a type at all. */
export function hasType(schema: unknown): boolean {
  return textAt(schema, 'type') !== undefined || listAt(schema, 'type').length > 0
}

/** Names of required properties. */
export function requiredOf(schema: unknown): readonly string[] {
  return listAt(schema, 'required').filter((name) => typeof name === 'string')
}

/** Whether a map that follows a schema may have a key that `properties` does not name. */
export function isClosedTo(schema: unknown, key: string): boolean {
  if (at(schema, 'additionalProperties') !== false || at(schema, 'properties', key) !== undefined) return false
  return !keysAt(schema, 'patternProperties').some((pattern) => matches(pattern, key))
}

/** kbcli reads patterns as Go does; one that does not compile may match anything. */
function matches(pattern: string, key: string): boolean {
  return goPattern(pattern)?.matcher(key).find() ?? true
}
