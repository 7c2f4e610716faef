import type { Code } from '../../diagnostics/index.ts'
import { at, keysAt, listAt, textAt } from '../../objects/index.ts'
import type { OperatorRelease } from '../releases.ts'

/** Where in an object: field names and positions in lists. */
export type ObjectPath = readonly (string | number)[]

/** Something wrong with an object. */
export interface Finding {
  readonly path: ObjectPath
  /** What is wrong and what happens, in a sentence. */
  readonly message: string
  /** What to write instead, when it is known; else the text of the code. */
  readonly hint?: string | undefined
}

/** One thing that is demanded of a rendered object, beyond its CRD. It may look at all objects, and speaks only of the one it was handed. */
export interface ValidationRule {
  /** Its severity, why it matters and how to mend it stand in the catalogue. */
  readonly code: Code
  /** Kinds it is handed. */
  readonly kinds: readonly string[] | 'all'
  /** Releases it holds for. */
  readonly releases: readonly string[]
  /** The file of the operator that does it, or what else the rule rests on. */
  readonly source: string
  /** `objects` are all objects of the chart, `others` those of charts beside it that may be installed as well. */
  check(object: unknown, objects: readonly unknown[], release: OperatorRelease, others: readonly unknown[]): readonly Finding[]
}

/** An item of a list, with its path in the object. */
export interface Item {
  readonly item: unknown
  readonly path: ObjectPath
}

/** Items of the list at a path below something whose own path is given. */
export function itemsAt({ item, path }: Item, ...fields: readonly string[]): readonly Item[] {
  return listAt(item, ...fields).map((entry, index) => ({ item: entry, path: [...path, ...fields, index] }))
}

/** An object as the beginning of paths. */
export function whole(object: unknown): Item {
  return { item: object, path: [] }
}

/** Whether there is something at a path: a field without a value is dropped by the API server. */
export function isGiven(value: unknown, ...path: readonly string[]): boolean {
  const given = at(value, ...path)
  return given !== undefined && given !== null
}

/** The fields of the map at a path that have a value. */
export function fieldsAt(value: unknown, ...path: readonly string[]): readonly string[] {
  return keysAt(value, ...path).filter((key) => isGiven(value, ...path, key))
}

/** Items whose text at a field was there before; a missing one counts as empty. */
export function repeated(items: readonly Item[], field: string): readonly { readonly path: ObjectPath; readonly value: string }[] {
  const seen = new Set<string>()
  return items.flatMap(({ item, path }) => {
    const value = textAt(item, field) ?? ''
    const isRepeated = seen.has(value)
    seen.add(value)
    return isRepeated ? [{ path: [...path, field], value }] : []
  })
}

/** Findings for repeated names: `what "name" is there twice`. */
export function uniqueness(items: readonly Item[], field: string, what: string): readonly Finding[] {
  return repeated(items, field).map(({ path, value }) => ({ path, message: `${what} "${value}" is there twice.` }))
}
