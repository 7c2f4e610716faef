import { isObject, textOf } from './json.ts'
import { isNode, type KindFacts, type RawNode, type RawObject } from './model.ts'
import type { Ranges } from './ranges.ts'
import { TYPES } from './words.ts'

/** Types of values. `any` says nothing; `int-or-string` is a whole number or a text. */
export type SchemaType = 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean' | 'int-or-string' | 'any'

/** A CEL rule of the API server. */
export interface ApiRule {
  readonly rule: string
  /** It compares with the object that was there before (`oldSelf`), so it holds for updates only. */
  readonly transition: boolean
}

/** What one release says about one place. */
export interface Schema {
  readonly type: SchemaType
  readonly format: string | undefined
  /** Names of the fields, sorted. */
  readonly fieldNames: readonly string[]
  field(name: string): Schema | undefined
  readonly required: readonly string[]
  /** What a list holds. */
  readonly items: Schema | undefined
  /** What a map holds. */
  readonly additional: Schema | undefined
  /** Unknown fields stay, as the CRD says. PodSpecs do, although their fields are listed. */
  readonly preserve: boolean
  /** Unknown fields are mistakes: the API server drops them, or would hand them to a PodSpec that does not know them. */
  readonly isClosed: boolean
  readonly nullable: boolean
  /** Holds a whole Kubernetes object: apiVersion, kind and metadata need not be listed. */
  readonly embedded: boolean
  readonly enum: readonly unknown[] | undefined
  readonly list: 'atomic' | 'set' | 'map' | undefined
  /** Fields that identify an item of a list. */
  readonly keys: readonly string[]
  readonly rules: readonly ApiRule[]
  readonly hasDefault: boolean
  readonly default: unknown
  /** Any other fact by its keyword: `pattern`, `minimum`, `maxItems`, `allOf`, ... */
  fact(keyword: string): unknown
  /** All facts by their words, in the words of the model. */
  readonly facts: ReadonlyMap<string, unknown>
  /** The place that a path leads to. Numbers are indices of lists; keys of maps are any text. */
  at(path: readonly (string | number)[]): Schema | undefined
  /** Whether the release has the place that a path leads to. */
  has(path: readonly (string | number)[]): boolean
  /** Name of the shared type, for places that are nothing else. */
  readonly typeName: string | undefined
  /** How a CRD spells the type. */
  readonly spelling: Readonly<Record<string, unknown>>
}

