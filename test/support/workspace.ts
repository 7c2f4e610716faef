import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

/** Root of the project. */
export const ROOT: string = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '')

/** What a command printed and how it ended. */
export interface Run {
  readonly stdout: string
  readonly stderr: string
  readonly exitCode: number | null
}

/** A temporary folder with files, removed when the test ends. */
export interface Workspace {
  readonly path: string
  write(path: string, content: string | Uint8Array): void
  /** Runs the built `addonsmith` in the workspace. */
  run(args: readonly string[], env?: Readonly<Record<string, string>>): Run
}

/** Makes a workspace; `files` are paths with their contents. */
export function createWorkspace(files: Readonly<Record<string, string | Uint8Array>> = {}): Workspace {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'addonsmith-test-')))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  const workspace: Workspace = {
    path,
    write(name, content) {
      mkdirSync(dirname(join(path, name)), { recursive: true })
      writeFileSync(join(path, name), content)
    },
    run(args, env = {}) {
      const { stdout, stderr, status } = spawnSync(process.execPath, [join(ROOT, 'dist/lib/cli.js'), ...args], {
        cwd: path,
        encoding: 'utf8',
        env: { PATH: process.env.PATH ?? '', HOME: path, NO_COLOR: '1', ADDONSMITH_CACHE: join(path, '.no-cache'), ...env },
        timeout: 60_000,
      })
      return { stdout, stderr, exitCode: status }
    },
  }
  for (const [name, content] of Object.entries(files)) workspace.write(name, content)
  return workspace
}
