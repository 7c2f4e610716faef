import { type Code, type Entry, type Item, type Node, type ValuePath, values as valueCode } from '../../gotemplate/index.ts'
import type { Value } from '../../model/chart.ts'

/** A value that reaches frozen fields: how a template reads it, and its default. */
export interface FrozenValue {
  /** Dotted, for people. */
  readonly name: string
  readonly code: Code
  readonly default: unknown
}

/** The values that objects read below `spec` or `data`, sorted by name, each once. */
export function frozenValues(objects: readonly Node[], values: readonly Value[]): readonly FrozenValue[] {
  const byName = new Map<string, FrozenValue>()
  for (const path of objects.flatMap(frozenReads)) {
    const leaf = leafAt(values, path)
    const name = path.join('.')
    if (leaf !== undefined) byName.set(name, { name, code: valueCode(...path), default: leaf.default })
  }
  return [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** Labels and annotations may change under a name. */
function frozenReads(object: Node): readonly ValuePath[] {
  if (object.kind !== 'map') return []
  return object.entries.flatMap((entry) => (entry.kind === 'pair' && entry.key === 'metadata' ? [] : readsOfEntry(entry)))
}

function reads(node: Node): readonly ValuePath[] {
  switch (node.kind) {
    case 'scalar':
      return []
    case 'map':
      return node.entries.flatMap(readsOfEntry)
    case 'seq':
      return node.items.flatMap(readsOfItem)
    case 'expr':
      return node.code.reads
    case 'concat':
      return node.parts.flatMap((part) => (typeof part === 'string' ? [] : part.reads))
  }
}

function readsOfEntry(entry: Entry): readonly ValuePath[] {
  switch (entry.kind) {
    case 'pair':
      return reads(entry.value)
    case 'if':
      return [...entry.condition.reads, ...entry.body.flatMap(readsOfEntry)]
    case 'spread':
      return entry.code.reads
  }
}

function readsOfItem(item: Item): readonly ValuePath[] {
  return item.kind === 'item' ? reads(item.value) : [...item.condition.reads, ...item.body.flatMap(readsOfItem)]
}

function leafAt(values: readonly Value[], [key, ...rest]: readonly string[]): Extract<Value, { readonly kind: 'leaf' }> | undefined {
  const value = values.find(({ name }) => name === key)
  if (value === undefined) return undefined
  if (value.kind === 'leaf') return rest.length === 0 ? value : undefined
  return leafAt(value.values, rest)
}