/** Makes views of nodes for one release, given by its index. Equal places give the same view. */
export function createResolver(kind: KindFacts, ranges: Ranges, index: number): (node: RawNode) => Schema | undefined {
  const bit = 1 << index
  const types = new Map<string, Schema | undefined>()
  const isIn = (range: string | undefined): boolean => range === undefined || ((ranges.parse(range) ?? 0) & bit) !== 0

  const resolve = (node: RawNode): Schema | undefined => {
    if (typeof node === 'string') {
      const [type = 'any', range] = node.split(' ')
      if (!isIn(range)) return undefined
      if (!type.startsWith('#')) return view({ type })
      const name = type.slice(1)
      if (!types.has(name)) {
        // A type that leads to itself in no time would never end.
        types.set(name, undefined)
        const target = kind.type(name)
        types.set(name, isObject(target) ? view(target, name) : resolve(target))
      }
      return types.get(name)
    }
    if (!isObject(node)) return isIn(textOf(node[1])) ? view({ items: node[0] }) : undefined
    return isIn(textOf(node.in)) ? view(node) : undefined
  }

  const factsOf = (node: RawObject): Map<string, unknown> => {
    const facts = new Map<string, unknown>()
    for (const [word, value] of Object.entries(node)) {
      if (STRUCTURE.has(word)) continue
      if (!word.endsWith('@')) facts.set(word, value)
      else if (typeof value === 'object' && value !== null)
        for (const [range, alternative] of Object.entries(value)) if (isIn(range)) facts.set(word.slice(0, -1), alternative)
    }
    return facts
  }

  const view = (node: RawObject, typeName?: string): Schema => {
    const facts = factsOf(node)
    const fields = isObject(node.fields) ? node.fields : undefined
    const known = new Map<string, Schema | undefined>()
    const field = (name: string): Schema | undefined => {
      if (fields === undefined || !Object.hasOwn(fields, name)) return undefined
      if (!known.has(name)) {
        const child = fields[name]
        known.set(name, isNode(child) ? resolve(child) : undefined)
      }
      return known.get(name)
    }
    const inner = (word: string) => lazy(() => (isNode(node[word]) ? resolve(node[word]) : undefined))
    const items = inner('items')
    const additional = inner('*')
    const fieldNames = lazy(() => Object.keys(fields ?? {}).filter((name) => field(name) !== undefined))
    const required = lazy(() => {
      const names = (listOf(node.required) ?? []).map((entry) => splitRange(String(entry)))
      return [
        ...names.filter(([name, range]) => isIn(range) && field(name) !== undefined).map(([name]) => name),
        ...(listOf(facts.get('undeclared')) ?? []).map(String),
      ]
    })
    const named = facts.get('type') ?? (fields !== undefined || node['*'] !== undefined ? 'object' : node.items === undefined ? 'any' : 'array')
    const spelled = typeof named === 'string' ? TYPES.get(named) : undefined
    // Some CRDs only say that a value is a whole number or a text, and do not spell the alternatives.
    const plain = spelled?.type ?? named
    const type = facts.get('intOrString') === true ? 'int-or-string' : isTypeName(plain) ? plain : 'any'
    const preserve = facts.get('preserve') === true
    const list = facts.get('list')
    const schema: Schema = {
      type,
      format: textOf(spelled?.format ?? facts.get('format')),
      get fieldNames() {
        return fieldNames()
      },
      field,
      get required() {
        return required()
      },
      get items() {
        return items()
      },
      get additional() {
        return additional()
      },
      preserve,
      get isClosed() {
        if (type !== 'object' || facts.get('additionalProperties') === true || additional() !== undefined) return false
        return !preserve || fieldNames().length > 0
      },
      nullable: facts.get('nullable') === true,
      embedded: facts.get('embedded') === true,
      enum: listOf(facts.get('enum')),
      list: list === 'atomic' || list === 'set' || list === 'map' ? list : facts.has('keys') ? 'map' : undefined,
      keys: (listOf(facts.get('keys')) ?? []).map(String),
      rules: rulesOf(facts.get('rules')),
      hasDefault: facts.has('default'),
      default: facts.get('default'),
      fact: (keyword) => facts.get(keyword),
      facts,
      at(path) {
        const [step, ...rest] = path
        if (step === undefined) return schema
        const next = typeof step === 'number' ? items() : (field(step) ?? additional())
        return next?.at(rest)
      },
      has: (path) => schema.at(path) !== undefined,
      typeName,
      spelling: spelled ?? { type: named },
    }
    return schema
  }
  return resolve
}

/** Words of a node that are no facts of its value. */
const STRUCTURE = new Set(['in', 'fields', 'required', '*', 'items'])

const TYPE_NAMES: ReadonlySet<unknown> = new Set<SchemaType>(['object', 'array', 'string', 'integer', 'number', 'boolean', 'int-or-string', 'any'])

/** Whether a name is that of a type. */
export function isTypeName(name: unknown): name is SchemaType {
  return TYPE_NAMES.has(name)
}

/** A name and its range, which stands behind the last blank. */
function splitRange(entry: string): readonly [name: string, range: string | undefined] {
  const blank = entry.lastIndexOf(' ')
  return blank < 0 ? [entry, undefined] : [entry.slice(0, blank), entry.slice(blank + 1)]
}

function listOf(value: unknown): readonly unknown[] | undefined {
  return Array.isArray(value) ? value : undefined
}

function rulesOf(value: unknown): readonly ApiRule[] {
  if (!Array.isArray(value)) return []
  return value.flatMap((entry: unknown) => {
    const rule = typeof entry === 'string' ? entry : isObject(entry) ? entry.rule : undefined
    return typeof rule === 'string' ? [{ rule, transition: /\boldSelf\b/.test(rule) }] : []
  })
}

function lazy<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}
