import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The plain files below a folder by path with forward slashes, and everything else below it that is neither file nor folder. */
export interface FolderContent {
  readonly files: ReadonlyMap<string, { readonly bytes: Uint8Array }>
  /** Links, sockets, devices: never followed. */
  readonly others: readonly string[]
}

/** Reads a folder; a folder that does not exist is empty. */
export function readFolder(root: string): FolderContent {
  const files = new Map<string, { readonly bytes: Uint8Array }>()
  const others: string[] = []
  const walk = (folder: string, prefix: string): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = `${prefix}${entry.name}`
      if (entry.isDirectory()) walk(join(folder, entry.name), `${path}/`)
      else if (entry.isFile()) files.set(path, { bytes: readFileSync(join(folder, entry.name)) })
      else others.push(path)
    }
  }
  if (existsSync(root) && lstatSync(root).isDirectory()) walk(root, '')
  return { files, others }
}
