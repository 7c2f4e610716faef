import { createHash } from 'node:crypto'
import type { Origin } from '../gotemplate/index.ts'

/** A file of a tree. `origins[i]` is where line `i + 1` comes from in the descriptor. */
export interface TreeFile {
  readonly bytes: Uint8Array
  readonly origins?: readonly (Origin | undefined)[]
}

/** Files by their path with forward slashes, sorted by code point. */
export type FileTree = ReadonlyMap<string, TreeFile>

/** A tree from files in any order. */
export function createTree(files: Iterable<readonly [string, TreeFile]>): FileTree {
  return new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** SHA-256 of bytes, in hexadecimal. */
export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** One difference between two trees. */
export interface Change {
  readonly path: string
  readonly change: 'added' | 'changed' | 'removed'
}

/** What must change to get from one tree to another, by path. */
export function compareTrees(
  from: ReadonlyMap<string, { readonly bytes: Uint8Array }>,
  to: ReadonlyMap<string, { readonly bytes: Uint8Array }>,
): readonly Change[] {
  const changes: Change[] = []
  for (const path of [...new Set([...from.keys(), ...to.keys()])].sort((a, b) => (a < b ? -1 : 1))) {
    const before = from.get(path)
    const after = to.get(path)
    if (before === undefined) changes.push({ path, change: 'added' })
    else if (after === undefined) changes.push({ path, change: 'removed' })
    else if (!Buffer.from(before.bytes).equals(after.bytes)) changes.push({ path, change: 'changed' })
  }
  return changes
}
