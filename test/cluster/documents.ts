import { parseDocument } from 'yaml'
import { at } from '../../src/objects/index.ts'

/** An object as it was printed, and read. */
export interface Printed {
  readonly text: string
  readonly object: unknown
}

/** The documents of a manifest, each as the text that it is: what is sent to a server must not be made better by reading it before. */
export function documentsOf(manifest: string): readonly Printed[] {
  return manifest
    .split(/^---.*$/m)
    .map((text) => ({ text, object: parseDocument(text, { version: '1.1', merge: true, uniqueKeys: false }).toJS() as unknown }))
    .filter(({ object }) => typeof object === 'object' && object !== null)
}

/** `ComponentDefinition qdrant-0.1.0`, for messages. */
export function nameOf(object: unknown): string {
  return `${at(object, 'kind')} ${at(object, 'metadata', 'name')}`
}

/** Paths at which an object does not have what another has. The server may add fields, not change or drop any. */
export function missing(wanted: unknown, live: unknown, path = ''): readonly string[] {
  if (Array.isArray(wanted)) {
    if (!Array.isArray(live) || live.length !== wanted.length) return [path]
    return wanted.flatMap((item, index) => missing(item, live[index], `${path}[${index}]`))
  }
  if (typeof wanted !== 'object' || wanted === null) return wanted === live ? [] : [path]
  return Object.entries(wanted).flatMap(([key, item]) => missing(item, at(live, key), `${path}.${key}`))
}
