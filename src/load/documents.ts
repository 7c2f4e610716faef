import { type Document, isAlias, isMap, isScalar, isSeq, parseAllDocuments } from 'yaml'
import type { Finding, Locate, Path, Place } from '../diagnostics/index.ts'
import { placesIn } from './line-places.ts'

/** One document of a file. */
export interface LoadedDocument {
  readonly value: unknown
  readonly locate: Locate
}

/**
 * Reads a file of Kubernetes objects: YAML of several documents, or JSON. Kubernetes reads YAML 1.1, so this does.
 * Findings of a document leave the others alone.
 */
export function parseDocuments(file: string, text: string): { readonly documents: readonly LoadedDocument[]; readonly findings: readonly Finding[] } {
  const at = placesIn(file, text)
  const findings: Finding[] = []
  const documents: LoadedDocument[] = []
  const parsed = compose(text)
  if (parsed === undefined)
    findings.push({ code: 'load/too-large', message: 'The file nests too deeply to be read.', place: at(0), hint: 'nest less' })
  for (const document of parsed ?? []) {
    const [error] = document.errors
    // How deep the parser comes depends on the machine, so the place is that of the document.
    const deep = document.errors.some(({ message }) => message.startsWith('Maximum call stack'))
    if (error !== undefined && !deep) {
      const message = error.message.split('\n')[0] ?? error.message
      findings.push({ code: 'load/yaml', message: /[.!?]$/.test(message) ? message : `${message}.`, place: at(error.pos[0]) })
      continue
    }
    const value = deep ? undefined : dataOf(document)
    if (value === undefined) {
      const message = 'The document nests too deeply, or grows too large by aliases.'
      findings.push({ code: 'load/too-large', message, place: at(document.range?.[0] ?? 0), hint: 'write out what the aliases stand for' })
    } else if (value.value !== null) documents.push({ value: value.value, locate: (path, which) => locate(document, at, path, which) })
  }
  return { documents, findings }
}

type AnyDocument = Document.Parsed

/** The documents of a text, or nothing when it nests so deeply that the parser runs out of stack. */
function compose(text: string): readonly AnyDocument[] | undefined {
  try {
    const parsed = parseAllDocuments(text, { version: '1.1', merge: true, prettyErrors: false, logLevel: 'error' })
    return Array.isArray(parsed) ? (parsed as readonly AnyDocument[]) : []
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

function dataOf(document: AnyDocument): { readonly value: unknown } | undefined {
  try {
    return { value: document.toJS({ maxAliasCount: 1000 }) as unknown }
  } catch (error) {
    if (error instanceof RangeError || error instanceof ReferenceError) return undefined
    throw error
  }
}

/** The place of a path, or of the closest parent that is there. */
function locate(document: AnyDocument, at: (offset: number) => Place, path: Path, which: 'key' | 'value' = 'value'): Place {
  let node: unknown = document.contents
  let offset = document.contents?.range?.[0] ?? 0
  for (const [index, step] of path.entries()) {
    if (isAlias(node)) node = node.resolve(document)
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === step)
      if (pair === undefined) break
      const key = isScalar(pair.key) ? pair.key.range?.[0] : undefined
      const value = isMap(pair.value) || isSeq(pair.value) || isScalar(pair.value) || isAlias(pair.value) ? pair.value : undefined
      offset = (which === 'key' && index === path.length - 1 ? key : value?.range?.[0]) ?? key ?? offset
      node = value
    } else if (isSeq(node) && typeof step === 'number') {
      const item = node.items[step]
      if (!(isMap(item) || isSeq(item) || isScalar(item) || isAlias(item))) break
      offset = item.range?.[0] ?? offset
      node = item
    } else break
  }
  return { ...at(offset), path }
}
