import { gunzipSync } from 'node:zlib'
import { unpackTar } from 'modern-tar'
import { messageOf } from '../diagnostics/index.ts'

/** Limits of Helm: bytes of a chart in all, bytes of one file. */
export const MAX_TOTAL: number = 100 * 1024 * 1024
export const MAX_FILE: number = 5 * 1024 * 1024

/** Largest time that a tar header holds: eleven octal digits. */
const MAX_TIME = 8 ** 11 - 1

/** What an archive holds. */
export interface Unpacked {
  /** The files below the folder of the chart. */
  readonly files: ReadonlyMap<string, Uint8Array>
  /** Name of that folder. */
  readonly root: string
  /** Seconds since 1970 that all files say; nothing when they differ. */
  readonly epoch: number | undefined
}

/** The files of a chart archive below its one folder, or why it is refused. Archives are untrusted: only plain files with plain relative paths are taken. */
export async function unpack(archive: Uint8Array): Promise<Unpacked | { readonly problem: string }> {
  const files = new Map<string, Uint8Array>()
  const times = new Set<number>()
  let root: string | undefined
  try {
    const entries = await unpackTar(gunzipSync(archive, { maxOutputLength: MAX_TOTAL }), { strict: true })
    // Names as file systems compare them that know no case and no composition, each with what it was: a file or a folder.
    const known = new Map<string, 'file' | 'folder'>()
    for (const { header, data } of entries) {
      if (header.type === 'pax-global-header') continue
      if (header.type !== 'file' && header.type !== 'directory') return { problem: `it holds "${header.name}", which is a ${header.type}` }
      const isFile = header.type === 'file'
      const steps = (isFile ? header.name : header.name.replace(/\/$/, '')).split('/')
      if (steps.some((step) => step === '' || step === '.' || step === '..' || /[\p{Cc}\\]/u.test(step)) || /^[A-Za-z]:/.test(header.name))
        return { problem: `it holds a ${isFile ? 'file' : 'folder'} with the path ${JSON.stringify(header.name)}` }
      if ((isFile && steps.length === 1) || (root !== undefined && root !== steps[0]))
        return { problem: `"${header.name}" is not in the folder of the chart` }
      root = steps[0]
      for (let depth = 1; depth <= steps.length; depth++) {
        const name = steps.slice(0, depth).join('/').normalize('NFC').toLowerCase()
        const kind = isFile && depth === steps.length ? 'file' : 'folder'
        if ((known.get(name) ?? kind) !== kind || (kind === 'file' && known.has(name)))
          return { problem: `it holds "${header.name}" twice, or beside a name that is the same to some file systems` }
        known.set(name, kind)
      }
      if (header.size > MAX_FILE) return { problem: `"${header.name}" has ${header.size} bytes, more than ${MAX_FILE}` }
      if (!isFile) continue
      files.set(steps.slice(1).join('/'), data ?? new Uint8Array())
      times.add((header.mtime?.getTime() ?? 0) / 1000)
    }
  } catch (error) {
    return { problem: reasonOf(messageOf(error)) }
  }
  if (files.size === 0 || root === undefined) return { problem: 'it is empty' }
  const [epoch] = times
  const isPlain = times.size === 1 && epoch !== undefined && Number.isInteger(epoch) && epoch >= 0 && epoch <= MAX_TIME
  return { files, root, epoch: isPlain ? epoch : undefined }
}

/** What zlib says of bytes, in words for people. */
function reasonOf(message: string): string {
  if (message === 'incorrect header check') return 'it is not compressed with gzip'
  if (message === 'unexpected end of file') return 'it is cut off'
  if (/^Cannot create a Buffer larger than|maxOutputLength/i.test(message)) return `it unpacks to more than ${MAX_TOTAL} bytes`
  return message
}
