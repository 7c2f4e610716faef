import { setTimeout as sleep } from 'node:timers/promises'
import { Fault, type Finding } from '../diagnostics/index.ts'
import { decodeUtf8 } from '../load/decode.ts'
import { ABSENT, type Backend, type Source } from './backend.ts'
import { type ChartIndex, EMPTY_INDEX, entryOf } from './chart-index.ts'
import { type readIndex, readWrittenIndex } from './read-index.ts'
import { localPath } from './urls.ts'
import { type IndexFormat, writeIndex } from './write-index.ts'

/** How indexes are read and written. */
export interface IndexOptions {
  readonly format: IndexFormat
  /** URLs below which packages may lie outside the repository. */
  readonly allowForeign: readonly string[]
}

/** An index that was read, or what is wrong with it. Nothing is there when there is no file. */
export type ChannelIndex =
  | { readonly index: ChartIndex; readonly tag: string; readonly findings: readonly Finding[] }
  | { readonly index: undefined; readonly findings: readonly Finding[] }

/** Bytes of an index that are read: 400,000 entries. */
const MAX_INDEX = 256 * 1024 * 1024
/** How long an index is tried to be changed while others change it, in milliseconds. */
const PATIENCE = 300_000

/** The index of a channel, a folder of the repository; of the repository itself for `''`. */
export function indexPath(channel: string): string {
  return channel === '' ? 'index.yaml' : `${channel}/index.yaml`
}

/** Reads the index of a channel. `readIndex` in place of the quick way looks at every entry. */
export async function readChannel(
  source: Source,
  channel: string,
  allowForeign: readonly string[],
  read: typeof readIndex = readWrittenIndex,
): Promise<ChannelIndex> {
  const path = indexPath(channel)
  const stored = await source.read(path, MAX_INDEX)
  if (stored === undefined) return { index: EMPTY_INDEX, tag: ABSENT, findings: [] }
  const file = `${source.shown}/${path}`
  const text = decodeUtf8(stored.bytes)
  if (text === undefined)
    return { index: undefined, findings: [{ code: 'repository/index', message: 'The index is not UTF-8.', place: { file, line: 1, column: 1 } }] }
  const { index, findings } = read(text, { file, allowForeign })
  return index === undefined ? { index, findings } : { index, findings, tag: stored.tag }
}

/**
 * Changes the index of a channel so that nothing that others write meanwhile is lost: reads it, lets `change` make another of it, and writes that only
 * if the file is still what was read; else all over again, with growing pauses of chance. `change` returns what it was given when there is nothing to do,
 * or nothing when it must not be written. `before` is what was read already: whether it is still so is seen when writing. Returns what is wrong with the index as it is there.
 */
export async function changeChannel(
  backend: Backend,
  channel: string,
  options: IndexOptions,
  change: (index: ChartIndex) => ChartIndex | undefined,
  before?: ChannelIndex,
): Promise<readonly Finding[]> {
  let known = before
  const until = Date.now() + PATIENCE
  for (let pause = 10; Date.now() < until; pause = Math.min(pause * 2, 500)) {
    const read = known ?? (await readChannel(backend, channel, options.allowForeign))
    known = undefined
    if (read.index === undefined) return read.findings
    const changed = change(read.index)
    if (changed === undefined || changed === read.index) return []
    if (await backend.writeIfUnchanged(indexPath(channel), writeIndex(changed, options.format, options.allowForeign), read.tag)) return []
    await sleep(pause * (0.5 + Math.random()))
  }
  throw new Fault(`${backend.shown}/${indexPath(channel)} is being changed by others all the time.`, {
    fix: 'Run the same command again; it goes on where it stopped.',
  })
}

/** The paths in the repository of all packages that an index lists. */
export function listedPaths(index: ChartIndex, channel: string): ReadonlySet<string> {
  const paths = new Set<string>()
  for (const versions of index.charts.values())
    for (const stored of versions.all)
      for (const url of entryOf(stored).urls) {
        const path = localPath(url)
        if (path !== undefined) paths.add(channel === '' ? path : `${channel}/${path}`)
      }
  return paths
}
