import { canonical, type Json } from '../json.ts'
import type { Releases } from '../ranges.ts'
import { compact } from './compact.ts'

/** One place of the schemas of several releases, laid over each other. */
export interface Merged {
  /** Releases that have it. */
  readonly releases: Releases
  /** Values of each facet, each with the releases that have it. */
  readonly facets: ReadonlyMap<string, readonly { readonly releases: Releases; readonly value: unknown }[]>
  readonly fields: ReadonlyMap<string, Merged>
  readonly required: ReadonlyMap<string, Releases>
  readonly items: Merged | undefined
  readonly values: Merged | undefined
  /** The facts of each release, `undefined` where there are none. */
  readonly schemas: Schemas
}

/** The facts of one place by release index. */
export type Schemas = readonly (Json | undefined)[]

/** Lays the facts of all releases over each other. */
export function merge(schemas: Schemas): Merged {
  const parts = schemas.map((schema) => (schema === undefined ? undefined : compact(schema)))
  const facets = new Map<string, Map<string, { releases: Releases; value: unknown }>>()
  const required = new Map<string, Releases>()
  let releases = 0
  parts.forEach((part, index) => {
    if (part === undefined) return
    const bit = 1 << index
    releases |= bit
    for (const [name, value] of part.facets) {
      const alternatives = facets.get(name) ?? new Map<string, { releases: Releases; value: unknown }>()
      const text = canonical(value)
      alternatives.set(text, { releases: (alternatives.get(text)?.releases ?? 0) | bit, value })
      facets.set(name, alternatives)
    }
    for (const name of part.required) required.set(name, (required.get(name) ?? 0) | bit)
  })
  const names = new Set(parts.flatMap((part) => [...(part?.fields.keys() ?? [])]))
  const inner = (pick: (part: NonNullable<(typeof parts)[number]>) => Json | undefined): Merged | undefined => {
    const found = parts.map((part) => part && pick(part))
    return found.every((schema) => schema === undefined) ? undefined : merge(found)
  }
  return {
    releases,
    facets: new Map([...facets].map(([name, alternatives]) => [name, [...alternatives.values()]])),
    fields: new Map(
      [...names].sort().flatMap((name) => {
        const field = inner((part) => part.fields.get(name))
        return field === undefined ? [] : [[name, field]]
      }),
    ),
    required: new Map([...required].sort(([a], [b]) => (a < b ? -1 : 1))),
    items: inner((part) => part.items),
    values: inner((part) => part.values),
    schemas,
  }
}

/** The places directly inside of one, with the field name that leads there; items and values go by the name of the list or map. */
export function inside(node: Merged, name: string): readonly (readonly [name: string, node: Merged])[] {
  const singular = name.endsWith('ies') ? `${name.slice(0, -3)}y` : name.replace(/(?<=..)s$/, '')
  return [
    ...node.fields,
    ...(node.items === undefined ? [] : [[singular, node.items] as const]),
    ...(node.values === undefined ? [] : [[singular, node.values] as const]),
  ]
}
