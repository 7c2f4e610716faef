import { type Dirent, existsSync, readdirSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { UsageFault } from '../diagnostics/index.ts'
import { findDescriptor } from '../load/index.ts'

/** Something to check: a descriptor, a chart in a folder or an archive, or a file of rendered YAML. */
export interface SubjectPath {
  readonly kind: 'descriptor' | 'folder' | 'archive' | 'manifests'
  /** Absolute. */
  readonly path: string
}

/** Levels of folders that are searched for charts. */
const MAX_DEPTH = 8

/**
 * What the paths of a command line name: a descriptor or its folder, a chart, or a folder in which charts, archives and descriptors lie, at any
 * depth, or else files of rendered objects. Links and hidden folders are not followed there. Sorted within a folder, each subject once. A path with
 * nothing to check is a usage fault.
 */
export function findSubjects(paths: readonly string[], cwd: string): readonly SubjectPath[] {
  const found = new Map<string, SubjectPath>()
  for (const shown of paths) {
    const path = resolve(cwd, shown)
    if (!existsSync(path)) throw new UsageFault(`${shown} does not exist.`)
    const own = classify(path)
    const charts = own === undefined ? searchFolder(path, 0) : [own]
    // Beside charts there are YAML files of all kinds; in a folder without any they are what was meant.
    const subjects = charts.length > 0 ? charts : objectFiles(path)
    if (subjects.length === 0)
      throw new UsageFault(`${shown} is neither an addon nor a chart, and holds none.`, {
        fix: 'An addon has an addon.yaml or addon.ts, a chart has a Chart.yaml or is a .tgz; rendered objects are in a .yaml, or in a folder of such.',
      })
    for (const subject of subjects) found.set(subject.path, subject)
  }
  return [...found.values()]
}

/** Files of rendered objects in a folder, at any depth: the examples of a cluster chart, or an index of Addon objects. */
function objectFiles(folder: string, depth = 0): readonly SubjectPath[] {
  if (depth > MAX_DEPTH || !statSync(folder).isDirectory()) return []
  return visibleEntries(folder).flatMap((entry): readonly SubjectPath[] => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return objectFiles(path, depth + 1)
    return entry.isFile() && /\.ya?ml$/.test(entry.name) ? [{ kind: 'manifests', path }] : []
  })
}

/** What is in a folder, sorted. Hidden and fetched things are left out. */
function visibleEntries(folder: string): readonly Dirent[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !name.startsWith('.') && name !== 'node_modules')
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

function classify(path: string): SubjectPath | undefined {
  if (existsSync(join(path, 'Chart.yaml'))) return { kind: 'folder', path }
  if (statSync(path).isFile()) {
    if (path.endsWith('.tgz')) return { kind: 'archive', path }
    if (/(^|[\\/])addon\.ya?ml$/.test(path) || path.endsWith('.ts')) return { kind: 'descriptor', path }
    return /\.(ya?ml|json)$/.test(path) ? { kind: 'manifests', path } : undefined
  }
  return findDescriptor(path) === undefined ? undefined : { kind: 'descriptor', path }
}

/** Charts, archives and descriptors below a folder. What lies inside a chart belongs to it. */
function searchFolder(folder: string, depth: number): readonly SubjectPath[] {
  if (depth > MAX_DEPTH || !statSync(folder).isDirectory()) return []
  return visibleEntries(folder).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isFile()) return entry.name.endsWith('.tgz') ? [{ kind: 'archive' as const, path }] : []
    if (!entry.isDirectory()) return []
    const own = classify(path)
    return own === undefined ? searchFolder(path, depth + 1) : [own]
  })
}
