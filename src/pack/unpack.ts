import { gunzipSync } from 'node:zlib'
import { unpackTar } from 'modern-tar'
import { messageOf } from '../diagnostics/index.ts'

const MAX_TOTAL = 100 * 1024 * 1024
const MAX_FILE = 5 * 1024 * 1024

/** The files of a chart archive below its one folder, or why it is refused. Archives are untrusted: only plain files with plain relative paths are taken. */
export async function unpack(archive: Uint8Array): Promise<{ readonly files: ReadonlyMap<string, Uint8Array> } | { readonly problem: string }> {
  const files = new Map<string, Uint8Array>()
  try {
    const entries = await unpackTar(gunzipSync(archive, { maxOutputLength: MAX_TOTAL }))
    let root: string | undefined
    for (const { header, data } of entries) {
      if (header.type === 'directory' || header.type === 'pax-global-header') continue
      const [folder, ...rest] = header.name.split('/')
      const path = rest.join('/')
      if (header.type !== 'file') return { problem: `it holds "${header.name}", which is a ${header.type}` }
      if (
        header.name.includes('\\') ||
        header.name.includes('\0') ||
        folder === '' ||
        folder === undefined ||
        /^[A-Za-z]:/.test(folder) ||
        rest.length === 0 ||
        rest.some((part) => part === '' || part === '.' || part === '..')
      )
        return { problem: `it holds a file with the path "${header.name}"` }
      if (folder === '.' || folder === '..' || (root !== undefined && root !== folder))
        return { problem: `"${header.name}" is not in the folder of the chart` }
      root = folder
      if (header.size > MAX_FILE) return { problem: `"${header.name}" has ${header.size} bytes, more than ${MAX_FILE}` }
      if (files.has(path)) return { problem: `it holds "${header.name}" twice` }
      files.set(path, data ?? new Uint8Array())
    }
  } catch (error) {
    return { problem: messageOf(error) }
  }
  return files.size === 0 ? { problem: 'it is empty' } : { files }
}
