import type { Path } from '../diagnostics/index.ts'

/** Names of the fields that a JSON Schema allows at a path of a document. Only what our schemas use is followed: properties, additionalProperties, items, $ref. */
export function fieldsAt(schema: unknown, path: Path): readonly string[] {
  const properties = keyword(nodeAt(schema, path), 'properties')
  return typeof properties === 'object' && properties !== null ? Object.keys(properties) : []
}

/** The pattern a schema has for texts at a path, if it has one. */
export function patternAt(schema: unknown, path: Path): string | undefined {
  const pattern = keyword(nodeAt(schema, path), 'pattern')
  return typeof pattern === 'string' ? pattern : undefined
}

/** Whether a schema lets the value at a path be left out: it is a field, and not a required one. */
export function isOptionalAt(schema: unknown, path: Path): boolean {
  const parent = nodeAt(schema, path.slice(0, -1))
  const field = path.at(-1)
  const required = keyword(parent, 'required')
  return (
    typeof field === 'string' && Object.hasOwn(Object(keyword(parent, 'properties')), field) && !(Array.isArray(required) && required.includes(field))
  )
}

function nodeAt(schema: unknown, path: Path): unknown {
  let node = follow(schema, schema)
  for (const step of path) {
    const properties = keyword(node, 'properties')
    const own = typeof step === 'string' ? keyword(properties, step) : undefined
    node = follow(schema, own ?? keyword(node, typeof step === 'number' ? 'items' : 'additionalProperties'))
  }
  return node
}

/** The schema that a $ref leads to. */
function follow(root: unknown, node: unknown): unknown {
  const reference = keyword(node, '$ref')
  return typeof reference === 'string' ? keyword(keyword(root, '$defs'), reference.replace('#/$defs/', '')) : node
}

function keyword(node: unknown, name: string): unknown {
  return typeof node === 'object' && node !== null && Object.hasOwn(node, name) ? (node as Readonly<Record<string, unknown>>)[name] : undefined
}
