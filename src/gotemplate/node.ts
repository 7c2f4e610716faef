import type { Path } from '../diagnostics/index.ts'
import type { Code } from './code.ts'

/** Where in the descriptor a node comes from. */
export type Origin = Path

/**
 * A YAML document in which template actions exist only as nodes. Text is text: the printer escapes it.
 * `expr` as `string` is quoted, `raw` is printed bare (numbers, booleans, JSON), `yaml` is a map or list of its own,
 * `block` and `block-strip` are literal blocks with and without a final newline.
 */
export type Node =
  | { readonly kind: 'scalar'; readonly value: string | number | boolean | null; readonly origin?: Origin | undefined }
  | { readonly kind: 'map'; readonly entries: readonly Entry[]; readonly origin?: Origin | undefined }
  | { readonly kind: 'seq'; readonly items: readonly Item[]; readonly origin?: Origin | undefined }
  | {
      readonly kind: 'expr'
      readonly code: Code
      readonly as: 'string' | 'raw' | 'yaml' | 'block' | 'block-strip'
      readonly origin?: Origin | undefined
    }
  | { readonly kind: 'concat'; readonly parts: readonly (string | Code)[]; readonly origin?: Origin | undefined }

/** A pair of a map, a condition around pairs, or pairs that code renders. */
export type Entry =
  | { readonly kind: 'pair'; readonly key: string; readonly value: Node; readonly comment?: string | undefined; readonly origin?: Origin | undefined }
  | { readonly kind: 'if'; readonly condition: Code; readonly body: readonly Entry[]; readonly origin?: Origin | undefined }
  | { readonly kind: 'spread'; readonly code: Code; readonly origin?: Origin | undefined }

/** An item of a list, or a condition around items. */
export type Item =
  | { readonly kind: 'item'; readonly value: Node; readonly origin?: Origin | undefined }
  | { readonly kind: 'if'; readonly condition: Code; readonly body: readonly Item[]; readonly origin?: Origin | undefined }

export function scalar(value: string | number | boolean | null, origin?: Origin): Node {
  return { kind: 'scalar', value, origin }
}

export function expr(code: Code, as: 'string' | 'raw' | 'yaml' | 'block' | 'block-strip' = 'string', origin?: Origin): Node {
  return { kind: 'expr', code, as, origin }
}

export function concat(parts: readonly (string | Code)[], origin?: Origin): Node {
  return { kind: 'concat', parts, origin }
}

/** A pair; a missing value gives no pair, so that optional fields read well. */
export function pair(
  key: string,
  value: Node | string | number | boolean | undefined,
  options: { readonly origin?: Origin | undefined; readonly comment?: string } = {},
): Entry[] {
  if (value === undefined) return []
  const node = typeof value === 'object' ? value : scalar(value)
  return [{ kind: 'pair', key, value: node, origin: options.origin ?? node.origin, comment: options.comment }]
}

/** A map from lists of entries. */
export function map(...entries: readonly (readonly Entry[])[]): Node {
  return { kind: 'map', entries: entries.flat() }
}

/** A list of nodes. */
export function seq(nodes: readonly Node[], origin?: Origin): Node {
  return { kind: 'seq', items: nodes.map((value) => ({ kind: 'item', value, origin: value.origin })), origin }
}

/** A list in which some items are under a condition. */
export function items(...lists: readonly (readonly Item[])[]): Node {
  return { kind: 'seq', items: lists.flat() }
}

/** A node for plain data, as a descriptor holds it. Keys keep their order. */
export function data(value: unknown, origin?: Origin): Node {
  if (Array.isArray(value))
    return seq(
      value.map((item, index) => data(item, origin && [...origin, index])),
      origin,
    )
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).flatMap(([key, item]) => {
      const place = origin && [...origin, key]
      return pair(key, data(item, place), { origin: place })
    })
    return { kind: 'map', entries, origin }
  }
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return scalar(value, origin)
  throw new Error(`bug: ${typeof value} is not data`)
}
