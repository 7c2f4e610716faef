import { existsSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Context } from '../context.ts'
import { UsageFault } from '../diagnostics/index.ts'
import { type Backend, folderBackend, folderSource, httpSource, type Source } from '../repository/index.ts'

export interface IndexFlags {
  readonly yaml?: boolean
  readonly allowForeign: readonly string[]
}

/** Opens a repository that is to be written. */
export function openRepository(where: string, context: Context): Backend {
  if (/^https?:/.test(where))
    throw new UsageFault(`${where} cannot be written to.`, { fix: 'Publish to a folder, and put that where the URL is served from.' })
  const folder = folderOf(where, context)
  return folderBackend(folder, context.display(folder))
}

/** Opens a repository that is only read. */
export function openSource(where: string, context: Context): Source {
  if (/^https?:/.test(where)) return httpSource(where)
  const folder = existingFolder(where, context)
  return folderSource(folder, context.display(folder))
}

/** The folder of a repository that must be there. */
export function existingFolder(where: string, context: Context): string {
  const folder = folderOf(where, context)
  if (!existsSync(folder)) throw new UsageFault(`${where} does not exist.`)
  return folder
}

function folderOf(where: string, { cwd }: Context): string {
  if (/^[A-Za-z][A-Za-z0-9+.-]+:/.test(where) && !where.startsWith('file:'))
    throw new UsageFault(`${where} is not a kind of repository that addonsmith knows.`, { fix: 'Name a folder.' })
  const folder = where.startsWith('file:') ? fileURLToPath(where) : resolve(cwd, where)
  if (existsSync(folder) && !statSync(folder).isDirectory()) throw new UsageFault(`${where} is not a folder.`)
  return folder
}

/** URLs of `--allow-foreign`, which must be such. */
export function indexOptions({ yaml, allowForeign }: IndexFlags): { readonly format: 'json' | 'yaml'; readonly allowForeign: readonly string[] } {
  for (const url of allowForeign) if (!URL.canParse(url)) throw new UsageFault(`--allow-foreign ${url} is not a URL.`)
  return { format: yaml === true ? 'yaml' : 'json', allowForeign }
}
