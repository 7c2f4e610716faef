import { cpSync, existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { sha256 } from '../../src/tree/index.ts'
import { BASE } from '../cases/transcript.ts'
import { createWorkspace, type Workspace } from '../support/workspace.ts'

/** Where the charts of the workspace are. */
export const OUT: string = 'dist/charts/0.6'
/** The command that writes them. */
export const BUILD: readonly string[] = ['build', '--no-helm', '--kubeblocks', '0.6']

/** A workspace with the good addon of the transcripts. */
export function createBase(): Workspace {
  const workspace = createWorkspace()
  cpSync(BASE, workspace.path, { recursive: true })
  return workspace
}

/** Gives the addon another description, and says which chart is meant. */
export function describeAs({ path, write }: Workspace, text: string): void {
  const file = 'addons/tiny/addon.yaml'
  write(file, readFileSync(join(path, file), 'utf8').replace(/^description: .*$/m, `description: ${text}`))
}

/** Digest of all names, bytes and kinds below a folder; empty when it is not there. */
export function digest(folder: string): string {
  if (!existsSync(folder)) return ''
  const rows = readdirSync(folder, { recursive: true, withFileTypes: true }).map((entry) => {
    const file = join(entry.parentPath, entry.name)
    return `${file.slice(folder.length)} ${entry.isFile() ? sha256(readFileSync(file)) : entry.isDirectory() ? 'folder' : 'other'}`
  })
  return sha256(Buffer.from(rows.sort().join('\n')))
}

/** The chart of a description, built by itself. */
export function digestOf(text: string): string {
  const workspace = createBase()
  describeAs(workspace, text)
  expect(workspace.run(BUILD).exitCode).toBe(0)
  return digest(join(workspace.path, OUT, 'tiny'))
}
