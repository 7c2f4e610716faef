import { canonical } from '../json.ts'
import { TYPES } from '../words.ts'
import { inside, type Merged, merge, type Schemas } from './merge.ts'

/** A structure that stands in several places, for all releases in which one of them has it. */
export interface SharedType {
  readonly name: string
  readonly node: Merged
  /** Kinds whose files lead to it. */
  readonly kinds: ReadonlySet<string>
}

/** Finds the shared type that stands for a place, if there is one. */
export type TypeOf = (node: Merged) => SharedType | undefined

/** Structures with a shorter text than this are cheaper to repeat than to name. */
const WORTH_SHARING = 80

/** What CRDs spell at length, and the model in a word. */
const INT_OR_STRING = canonical(TYPES.get('int-or-string'))

/** One group of places that agree in every release that both have. */
interface Group {
  readonly texts: readonly (string | undefined)[]
  readonly schemas: Schemas
}

/** The facts of a place as text, by release. */
type TextsOf = (node: Merged) => readonly (string | undefined)[]

/** Finds the group that a place fits in. */
type Find = (node: Merged) => Group | undefined

/** Whether a place can be a shared type. Lists cannot: what they hold is shared, so that `["#Container"]` says what it is. */
function isWorthSharing(node: Merged, textsOf: TextsOf): boolean {
  return node.items === undefined && textsOf(node).some((text) => text !== undefined && text.length >= WORTH_SHARING && text !== INT_OR_STRING)
}

/**
 * Finds structures that kinds share, PodSpec above all. Two places can be one type when they are equal in every release that both have, and have one in
 * common: the type then covers the releases of both. Largest first, so that a type never splits a larger one.
 */
export function shareTypes(kinds: ReadonlyMap<string, Merged>): { readonly types: readonly SharedType[]; readonly typeOf: TypeOf } {
  const textsOf = memoize((node: Merged) => node.schemas.map((schema) => (schema === undefined ? undefined : canonical(schema))))
  const keyOf = memoize((node: Merged) =>
    textsOf(node)
      .map((text) => text ?? '')
      .join('\0'),
  )
  const everywhere: Merged[] = []
  const collect = (node: Merged): void => {
    for (const [, child] of inside(node, '')) {
      everywhere.push(child)
      collect(child)
    }
  }
  for (const node of kinds.values()) collect(node)

  let places: readonly Merged[] = everywhere
  let groups: readonly Group[] = []
  for (let round = 0; round < 8; round++) {
    const before = groups.length
    groups = group(places, textsOf, keyOf)
    // What stands inside of types covers more releases now than it did in any kind, and may fit elsewhere.
    const nodes = groups.map(({ schemas }) => merge(schemas))
    const next: Merged[] = []
    const find = finder(groups, textsOf)
    const look = (node: Merged): void => {
      for (const [, child] of inside(node, '')) {
        next.push(child)
        if (find(child) === undefined) look(child)
      }
    }
    for (const node of [...kinds.values(), ...nodes]) look(node)
    places = next
    if (round > 1 && groups.length === before) break
  }
  return nameTypes(kinds, groups, finder(groups, textsOf))
}

/** Groups of places that are worth sharing and stand in more than one place. */
function group(places: readonly Merged[], textsOf: TextsOf, keyOf: (node: Merged) => string): readonly Group[] {
  const distinct = new Map<string, { readonly node: Merged; count: number }>()
  for (const node of places) {
    if (!isWorthSharing(node, textsOf)) continue
    const known = distinct.get(keyOf(node))
    if (known === undefined) distinct.set(keyOf(node), { node, count: 1 })
    else known.count++
  }
  const size = (texts: readonly (string | undefined)[]) => Math.max(...texts.map((text) => text?.length ?? 0))
  const sorted = [...distinct].map(([key, { node, count }]) => ({
    key,
    count,
    size: size(textsOf(node)),
    texts: textsOf(node),
    schemas: node.schemas,
  }))
  sorted.sort((a, b) => b.size - a.size || (a.key < b.key ? -1 : 1))
  let groups: readonly Counted[] = sorted
  // A group that grew may fit to one that it did not fit to before.
  for (let before = Number.POSITIVE_INFINITY; groups.length < before; ) {
    before = groups.length
    groups = join(groups)
  }
  return groups.filter(({ count }) => count > 1)
}

type Counted = Group & { readonly count: number }

