import type { AddonFolder } from '../../src/load/index.ts'

/** An addon folder in memory. */
export function memoryFolder(files: Readonly<Record<string, string>> = {}): AddonFolder {
  return {
    display: (path) => path,
    read: (path) => (Object.hasOwn(files, path) ? Buffer.from(files[path] ?? '') : path.includes('..') ? 'outside' : 'missing'),
    list: (path) =>
      Object.keys(files)
        .filter((file) => (path === '.' ? !file.includes('/') : file.startsWith(`${path}/`)))
        .map((file) => (path === '.' ? file : file.slice(path.length + 1)))
        .sort(),
  }
}
