import { gzipSync } from 'fflate'
import { packTar } from 'modern-tar'
import { type FileTree, sha256 } from '../tree/index.ts'

/** A packaged chart. */
export interface Archive {
  /** `qdrant-0.1.0.tgz`. */
  readonly name: string
  readonly bytes: Uint8Array
  readonly sha256: string
}

/** 1980-01-01, the first time that every archive format can hold; `SOURCE_DATE_EPOCH` (seconds) takes its place. */
const DEFAULT_EPOCH = 315_532_800

/**
 * Packs a chart as Helm does, with equal bytes for equal files on every machine: sorted entries, one time, one mode, no owner,
 * a gzip header without name, time and system, and a compressor that does not depend on the zlib of the Node at hand.
 */
export async function pack(
  chart: { readonly name: string; readonly version: string },
  tree: FileTree,
  epoch: number = DEFAULT_EPOCH,
): Promise<Archive> {
  const mtime = new Date(epoch * 1000)
  const entries = [...tree].map(([path, { bytes }]) => ({
    header: { name: `${chart.name}/${path}`, size: bytes.length, mode: 0o644, mtime, uid: 0, gid: 0, uname: '', gname: '', type: 'file' as const },
    body: bytes,
  }))
  const bytes = gzipSync(await packTar(entries), { level: 9, mtime: 0 })
  bytes[9] = 255
  return { name: `${chart.name}-${chart.version}.tgz`, bytes, sha256: sha256(bytes) }
}
