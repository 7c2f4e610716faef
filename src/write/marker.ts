import type { FileTree } from '../tree/index.ts'
import { sha256 } from '../tree/index.ts'

/** Name of the file that says a folder was made by this tool, and what was in it. */
export const MARKER = '.addonsmith.json'

/** What the marker holds: the digest of every file, so that edits by hand are seen before they are lost. */
export interface Marker {
  readonly generator: 'addonsmith'
  readonly files: Readonly<Record<string, string>>
}

export function markerOf(tree: FileTree): Uint8Array {
  const files = Object.fromEntries([...tree].map(([path, { bytes }]) => [path, sha256(bytes)]))
  const marker: Marker = { generator: 'addonsmith', files }
  return Buffer.from(`${JSON.stringify(marker, null, 2)}\n`)
}

/** Reads a marker; nothing when it is not one of ours. */
export function parseMarker(text: string): Marker | undefined {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null || !('generator' in value) || value.generator !== 'addonsmith') return undefined
    if (!('files' in value) || typeof value.files !== 'object' || value.files === null) return undefined
    return { generator: 'addonsmith', files: value.files as Readonly<Record<string, string>> }
  } catch {
    return undefined
  }
}
