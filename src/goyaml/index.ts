import { YamlProblem } from './cursor.ts'
import { Decoder, type DuplicateKey, isMerge, keyOf, type Way } from './decode.ts'
import { type Node, parseYaml } from './parse.ts'

/** The first document of a text, as Helm and kubectl read it. */
export interface YamlDocument {
  /** JSON data; null when there is no document, or it is not YAML. */
  readonly value: unknown
  /** Keys that are in a mapping again: the last one counts. */
  readonly duplicates: readonly DuplicateKey[]
  /** Why it is not YAML that Go takes, and where. */
  readonly problem?: { readonly message: string; readonly offset: number }
}

/** Reads YAML as Go does (go-yaml v2 under sigs.k8s.io/yaml), in time and memory that grow with the text. */
export function readYaml(text: string): YamlDocument {
  try {
    const node = parseYaml(text)
    const decoder = new Decoder()
    const value = node === undefined ? null : decoder.decode(node)
    return { value, duplicates: decoder.duplicates }
  } catch (error) {
    if (!(error instanceof YamlProblem)) throw error
    return { value: null, duplicates: [], problem: { message: error.message, offset: error.offset } }
  }
}

/** Finds the offset of a field's key, or of an item, in a text that was read without a problem; of the deepest that is there. */
export function locateIn(text: string): (path: Way) => number {
  const root = parseYaml(text)
  return (path) => {
    let node: Node | undefined = root
    let offset = root?.offset ?? 0
    for (const step of path) {
      const found: Found | undefined = node === undefined ? undefined : stepInto(node, step)
      if (found === undefined) break
      node = found.node
      offset = found.offset
    }
    return offset
  }
}

interface Found {
  readonly node: Node
  readonly offset: number
}

function stepInto(node: Node, step: string | number): Found | undefined {
  if (node.kind === 'alias') return stepInto(node.target, step)
  if (node.kind === 'sequence') {
    const item = typeof step === 'number' ? node.items[step] : undefined
    return item === undefined ? undefined : { node: item, offset: item.offset }
  }
  if (node.kind !== 'mapping') return undefined
  for (const [key, value] of [...node.pairs].reverse()) {
    const found = isMerge(key) ? stepIntoMerged(value, step) : keyOf(key) === String(step) ? { node: value, offset: key.offset } : undefined
    if (found !== undefined) return found
  }
  return undefined
}

function stepIntoMerged(node: Node, step: string | number): Found | undefined {
  if (node.kind !== 'sequence') return stepInto(node, step)
  for (const item of node.items) {
    const found = stepInto(item, step)
    if (found !== undefined) return found
  }
  return undefined
}
