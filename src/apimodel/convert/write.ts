import type { RawNode } from '../model.ts'
import type { Ranges, Releases } from '../ranges.ts'
import type { Merged } from './merge.ts'
import type { TypeOf } from './share.ts'

/** Order of the words of a node; others follow by name. */
const ORDER = ['in', 'type', 'required', 'fields', '*', 'items']

/** Writes a place as a node of the model. `within` are the releases of what it stands in; `self` says that the place is a shared type itself. */
export function writeNode(node: Merged, within: Releases, ranges: Ranges, typeOf: TypeOf, self = false): RawNode {
  const range = ranges.print(node.releases, within)
  const shared = self ? undefined : typeOf(node)
  if (shared !== undefined) return range === undefined ? `#${shared.name}` : `#${shared.name} ${range}`
  const words = new Map<string, unknown>()
  for (const [name, alternatives] of node.facets) {
    const [only] = alternatives
    if (alternatives.length === 1 && only !== undefined && only.releases === node.releases) words.set(name, only.value)
    else words.set(`${name}@`, Object.fromEntries(alternatives.map(({ releases, value }) => [ranges.print(releases, node.releases) ?? '..', value])))
  }
  if (node.required.size > 0) {
    words.set(
      'required',
      [...node.required].map(([name, releases]) => {
        const when = ranges.print(releases, node.fields.get(name)?.releases ?? node.releases)
        // The range stands behind the last blank.
        return when === undefined && !name.includes(' ') ? name : `${name} ${when ?? '..'}`
      }),
    )
  }
  const inner = (child: Merged) => writeNode(child, node.releases, ranges, typeOf)
  if (node.fields.size > 0) words.set('fields', Object.fromEntries([...node.fields].map(([name, field]) => [name, inner(field)])))
  if (node.values !== undefined) words.set('*', inner(node.values))
  if (node.items !== undefined) words.set('items', inner(node.items))
  const implied = node.fields.size > 0 || node.values !== undefined ? 'object' : node.items === undefined ? undefined : 'array'
  if (words.get('type') === implied) words.delete('type')
  return shorten(words, range)
}

/** Nodes that say little are written as a text or a list. */
function shorten(words: Map<string, unknown>, range: string | undefined): RawNode {
  const type = words.get('type')
  if (words.size === 1 && typeof type === 'string') return range === undefined ? type : `${type} ${range}`
  if (words.size === 1 && words.has('items')) {
    const items = words.get('items') as RawNode
    return range === undefined ? [items] : [items, range]
  }
  if (range !== undefined) words.set('in', range)
  const place = (word: string) => {
    const index = ORDER.indexOf(word.replace('@', ''))
    return index < 0 ? ORDER.length : index
  }
  return Object.fromEntries([...words].sort(([a], [b]) => place(a) - place(b) || (a < b ? -1 : 1)))
}

/** JSON with an idea a line: what fits into a line is in one. */
export function printJson(value: unknown, width = 150): string {
  const print = (inner: unknown, indent: string): string => {
    const line = JSON.stringify(inner)
    if (indent.length + line.length <= width || typeof inner !== 'object' || inner === null) return line
    const deeper = `${indent} `
    if (Array.isArray(inner)) return `[\n${inner.map((item) => deeper + print(item, deeper)).join(',\n')}\n${indent}]`
    const rows = Object.entries(inner).map(([key, item]) => `${deeper}${JSON.stringify(key)}: ${print(item, deeper)}`)
    return `{\n${rows.join(',\n')}\n${indent}}`
  }
  return `${print(value, '')}\n`
}
