import { lstatSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { errnoOf } from '../diagnostics/index.ts'

/** Why a file of an addon cannot be used. */
export type FileProblem = 'missing' | 'dangling' | 'outside' | 'not-a-file' | 'unreadable'

/** The folder of one addon: all that a chart is made from. Paths are relative, with forward slashes. */
export interface AddonFolder {
  /** The path as the user would write it, for messages. */
  display(path: string): string
  /** The bytes of a file, or why they cannot be used. Links are followed only inside the folder. */
  read(path: string): Uint8Array | FileProblem
  /** Names in a folder of the addon, sorted by code point; none when it does not exist. */
  list(path: string): readonly string[]
}

/** An addon folder on disk. `shown` is its path as the user would write it. */
export function openFolder(root: string, shown: string): AddonFolder {
  const realRoot = realpathSync(root)
  const inside = (path: string): boolean => {
    const way = relative(realRoot, path)
    return way === '' || !(way === '..' || way.startsWith(`..${sep}`) || way.startsWith('/') || /^[A-Za-z]:/.test(way))
  }
  return {
    display: (path) => (shown === '' || shown === '.' ? path : `${shown}/${path}`),
    read(path) {
      if (!isRelative(path) || !inside(join(realRoot, path))) return 'outside'
      try {
        const real = realpathSync(join(realRoot, path))
        if (!inside(real)) return 'outside'
        if (!statSync(real).isFile()) return 'not-a-file'
        return readFileSync(real)
      } catch (error) {
        const code = errnoOf(error)
        if (code === 'ENOENT' || code === 'ENOTDIR') return danglingLink(join(realRoot, path)) ? 'dangling' : 'missing'
        if (code === 'ELOOP') return 'not-a-file'
        if (code === 'ENAMETOOLONG') return 'missing'
        if (code !== undefined) return 'unreadable'
        throw error
      }
    },
    list(path) {
      if (!isRelative(path) || !inside(join(realRoot, path))) return []
      try {
        if (!inside(realpathSync(join(realRoot, path)))) return []
        return readdirSync(join(realRoot, path)).sort((a, b) => (a < b ? -1 : 1))
      } catch (error) {
        if (errnoOf(error) !== undefined) return []
        throw error
      }
    },
  }
}

/** Whether a path stays below where it starts, as text. NUL, backslashes and drive letters have no place in it. */
function isRelative(path: string): boolean {
  return (
    path !== '' &&
    !path.includes('\0') &&
    !path.includes('\\') &&
    !path.startsWith('/') &&
    !/^[A-Za-z]:/.test(path) &&
    !path.split('/').includes('..')
  )
}

function danglingLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true
}
