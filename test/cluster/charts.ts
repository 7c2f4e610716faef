import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { CompiledChart } from '../../src/pipeline.ts'
import { ADDONS, compileAddon } from '../support/compile-addon.ts'

/** The charts of an addon for a release, compiled in memory. */
export async function chartsOf(folder: string, release: string): Promise<{ readonly addon: CompiledChart; readonly cluster: CompiledChart }> {
  const { chart, cluster, diagnostics } = await compileAddon(folder, release)
  if (chart === undefined || cluster === undefined) throw new Error(`${folder}: ${JSON.stringify(diagnostics)}`)
  return { addon: chart, cluster }
}

/** Copies an addon below a folder, as its next version. */
export function nextVersion(name: string, parent: string, version: string): string {
  const source = ADDONS.find(([one]) => one === name)?.[1] ?? ''
  const folder = join(parent, `${name}-${version}`)
  cpSync(source, folder, { recursive: true })
  const descriptor = join(folder, 'addon.yaml')
  const text = readFileSync(descriptor, 'utf8')
  const next = text.replace(/^version: .*$/m, `version: ${version}`)
  if (next === text) throw new Error(`${descriptor} has no other version`)
  writeFileSync(descriptor, next)
  return folder
}

/** Writes a chart below a folder; returns its folder. */
export function writeChart({ name, version, kubeblocks, tree }: CompiledChart, parent: string): string {
  const folder = join(parent, kubeblocks, `${name}-${version}`)
  for (const [path, { bytes }] of tree) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), bytes)
  }
  return folder
}
