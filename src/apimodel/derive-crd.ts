import type { Schema } from './schema.ts'

/** Types that stand for what CRDs spell out. */
const SPELLED: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'int-or-string': { anyOf: [{ type: 'integer' }, { type: 'string' }], 'x-kubernetes-int-or-string': true },
  any: {},
}

/** Keywords of CRDs for words of the model. */
export const KEYWORDS: Readonly<Record<string, string>> = {
  preserve: 'x-kubernetes-preserve-unknown-fields',
  embedded: 'x-kubernetes-embedded-resource',
  intOrString: 'x-kubernetes-int-or-string',
  list: 'x-kubernetes-list-type',
  keys: 'x-kubernetes-list-map-keys',
  map: 'x-kubernetes-map-type',
  rules: 'x-kubernetes-validations',
}

/** The schema of a CRD again, as the release has it: all facts, no sentences, required fields sorted. The inverse of the converter. */
export function deriveCrdSchema(schema: Schema): Readonly<Record<string, unknown>> {
  const crd: Record<string, unknown> = { ...(SPELLED[schema.type] ?? { type: schema.type }) }
  for (const [word, value] of schema.facts) {
    if (word === 'type' || word === 'undeclared') continue
    crd[KEYWORDS[word] ?? word] =
      word === 'rules' && Array.isArray(value) ? value.map((rule: unknown) => (typeof rule === 'string' ? { rule } : rule)) : value
  }
  if (schema.format !== undefined) crd.format = schema.format
  if (schema.list !== undefined) crd['x-kubernetes-list-type'] = schema.list
  if (schema.fieldNames.length > 0)
    crd.properties = Object.fromEntries(
      schema.fieldNames.flatMap((name) => {
        const field = schema.field(name)
        return field === undefined ? [] : [[name, deriveCrdSchema(field)]]
      }),
    )
  if (schema.required.length > 0) crd.required = [...schema.required].sort()
  if (schema.items !== undefined) crd.items = deriveCrdSchema(schema.items)
  if (schema.additional !== undefined) crd.additionalProperties = deriveCrdSchema(schema.additional)
  return crd
}
