import { didYouMean, type Path, suggest } from '../diagnostics/index.ts'
import { fragmentProblems } from './fragment.ts'
import { canonical, fieldOf } from './json.ts'
import { type ApiProblem, type Examination, type ProblemKind, type Skipped, shown, shownValue } from './problem.ts'
import { checkRules, type RuleEngine } from './rules.ts'
import { hasType, typeProblem, type ValueProblem, valueProblems } from './scalar.ts'
import type { Schema } from './schema.ts'

/**
 * How strictly an object is taken.
 *
 * - `exact`: what the API server says, with strict field validation as kubectl asks for. Nulls it would drop are dropped, what CRDs preserve is preserved.
 * - `strict`: what an author should hear. Every place whose fields are listed is closed, PodSpecs too, and a null that would be dropped is a mistake.
 */
export type CheckMode = 'exact' | 'strict'

/** What a check needs besides the schema and the object. */
export interface CheckContext {
  readonly mode: CheckMode
  readonly rules: RuleEngine | undefined
  /** Says in which releases a path exists, as words; nothing when in none. */
  readonly whereElse: (path: Path) => string | undefined
  /** Name of the release. */
  readonly release: string
}

/** Fields of every Kubernetes object, which no schema of a kind needs to list. */
const OBJECT_FIELDS = ['apiVersion', 'kind', 'metadata']

/** Checks a value against a schema. `path` is where the value stands in its object. */
export function checkValue(schema: Schema, value: unknown, path: Path, context: CheckContext): Examination {
  const problems: ApiProblem[] = []
  const skipped: Skipped[] = []
  const strict = context.mode === 'strict'
  const add = (kind: ProblemKind, at: Path, message: string, more: Partial<ApiProblem> = {}) =>
    problems.push({ kind, path: at, at: 'value', message, ...more })
  const addAll = (found: readonly ValueProblem[], at: Path) => {
    for (const problem of found) problems.push({ ...problem, path: at, at: 'value' })
  }

  const walk = (node: Schema, current: unknown, at: Path): void => {
    const what = shown(at)
    if (current === null) {
      if (!node.nullable && node.type !== 'any') add('null', at, `${what} is null.`, { hint: 'leave the field out, or give it a value' })
      return
    }
    if (!hasType(node.type, current)) {
      addAll([typeProblem(node, current, what)], at)
      return
    }
    const before = problems.length
    addAll(
      valueProblems(node.fact, node.format, current, what, (rule) => skipped.push({ path: at, rule, why: 'unreadable' })),
      at,
    )
    for (const keyword of COMBINATIONS) {
      const parts = node.fact(keyword)
      if (parts !== undefined) combine(keyword, parts, current, at)
    }
    if (Array.isArray(current)) walkList(node, current, at)
    else if (typeof current === 'object') walkMap(node, current, at)
    if (node.rules.length > 0) {
      const sound = problems.slice(before).every(({ kind }) => kind === 'unknown-field' || kind === 'other-release')
      const found = checkRules(node, current, at, sound, context.rules)
      problems.push(...found.problems)
      skipped.push(...found.skipped)
    }
  }

  const walkList = (node: Schema, list: readonly unknown[], at: Path): void => {
    const { items, keys } = node
    if (items !== undefined) for (const [index, item] of list.entries()) walk(items, item, [...at, index])
    if (node.list === 'set') {
      const before = new Set<string>()
      list.forEach((item, index) => {
        const text = canonical(item)
        if (before.has(text))
          add('duplicate', [...at, index], `${shown([...at, index])} repeats ${shownValue(item)}; the list is a set.`, { hint: 'keep one' })
        before.add(text)
      })
    }
    if (keys.length === 0) return
    const seen = new Map<string, number>()
    list.forEach((item, index) => {
      const values = keys.map((key) => fieldOf(item, key) ?? items?.field(key)?.default)
      const text = JSON.stringify(values)
      const first = seen.get(text)
      if (first === undefined) seen.set(text, index)
      else {
        const named = keys.map((key, i) => `${key} ${shownValue(values[i])}`).join(' and ')
        add('duplicate', [...at, index], `${shown([...at, index])} has the same ${named} as ${shown([...at, first])}.`, {
          hint: 'rename one of them',
          expected: keys,
        })
      }
    })
  }

  const walkMap = (node: Schema, map: object, at: Path): void => {
    for (const name of node.required) {
      if (Object.hasOwn(map, name) && !isDropped(node, name, map)) continue
      // The API server fills in defaults before it looks for what is missing.
      if (node.field(name)?.hasDefault === true) continue
      if (strict && Object.hasOwn(map, name)) continue
      add('missing', at, `${shown(at)} has no "${name}".`, { field: name, at: 'key' })
    }
    for (const [key, inner] of Object.entries(map)) {
      const child = node.field(key) ?? node.additional
      const here = [...at, key]
      if (child !== undefined) {
        if (!isDropped(node, key, map)) walk(child, inner, here)
      } else if (!(node.embedded && OBJECT_FIELDS.includes(key)) && (strict ? node.isClosed : node.isClosed && !node.preserve))
        unknown(node, key, here)
    }
  }

  /** Whether the API server drops a field because it is null. */
  const isDropped = (node: Schema, key: string, map: object): boolean => {
    if (strict || fieldOf(map, key) !== null) return false
    const child = node.field(key) ?? node.additional
    return child !== undefined && !child.nullable
  }

  const unknown = (node: Schema, key: string, at: Path): void => {
    const parent = at.slice(0, -1)
    const inside = parent.length === 0 ? '' : ` in ${shown(parent)}`
    const releases = context.whereElse(at)
    if (releases === undefined) {
      add('unknown-field', at, `There is no field "${key}"${inside}.`, { at: 'key', hint: suggest(key, node.fieldNames) })
      return
    }
    const meant = didYouMean(key, node.fieldNames)
    const hint = meant === undefined ? {} : { hint: `did you mean "${meant}"?` }
    add('other-release', at, `KubeBlocks ${context.release} has no field "${key}"${inside}; it exists ${releases}.`, { at: 'key', releases, ...hint })
  }

  /** Value checks that are combined: allOf, anyOf, oneOf, not. They add no fields in a structural schema. */
  const combine = (keyword: string, parts: unknown, current: unknown, at: Path): void => {
    const list = (Array.isArray(parts) ? parts : [parts]).map((part: unknown) => fragmentProblems(part, current, shown(at)))
    if (keyword === 'allOf') {
      const [first] = list.filter((found) => found.length > 0)
      if (first !== undefined) addAll(first, at)
      return
    }
    const holding = list.filter((found) => found.length === 0).length
    const wanted = keyword === 'not' ? holding === 0 : keyword === 'oneOf' ? holding === 1 : holding > 0
    if (!wanted) add('combination', at, COMBINATION_TEXT[keyword]?.(shown(at)) ?? `${shown(at)} is not valid.`, { expected: { [keyword]: parts } })
  }

  walk(schema, value, path)
  return { problems, skipped }
}

const COMBINATIONS = ['allOf', 'anyOf', 'oneOf', 'not']

const COMBINATION_TEXT: Readonly<Record<string, (what: string) => string>> = {
  anyOf: (what) => `${what} fits none of the forms that are allowed.`,
  oneOf: (what) => `${what} must fit exactly one of the forms that are allowed.`,
  not: (what) => `${what} has a form that is not allowed.`,
}
