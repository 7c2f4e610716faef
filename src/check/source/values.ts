import {
  type Document,
  type DocumentOptions,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type ParseOptions,
  parseDocument,
  type Scalar,
  type SchemaOptions,
} from 'yaml'
import type { Place } from '../../diagnostics/index.ts'
import { placesIn } from '../../load/index.ts'

/** A value that is no map: what stands at its path, and where. Lists are values of their own, with what they hold. */
export interface ValueLeaf {
  readonly path: readonly string[]
  /** Where the key is. */
  readonly offset: number
  readonly value: unknown
}

/** A scalar as written. */
export interface WrittenScalar {
  readonly path: readonly string[]
  readonly source: string
  readonly isPlain: boolean
  readonly isKey: boolean
  readonly offset: number
}

/** values.yaml. */
export interface ValuesFile {
  readonly text: string
  readonly leaves: readonly ValueLeaf[]
  /** All keys and values, those in lists included. */
  readonly scalars: readonly WrittenScalar[]
  readonly duplicates: readonly { readonly path: readonly string[]; readonly first: number; readonly second: number }[]
  readonly place: (offset: number) => Place
}

/** Go's YAML: 1.1, but a date or `1:30` is a text; the last of equal keys wins. */
const LIKE_HELM: ParseOptions & DocumentOptions & SchemaOptions = {
  version: '1.1',
  uniqueKeys: false,
  merge: true,
  customTags: (tags) => tags.filter((tag) => typeof tag === 'string' || (tag.tag !== 'tag:yaml.org,2002:timestamp' && tag.format !== 'TIME')),
}

/** Reads YAML as Helm does; nothing when it is no YAML. */
export function readYaml(text: string): Document.Parsed | undefined {
  try {
    const document = parseDocument(text, { ...LIKE_HELM, logLevel: 'silent', prettyErrors: false })
    return document.errors.length > 0 ? undefined : document
  } catch (error) {
    // Nested more deeply than the stack holds.
    if (error instanceof RangeError) return undefined
    throw error
  }
}

/** What a YAML text says; nothing when it is no YAML, or its aliases lead nowhere or to too much. */
export function yamlValue(text: string): unknown {
  try {
    return readYaml(text)?.toJS() as unknown
  } catch (error) {
    if (error instanceof ReferenceError || error instanceof RangeError) return undefined
    throw error
  }
}

/** Levels of values that are looked at: more than people write, less than the stack holds. */
const MAX_DEPTH = 64

/** Reads values.yaml; nothing when it is no YAML, which Helm reports. */
export function readValues(text: string): ValuesFile | undefined {
  const document = readYaml(text)
  if (document === undefined) return undefined
  const leaves: ValueLeaf[] = []
  const scalars: WrittenScalar[] = []
  const duplicates: { path: readonly string[]; first: number; second: number }[] = []

  const walk = (node: unknown, path: readonly string[], keyOffset: number, inList: boolean): void => {
    if (path.length > MAX_DEPTH) return
    if (isMap(node)) {
      const seen = new Map<string, number>()
      for (const { key, value } of node.items) {
        if (!isScalar(key)) continue
        const name = nameOfKey(key)
        const offset = key.range?.[0] ?? 0
        // A merge key brings what stands elsewhere.
        if (name === '<<') continue
        const inner = [...path, name]
        scalars.push({ path: inner, source: key.source ?? name, isPlain: key.type === 'PLAIN', isKey: true, offset })
        const first = seen.get(name)
        if (first === undefined) seen.set(name, offset)
        else duplicates.push({ path: inner, first, second: offset })
        walk(value, inner, offset, inList)
      }
      if (node.items.length > 0 || inList) return
    } else if (isSeq(node)) for (const item of node.items) walk(item, path, keyOffset, true)
    else if (isScalar(node))
      scalars.push({ path, source: node.source ?? '', isPlain: node.type === 'PLAIN', isKey: false, offset: node.range?.[0] ?? keyOffset })
    if (!inList && path.length > 0) leaves.push({ path, offset: keyOffset, value: isScalar(node) ? node.value : isAlias(node) ? undefined : node })
  }

  walk(document.contents, [], 0, false)
  return { text, leaves, scalars, duplicates, place: placesIn('values.yaml', text) }
}

/** A key as Helm has it: JSON knows only texts. */
function nameOfKey(key: Scalar): string {
  return String(key.value)
}

/** A path as templates write it. */
export function showPath(path: readonly string[]): string {
  return path.join('.')
}

/** Where what stands at a path of a document begins; 0 when there is nothing. */
export function offsetIn(document: ReturnType<typeof readYaml>, path: readonly string[]): number {
  const node: unknown = document?.getIn(path, true)
  const range = typeof node === 'object' && node !== null && 'range' in node ? node.range : undefined
  const offset: unknown = Array.isArray(range) ? range[0] : undefined
  return typeof offset === 'number' ? offset : 0
}
