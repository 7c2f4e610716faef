import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createSink } from '../../src/diagnostics/index.ts'
import { type CompiledChart, compile, generate } from '../../src/pipeline.ts'
import { releases } from '../../src/targets/index.ts'
import { createWorkspace, ROOT } from './workspace.ts'

/** The Qdrant chart of this project for one release, in memory. */
export async function compileQdrant(kubeblocks = '0.6'): Promise<CompiledChart> {
  const sink = createSink()
  const context = { report: sink.report, cwd: ROOT, env: {}, display: (path: string) => path, library: '' }
  const addon = await compile(join(ROOT, 'addons/qdrant'), context)
  const release = releases.find(({ version }) => version === kubeblocks)
  const chart = addon === undefined || release === undefined ? undefined : generate(addon, release, sink.report)
  if (chart === undefined) throw new Error(JSON.stringify(sink.all(), null, 2))
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
