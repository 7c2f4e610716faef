import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, sep } from 'node:path'
import { parseDocument } from 'yaml'
import { invariant } from '../diagnostics/index.ts'
import type { ChartFiles } from './read-chart.ts'

/** A chart on disk as Helm is to take it. */
export interface StagedChart {
  readonly path: string
  remove(): void
}

/** Writes a chart into a folder of its own. Its files are ones that were read: plain, with paths that stay inside, which is made sure of. */
export function stageChart(files: ChartFiles): StagedChart {
  const folder = mkdtempSync(join(tmpdir(), 'addonsmith-chart-'))
  const path = join(folder, 'chart')
  const remove = () => rmSync(folder, { recursive: true, force: true })
  try {
    for (const [file, bytes] of files) {
      const target = join(path, file)
      invariant(target.startsWith(`${path}${sep}`), `${file} stays inside the chart`)
      mkdirSync(dirname(target), { recursive: true })
      writeFileSync(target, bytes)
    }
  } catch (error) {
    remove()
    throw error
  }
  return { path, remove }
}

/** A chart without some of the dependencies that Chart.yaml names, which Helm would not render. */
export function withoutDependencies(files: ChartFiles, indices: readonly number[]): ChartFiles {
  const document = parseDocument(Buffer.from(files.get('Chart.yaml') ?? []).toString('utf8'))
  for (const index of [...indices].sort((a, b) => b - a)) document.deleteIn(['dependencies', index])
  return new Map([...files].filter(([path]) => path !== 'Chart.lock')).set('Chart.yaml', Buffer.from(document.toString()))
}
