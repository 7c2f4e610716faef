import { at } from '../../objects/index.ts'

/** A place in values.schema.json that Helm must not be run on, or cannot use. */
export interface SchemaProblem {
  /** Keys and indexes from the top of the schema. */
  readonly path: readonly string[]
  readonly message: string
}

/** Levels that a schema may nest: more than people write, less than the stack holds. */
const MAX_DEPTH = 200

/**
 * References of a values.schema.json that make it unsafe to run Helm on the chart: those that lead out of the file (Helm 4 opens files and
 * addresses, Helm 3 some), and those that lead to themselves (Helm 3.17 crashes). A text that is no JSON is unsafe too: what Helm makes of it is not known.
 */
export function unsafeSchemaReferences(text: string): readonly SchemaProblem[] {
  const schema = parseJson(text)
  if (schema === undefined) return [{ path: [], message: 'The schema is not JSON.' }]
  const nodes = nodesIn(schema)
  if (nodes === undefined) return [{ path: [], message: `The schema nests deeper than ${MAX_DEPTH} levels.` }]
  return [...nodes.flatMap(leavesFile), ...circles(schema, nodes)]
}

/** Patterns of a schema that Go's RE2 does not have: Helm cannot use the schema at all. */
export function foreignPatterns(text: string): readonly SchemaProblem[] {
  return (nodesIn(parseJson(text)) ?? []).flatMap(({ value, path }) => {
    const pattern = at(value, 'pattern')
    const keys = at(value, 'patternProperties')
    const single = typeof pattern === 'string' ? [{ pattern, path: [...path, 'pattern'] }] : []
    const many = isMap(keys) ? Object.keys(keys).map((key) => ({ pattern: key, path: [...path, 'patternProperties', key] })) : []
    return [...single, ...many].flatMap((found) => {
      const what = foreignPart(found.pattern)
      return what === undefined
        ? []
        : [{ path: found.path, message: `The pattern ${found.pattern} has ${what}, which Go's regular expressions lack.` }]
    })
  })
}

/** The value of a JSON text; nothing when it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

interface SchemaNode {
  readonly value: Readonly<Record<string, unknown>>
  readonly path: readonly string[]
  /** Where the schema is that `#` stands for: the closest one around with an `$id` of its own. */
  readonly base: readonly string[]
}

/** Keywords whose values are data, not schemas. */
const DATA = new Set(['enum', 'const', 'default', 'examples'])

/** Every map of a schema that may be a schema, outer ones first; nothing when it nests too deeply. */
function nodesIn(schema: unknown): readonly SchemaNode[] | undefined {
  const found: SchemaNode[] = []
  let tooDeep = false
  const walk = (value: unknown, path: readonly string[], around: readonly string[]): void => {
    if (path.length > MAX_DEPTH) tooDeep = true
    if (typeof value !== 'object' || value === null || tooDeep) return
    const id = at(value, '$id') ?? at(value, 'id')
    const base = typeof id === 'string' && !id.startsWith('#') && !isNamed(path) ? path : around
    if (isMap(value)) found.push({ value, path, base })
    for (const [key, inner] of Object.entries(value)) if (!DATA.has(key) || isNamed(path)) walk(inner, [...path, key], base)
  }
  walk(schema, [], [])
  return tooDeep ? undefined : found
}

/** Whether the keys of a map are names that the author chose. */
function isNamed(path: readonly string[]): boolean {
  return /^(?:properties|patternProperties|definitions|\$defs|dependencies|dependentSchemas)$/.test(path.at(-1) ?? '')
}

const REFERENCES = ['$ref', '$dynamicRef', '$recursiveRef']

