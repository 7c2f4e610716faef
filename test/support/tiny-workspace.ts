import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { listAt } from '../../src/objects/index.ts'
import { createWorkspace, ROOT, type Workspace } from './workspace.ts'

/** A workspace with the addon of the transcripts in it. */
export function tinyWorkspace(): Workspace {
  const workspace = createWorkspace()
  cpSync(join(ROOT, 'test/cases/base'), workspace.path, { recursive: true })
  return workspace
}

/** A report of `--format json`. */
export interface JsonReport {
  readonly exitCode: number
  readonly diagnostics: readonly { readonly code: string; readonly message: string; readonly place?: { readonly file: string } }[]
  readonly results: readonly Readonly<Record<string, unknown>>[]
  readonly summary: { readonly notChecked: readonly string[] }
}

/** Runs a command with `--format json`, and reads what it printed. */
export function runJson(workspace: Workspace, args: readonly string[], env: Readonly<Record<string, string>> = {}): JsonReport {
  const { stdout, stderr } = workspace.run([...args, '--format', 'json'], env)
  if (!stdout.startsWith('{')) throw new Error(stderr)
  const report: unknown = JSON.parse(stdout)
  if (listAt(report, 'results') === undefined) throw new Error(stdout)
  return report as JsonReport
}
