import { createHash } from 'node:crypto'
import {
  chmodSync,
  closeSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { errnoOf, Fault, messageOf } from '../diagnostics/index.ts'
import { sha256 } from '../tree/index.ts'
import { ABSENT, type Backend, type Source, type Stored } from './backend.ts'
import { type LockTimes, takeLock } from './lock.ts'

/** Folder of a repository for what is none of its readers' business: the lock, and the journals of releases under way. */
export const OWN_FOLDER = '.addonsmith'

/** Reads a repository in a folder. */
export function folderSource(root: string, shown: string): Source {
  const failed = (what: string, error: unknown): Fault => new Fault(`${shown}/${what} cannot be read: ${messageOf(error)}.`, { cause: error })
  return {
    shown,
    async read(path, maxBytes) {
      try {
        return readStored(join(root, path), maxBytes)
      } catch (error) {
        throw failed(path, error)
      }
    },
    async list(folder) {
      try {
        return listFiles(join(root, folder), folder === '' ? '' : `${folder}/`).sort((a, b) => (a < b ? -1 : 1))
      } catch (error) {
        throw failed(folder, error)
      }
    },
  }
}

/**
 * A repository in a folder: static hosting, GitHub Pages. A file is written where no reader looks and renamed into its place, so that readers see the old or the new one,
 * whole; a lock makes comparing and writing one step.
 */
export function folderBackend(root: string, shown: string, times?: LockTimes): Backend {
  const source = folderSource(root, shown)
  const changing = async <T>(path: string, change: (isHeld: () => boolean) => T): Promise<T> => {
    try {
      makeFolder(root)
      const lock = await takeLock(join(root, OWN_FOLDER, 'lock'), times)
      try {
        return change(lock.isHeld)
      } finally {
        lock.release()
      }
    } catch (error) {
      if (error instanceof Fault) throw error
      const why = errnoOf(error) === 'ENOSPC' ? 'the disk is full' : messageOf(error)
      throw new Fault(`${shown}/${path} cannot be written: ${why}.`, { cause: error, fix: 'What was there is unchanged.' })
    }
  }
  return {
    ...source,
    writeIfUnchanged: (path, bytes, tag) =>
      changing(path, (isHeld) => {
        const file = join(root, path)
        if (tagOf(file) !== tag) return false
        return replaceFile(file, bytes, join(root, OWN_FOLDER, 'new'), isHeld)
      }),
    remove: (path) =>
      changing(path, () => {
        rmSync(join(root, path), { force: true })
        syncFolder(dirname(join(root, path)))
        removeEmpty(root, dirname(path))
      }),
  }
}

/** A plain file with its tag; nothing when there is none. What is no plain file is never followed. */
function readStored(file: string, maxBytes: number): Stored | undefined {
  const stat = lstatSync(file, { throwIfNoEntry: false })
  if (stat === undefined) return undefined
  if (!stat.isFile()) throw new Error('it is no plain file')
  if (stat.size > maxBytes) throw new Error(`it has ${stat.size} bytes, more than ${maxBytes}`)
  const bytes = readFileSync(file)
  return { bytes, tag: sha256(bytes) }
}

/** The tag of a file as it is now, without having it in memory. */
function tagOf(file: string): string {
  if (lstatSync(file, { throwIfNoEntry: false }) === undefined) return ABSENT
  const hash = createHash('sha256')
  const piece = Buffer.alloc(1 << 20)
  const descriptor = openSync(file, 'r')
  try {
    for (let count = readSync(descriptor, piece); count > 0; count = readSync(descriptor, piece)) hash.update(piece.subarray(0, count))
  } finally {
    closeSync(descriptor)
  }
  return hash.digest('hex')
}

/** Puts a file in place so that at every moment, power cuts included, the old or the new one is there. Does not, when the lock was lost meanwhile. */
function replaceFile(file: string, bytes: Uint8Array, fresh: string, isHeld: () => boolean): boolean {
  makeFolder(dirname(file))
  // Whoever holds the lock is alone: what is there was left by a process that was killed.
  rmSync(fresh, { force: true })
  try {
    const descriptor = openSync(fresh, 'wx', 0o644)
    try {
      writeFileSync(descriptor, bytes)
      fsyncSync(descriptor)
    } finally {
      closeSync(descriptor)
    }
    chmodSync(fresh, 0o644)
    if (!isHeld()) return false
    renameSync(fresh, file)
  } finally {
    rmSync(fresh, { force: true })
  }
  syncFolder(dirname(file))
  return true
}

/** Makes a folder and those above it, with one mode under every umask. */
function makeFolder(path: string): void {
  if (statSync(path, { throwIfNoEntry: false }) !== undefined) return
  makeFolder(dirname(path))
  try {
    mkdirSync(path)
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') return
    throw error
  }
  chmodSync(path, 0o755)
  syncFolder(dirname(path))
}

/** Makes a rename last. Where folders cannot be opened (Windows) there is no way to. */
function syncFolder(path: string): void {
  try {
    const descriptor = openSync(path, 'r')
    try {
      fsyncSync(descriptor)
    } finally {
      closeSync(descriptor)
    }
  } catch {
    // The rename itself was made.
  }
}

/** Removes folders in a repository that hold nothing any more. */
function removeEmpty(root: string, folder: string): void {
  if (folder === '.' || folder === OWN_FOLDER) return
  try {
    if (readdirSync(join(root, folder)).length > 0) return
    // Fails when something came meanwhile.
    rmdirSync(join(root, folder))
  } catch {
    return
  }
  removeEmpty(root, dirname(folder))
}

function listFiles(folder: string, prefix: string): string[] {
  if (!lstatSync(folder, { throwIfNoEntry: false })?.isDirectory()) return []
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory()) return listFiles(join(folder, entry.name), `${prefix}${entry.name}/`)
    return entry.isFile() ? [`${prefix}${entry.name}`] : []
  })
}
