import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { CompiledChart } from '../../src/pipeline.ts'
import { compileAddon } from './compile-addon.ts'
import { createWorkspace, ROOT } from './workspace.ts'

/** The Qdrant chart of this project for one release, in memory. */
export async function compileQdrant(kubeblocks = '0.6'): Promise<CompiledChart> {
  const { chart, diagnostics } = await compileAddon(join(ROOT, 'addons/qdrant'), kubeblocks)
  if (chart === undefined) throw new Error(JSON.stringify(diagnostics, null, 2))
  return chart
}

/** Writes a chart to a folder of its own; returns the folder. */
export function chartOnDisk(chart: CompiledChart): string {
  const { path } = createWorkspace()
  const folder = join(path, chart.name)
  for (const [name, { bytes }] of chart.tree) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), bytes)
  }
  return folder
}

/** Copies the Qdrant addon below a folder. */
export function copyQdrant(folder: string): void {
  cpSync(join(ROOT, 'addons/qdrant'), join(folder, 'addons/qdrant'), { recursive: true })
}
