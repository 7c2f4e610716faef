import { isAbsolute, relative, resolve, sep } from 'node:path'
import { pathToFileURL } from 'node:url'

/** Paths as they are shown in the current folder, seen from a root: relative with `/`, or absolute where they lie outside. */
export function pathsFrom(root: string, cwd: string): (shown: string) => string {
  return (shown) => {
    const path = resolve(cwd, shown)
    const way = relative(root, path)
    if (way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way)) return path
    return way === '' ? '.' : way.split(sep).join('/')
  }
}

/** Whether a path from `pathsFrom` lies below the root. */
export function isInside(path: string): boolean {
  return !isAbsolute(path)
}

/** The URI reference of a path from `pathsFrom`: everything that is not a letter, a digit or harmless is percent-encoded. */
export function uriOf(path: string): string {
  if (isInside(path)) return path.toWellFormed().split('/').map(encodeURIComponent).join('/')
  return pathToFileURL(path.toWellFormed()).href
}