/** Joins each group to the first one before it that it agrees with. */
function join(groups: readonly Counted[]): readonly Counted[] {
  const joined: { texts: (string | undefined)[]; schemas: Schemas[number][]; count: number }[] = []
  const byText = new Map<string, Set<(typeof joined)[number]>>()
  for (const { texts, schemas, count } of groups) {
    const near = new Set(texts.flatMap((text, index) => (text === undefined ? [] : [...(byText.get(`${index}\0${text}`) ?? [])])))
    let found = [...near].find((candidate) => texts.every((text, index) => text === undefined || (candidate.texts[index] ?? text) === text))
    if (found === undefined) {
      found = { texts: texts.map(() => undefined), schemas: texts.map(() => undefined), count: 0 }
      joined.push(found)
    }
    found.count += count
    for (const [index, text] of texts.entries()) {
      if (text === undefined) continue
      found.texts[index] = text
      found.schemas[index] = schemas[index]
      const key = `${index}\0${text}`
      byText.set(key, (byText.get(key) ?? new Set()).add(found))
    }
  }
  return joined
}

function finder(groups: readonly Group[], textsOf: TextsOf): Find {
  const byText = new Map<string, Group[]>()
  for (const one of groups)
    one.texts.forEach((text, index) => {
      if (text !== undefined) byText.set(`${index}\0${text}`, [...(byText.get(`${index}\0${text}`) ?? []), one])
    })
  return (node) => {
    if (!isWorthSharing(node, textsOf)) return undefined
    const texts = textsOf(node)
    const first = texts.findIndex((text) => text !== undefined)
    return byText.get(`${first}\0${texts[first]}`)?.find((one) => texts.every((text, index) => text === undefined || one.texts[index] === text))
  }
}

/** Types that are used more than once, each named after the field that holds it most often. */
function nameTypes(
  kinds: ReadonlyMap<string, Merged>,
  groups: readonly Group[],
  find: Find,
): { readonly types: readonly SharedType[]; readonly typeOf: TypeOf } {
  const nodes = new Map(groups.map((one) => [one, merge(one.schemas)]))
  const kept = usedTwice(kinds, nodes, find)
  const names = new Map<Group, Map<string, number>>()
  const users = new Map<Group, Set<string>>()
  const visit = (node: Merged, name: string, kind: string): void => {
    for (const [field, child] of inside(node, name)) {
      const one = find(child)
      const inner = one === undefined ? undefined : nodes.get(one)
      if (one === undefined || inner === undefined || !kept.has(one)) {
        visit(child, field, kind)
        continue
      }
      const counts = names.get(one) ?? new Map<string, number>()
      names.set(one, counts.set(field, (counts.get(field) ?? 0) + 1))
      const seen = users.get(one) ?? new Set<string>()
      if (seen.has(kind)) continue
      users.set(one, seen.add(kind))
      visit(inner, field, kind)
    }
  }
  for (const [kind, node] of kinds) visit(node, kind, kind)
  const taken = new Set<string>()
  const types = new Map<Group, SharedType>()
  for (const one of groups) {
    const node = nodes.get(one)
    if (!kept.has(one) || node === undefined) continue
    const [best = 'type'] = [...(names.get(one) ?? [])].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).map(([name]) => name)
    const plain = best.replace(/[^A-Za-z0-9]/g, '')
    const base = plain === '' ? 'Type' : plain.charAt(0).toUpperCase() + plain.slice(1)
    let name = base
    for (let number = 2; taken.has(name); number++) name = `${base}${number}`
    taken.add(name)
    types.set(one, { name, node, kinds: users.get(one) ?? new Set() })
  }
  return {
    types: [...types.values()],
    typeOf: (node) => {
      const one = find(node)
      return one && types.get(one)
    },
  }
}

/** Groups that more than one place refers to, when every reference to another stays where it is. */
function usedTwice(kinds: ReadonlyMap<string, Merged>, nodes: ReadonlyMap<Group, Merged>, find: Find): ReadonlySet<Group> {
  let kept = new Set(nodes.keys())
  for (;;) {
    const uses = new Map<Group, number>()
    const visit = (node: Merged): void => {
      for (const [, child] of inside(node, '')) {
        const one = find(child)
        if (one === undefined || !kept.has(one)) visit(child)
        else {
          const count = uses.get(one) ?? 0
          uses.set(one, count + 1)
          const inner = nodes.get(one)
          if (count === 0 && inner !== undefined) visit(inner)
        }
      }
    }
    for (const node of kinds.values()) visit(node)
    const next = new Set([...kept].filter((one) => (uses.get(one) ?? 0) > 1))
    if (next.size === kept.size) return kept
    kept = next
  }
}

function memoize<T>(make: (node: Merged) => T): (node: Merged) => T {
  const made = new WeakMap<Merged, { readonly value: T }>()
  return (node) => {
    const known = made.get(node)
    if (known !== undefined) return known.value
    const value = make(node)
    made.set(node, { value })
    return value
  }
}
