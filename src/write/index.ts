import { existsSync, lstatSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Context } from '../context.ts'
import { errnoOf, Fault, messageOf } from '../diagnostics/index.ts'
import { type Change, compareTrees, type FileTree, sha256 } from '../tree/index.ts'
import { MARKER, markerOf, parseMarker } from './marker.ts'
import { readFolder } from './read-tree.ts'
import { recover, replaceFolder } from './swap.ts'

export { replaceFolder } from './swap.ts'

/** What stands on disk where a chart belongs, and how it differs from the chart. */
export interface Target {
  readonly path: string
  /** What would have to change on disk; nothing when the chart is there already. */
  readonly changes: readonly Change[]
  /** The files on disk, without the marker. */
  readonly current: ReadonlyMap<string, { readonly bytes: Uint8Array }>
  /** Files that are not as they were generated, or were added by hand. */
  readonly edited: readonly string[]
}

/**
 * Looks at the folder a chart belongs in. Mends it first when an earlier run was interrupted.
 * A folder that this tool did not make is a fault: it is never overwritten.
 */
export function inspect(path: string, tree: FileTree, context: Context): Target {
  try {
    return look(path, tree, context)
  } catch (error) {
    if (error instanceof Fault || errnoOf(error) === undefined) throw error
    throw new Fault(`${context.display(path)} cannot be read: ${messageOf(error)}.`, { cause: error })
  }
}

function look(path: string, tree: FileTree, context: Context): Target {
  recover(path)
  const stat = lstatSync(path, { throwIfNoEntry: false })
  if (stat !== undefined && !stat.isDirectory()) throw notOurs(context.display(path), 'it is not a folder')
  const { files, others } = readFolder(path)
  const marker = files.get(MARKER)
  if (files.size + others.length > 0 || (existsSync(path) && readdirSync(path).length > 0)) {
    if (marker === undefined) throw notOurs(context.display(path), `it has no ${MARKER}`)
  }
  const recorded = marker === undefined ? undefined : parseMarker(Buffer.from(marker.bytes).toString('utf8'))
  if (marker !== undefined && recorded === undefined) throw notOurs(context.display(path), `its ${MARKER} is not readable`)
  const current = new Map([...files].filter(([name]) => name !== MARKER))
  const edited = [...current].filter(([name, { bytes }]) => recorded?.files[name] !== sha256(bytes)).map(([name]) => name)
  return {
    path,
    changes: [...compareTrees(current, tree), ...others.map((other) => ({ path: other, change: 'removed' as const }))],
    current,
    edited: [...edited, ...others],
  }
}

/** Writes a chart, whole or not at all. */
export function write(target: Target, tree: FileTree): void {
  replaceFolder(target.path, new Map([...tree, [MARKER, { bytes: markerOf(tree) }]]))
}

function notOurs(path: string, why: string): Fault {
  return new Fault(`${path} was not made by addonsmith (${why}), so it is left alone.`, {
    fix: 'Choose another folder with --out, or remove that one yourself.',
  })
}

/** Where a chart goes: `<out>/<kubeblocks>/<chart>`. */
export function chartFolder(out: string, kubeblocks: string, chart: string): string {
  return join(out, kubeblocks, chart)
}
