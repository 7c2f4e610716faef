import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type ReadModel, releasesOf } from '../apimodel/index.ts'
import { suggest, UsageFault } from '../diagnostics/index.ts'
import { modelReader } from '../load/index.ts'
import type { FileTree } from '../tree/index.ts'
import { inspect, write } from '../write/index.ts'
import { packageFile } from './package-root.ts'
import type { Session } from './session.ts'

/** The API model that comes with addonsmith, or the one in a folder that `schema import` wrote. */
export function chooseModel(folder: string | undefined, cwd: string): ReadModel {
  if (folder === undefined) return modelReader(packageFile('schemas', 'kubeblocks'))
  const path = resolve(cwd, folder)
  if (!existsSync(join(path, 'index.json')))
    throw new UsageFault(`--api ${folder}: there is no API model.`, { fix: 'Name a folder that addonsmith schema import wrote.' })
  return modelReader(path)
}

/** The releases of a model that are named on the command line, separated by commas, or all. */
export function chooseModelReleases(text: string, read: ReadModel, from = '--kubeblocks'): readonly string[] {
  const known = releasesOf(read)
  if (text === 'all') return known
  return text.split(',').map((name) => {
    if (known.includes(name.trim())) return name.trim()
    throw new UsageFault(`${from} ${name}: the API model does not hold it.`, { fix: suggest(name, known) })
  })
}

/** A folder of generated files, as it is to be written. */
export interface PlannedFolder {
  /** What it is, for the report. */
  readonly subject: string
  readonly kubeblocks: string
  readonly folder: string
  readonly tree: FileTree
}

/** Writes folders, all or none of them: a folder that was edited by hand stops everything. Returns the lines that say what happened. */
export function writeFolders(session: Session, folders: readonly PlannedFolder[]): readonly string[] {
  const { context } = session
  const planned = folders.map((one) => ({ ...one, target: inspect(resolve(context.cwd, one.folder), one.tree, context) }))
  for (const { target } of planned) {
    for (const path of target.edited) {
      context.report({
        code: 'write/edited',
        message: `${path} is not as it was generated: it was changed or added by hand.`,
        place: { file: `${context.display(target.path)}/${path}`, line: 1, column: 1 },
        hint: 'delete the folder, or choose another with --out',
      })
    }
  }
  if (session.sink.has('error')) return ['nothing was written']
  return planned.map(({ subject, kubeblocks, tree, target }) => {
    const changed = target.changes.length > 0
    if (changed) write(target, tree)
    const path = context.display(target.path)
    session.results.push({ subject, kubeblocks, state: changed ? 'written' : 'unchanged', path, files: tree.size, changes: [...target.changes] })
    return `${subject} of KubeBlocks ${kubeblocks}: ${changed ? 'written' : 'unchanged'}, ${tree.size} file${tree.size === 1 ? '' : 's'} in ${path}`
  })
}
