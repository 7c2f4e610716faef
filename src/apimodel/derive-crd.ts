import type { Schema } from './schema.ts'
import { WORDS } from './words.ts'

const KEYWORDS: ReadonlyMap<string, string> = new Map([...WORDS].map(([keyword, word]) => [word, keyword]))

/** The schema of a CRD again, as the release has it: all facts, no sentences, required fields sorted. The inverse of the converter. */
export function deriveCrdSchema(schema: Schema): Readonly<Record<string, unknown>> {
  const crd: Record<string, unknown> = { ...schema.spelling }
  for (const [word, value] of schema.facts) {
    if (word === 'type' || word === 'undeclared') continue
    const spelled = word === 'rules' && Array.isArray(value) ? value.map((rule: unknown) => (typeof rule === 'string' ? { rule } : rule)) : value
    crd[KEYWORDS.get(word) ?? word] = spelled
  }
  if (schema.list !== undefined) crd['x-kubernetes-list-type'] = schema.list
  const fields = schema.fieldNames.flatMap((name) => {
    const field = schema.field(name)
    return field === undefined ? [] : [[name, deriveCrdSchema(field)] as const]
  })
  if (fields.length > 0) crd.properties = Object.fromEntries(fields)
  if (schema.required.length > 0) crd.required = [...schema.required].sort()
  if (schema.items !== undefined) crd.items = deriveCrdSchema(schema.items)
  if (schema.additional !== undefined) crd.additionalProperties = deriveCrdSchema(schema.additional)
  return crd
}
