import { canonical, isObject, type Json } from '../json.ts'
import { TYPES, WORDS } from '../words.ts'

/** What a schema says about one value, apart from the schemas inside it. Keys are the words of the model. */
export interface Facets {
  readonly facets: ReadonlyMap<string, unknown>
  readonly fields: ReadonlyMap<string, Json>
  readonly required: readonly string[]
  readonly items: Json | undefined
  /** The schema of the values of a map. */
  readonly values: Json | undefined
}

/** The facets of a schema. A list with keys is a map list; a rule that says nothing but itself is a text. */
export function compact(schema: Json): Facets {
  const rest: Record<string, unknown> = Object.fromEntries(Object.entries(schema).map(([key, value]) => [WORDS.get(key) ?? key, value]))
  const { properties, required, items, additionalProperties, type, format, ...others } = rest
  const facets = new Map(Object.entries(others))
  const { type: short, rest: spelled } = shortType(type, format, facets)
  facets.set('type', short)
  for (const [key, value] of Object.entries(spelled)) facets.set(key, value)
  if (facets.get('list') === 'map' && facets.has('keys')) facets.delete('list')
  const rules = facets.get('rules')
  if (Array.isArray(rules))
    facets.set(
      'rules',
      rules.map((rule) => (isObject(rule) && Object.keys(rule).length === 1 ? (rule.rule ?? rule) : rule)),
    )
  if (typeof additionalProperties === 'boolean') facets.set('additionalProperties', additionalProperties)
  const fields = new Map(isObject(properties) ? Object.entries(properties).flatMap(([name, field]) => (isObject(field) ? [[name, field]] : [])) : [])
  const names = Array.isArray(required) ? required.map(String) : []
  // Required, and nowhere declared: pointless, but a fact.
  const undeclared = names.filter((name) => !fields.has(name))
  if (undeclared.length > 0) facets.set('undeclared', undeclared)
  return {
    facets,
    fields,
    required: names.filter((name) => fields.has(name)),
    items: isObject(items) ? items : undefined,
    values: isObject(additionalProperties) ? additionalProperties : undefined,
  }
}

function shortType(type: unknown, format: unknown, facets: Map<string, unknown>): { readonly type: unknown; readonly rest: Json } {
  if (type === undefined && facets.get('intOrString') === true && canonical(facets.get('anyOf')) === canonical(TYPES.get('int-or-string')?.anyOf)) {
    facets.delete('intOrString')
    facets.delete('anyOf')
    return { type: 'int-or-string', rest: format === undefined ? {} : { format } }
  }
  for (const [name, parts] of TYPES) {
    if (parts.format !== undefined && parts.type === type && parts.format === format) return { type: name, rest: {} }
  }
  return { type: type ?? 'any', rest: format === undefined ? {} : { format } }
}
