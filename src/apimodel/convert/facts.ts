import { isObject, type Json } from '../json.ts'

/** Keywords that hold sentences or pictures of the originals, not facts. */
const PROSE = new Set(['description', 'title', 'example', 'externalDocs', '$schema', 'id'])
/** What a rule of the API server says besides its message. */
const RULE_FACTS = ['rule', 'optionalOldSelf', 'fieldPath', 'reason']

/**
 * The facts of an OpenAPI v3 schema of a CRD: without sentences, required fields sorted, lists and maps that say nothing left out.
 * Equal facts have equal text (`canonical`), which is how subtrees are found that kinds and releases share.
 */
export function factsOf(schema: Json): Json {
  const facts: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(schema)) {
    if (PROSE.has(key)) continue
    if (key === 'properties' && isObject(value)) {
      const fields = Object.entries(value).map(([name, field]) => [name, isObject(field) ? factsOf(field) : field])
      if (fields.length > 0) facts.properties = Object.fromEntries(fields)
    } else if ((key === 'items' || key === 'additionalProperties' || key === 'not') && isObject(value)) facts[key] = factsOf(value)
    else if ((key === 'allOf' || key === 'anyOf' || key === 'oneOf') && Array.isArray(value))
      facts[key] = value.map((part) => (isObject(part) ? factsOf(part) : part))
    else if (key === 'required' && Array.isArray(value)) {
      if (value.length > 0) facts.required = [...value].sort()
    } else if (key === 'x-kubernetes-validations' && Array.isArray(value)) facts[key] = value.map(ruleFacts)
    else if (!(value === false && (key === 'nullable' || key.startsWith('x-kubernetes-')))) facts[key] = value
  }
  return facts
}

function ruleFacts(rule: unknown): unknown {
  return isObject(rule) ? Object.fromEntries(RULE_FACTS.filter((key) => rule[key] !== undefined).map((key) => [key, rule[key]])) : rule
}