function leavesFile({ value, path }: SchemaNode): readonly SchemaProblem[] {
  if (isNamed(path)) return []
  const out = REFERENCES.flatMap((key) => {
    const reference = at(value, key)
    if (typeof reference !== 'string' || reference === '' || reference.startsWith('#')) return []
    return [{ path: [...path, key], message: `The reference "${reference}" leads out of the schema, and Helm may open what it names.` }]
  })
  const meta = at(value, '$schema')
  if (typeof meta !== 'string' || /^https?:\/\/json-schema\.org\/(?:schema|draft[-/][\w-]+\/schema)#?$/.test(meta)) return out
  return [...out, { path: [...path, '$schema'], message: `The dialect "${meta}" is none that Helm brings, and Helm may open what it names.` }]
}

/** A schema that another one leads to, and the keyword that does. */
interface Step {
  readonly to: SchemaNode
  readonly via: readonly string[]
}

/** References that come back to themselves without going down into a value. */
function circles(schema: unknown, nodes: readonly SchemaNode[]): readonly SchemaProblem[] {
  const next = sameValue(schema, nodes)
  const state = new Map<SchemaNode, 'open' | 'done'>()
  const problems: SchemaProblem[] = []
  // Without recursion: a chain of references can be as long as the schema.
  const stack: { readonly node: SchemaNode; readonly steps: readonly Step[]; index: number }[] = []
  const enter = (node: SchemaNode) => {
    state.set(node, 'open')
    stack.push({ node, steps: next(node), index: 0 })
  }
  for (const node of nodes) {
    if (!state.has(node)) enter(node)
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const step = top.steps[top.index++]
      if (step === undefined) {
        state.set(top.node, 'done')
        stack.pop()
      } else if (state.get(step.to) === 'open')
        problems.push({ path: step.via, message: 'The reference leads back to itself, which crashes Helm 3.' })
      else if (!state.has(step.to)) enter(step.to)
    }
  }
  return problems
}

/** Finds the schemas that look at the same value as a schema does: what it refers to, and what it is put together from. */
function sameValue(schema: unknown, nodes: readonly SchemaNode[]): (node: SchemaNode) => readonly Step[] {
  const nodeOf = new Map<unknown, SchemaNode>(nodes.map((node) => [node.value, node]))
  const anchors = new Map(nodes.flatMap((node) => anchorsOf(node).map((anchor) => [anchor, node] as const)))
  return ({ value, path, base }) => {
    const found: Step[] = []
    const add = (target: unknown, via: readonly string[]) => {
      const to = nodeOf.get(target)
      if (to !== undefined) found.push({ to, via })
    }
    for (const key of REFERENCES) {
      const reference = at(value, key)
      if (typeof reference !== 'string' || !/^(?:#|$)/.test(reference)) continue
      const pointer = pointerOf(reference)
      add(pointer === undefined ? anchors.get(reference)?.value : at(schema, ...base, ...pointer), [...path, key])
    }
    for (const key of ['allOf', 'anyOf', 'oneOf', 'dependencies', 'dependentSchemas']) {
      const group = at(value, key)
      if (typeof group === 'object' && group !== null) for (const [name, item] of Object.entries(group)) add(item, [...path, key, name])
    }
    for (const key of ['not', 'if', 'then', 'else']) add(at(value, key), [...path, key])
    return found
  }
}

function anchorsOf({ value }: SchemaNode): readonly string[] {
  const names = ['$anchor', '$dynamicAnchor'].flatMap((key) => (typeof value[key] === 'string' ? [`#${value[key]}`] : []))
  return [
    ...names,
    ...['$id', 'id'].flatMap((key) => {
      const id = value[key]
      return typeof id === 'string' && id.startsWith('#') ? [id] : []
    }),
  ]
}

/** The way that `#` or `#/definitions/a` goes; nothing for an anchor. */
function pointerOf(reference: string): readonly string[] | undefined {
  const pointer = reference.slice(1)
  if (pointer === '') return []
  if (!pointer.startsWith('/')) return undefined
  const steps = pointer.slice(1).split('/')
  return steps.map((step) => unescapeStep(step).replaceAll('~1', '/').replaceAll('~0', '~'))
}

function unescapeStep(step: string): string {
  try {
    return decodeURIComponent(step)
  } catch {
    return step
  }
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The first part of a pattern that RE2 does not have. */
function foreignPart(pattern: string): string | undefined {
  // Escaped signs and sets hide what looks like syntax; `\1` and `\k` outside of a set refer back.
  const bare = pattern.replace(/\\[^1-9k]|\[\^?\]?(?:\\.|[^\]\\])*\]/gs, 'x')
  if (/\(\?<?[=!]/.test(bare)) return 'look-around'
  if (/\\(?:[1-9]|k)/.test(bare)) return 'a back reference'
  if (/\(\?>/.test(bare)) return 'an atomic group'
  return /[*+?}]\+/.test(bare) ? 'a possessive quantifier' : undefined
}
