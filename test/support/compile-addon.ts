import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { createSink, type Diagnostic } from '../../src/diagnostics/index.ts'
import { type CompiledChart, compile, generate } from '../../src/pipeline.ts'
import { releases } from '../../src/targets/index.ts'
import { ROOT } from './workspace.ts'

/** What compiling an addon for a release gave. */
export interface CompiledAddonChart {
  readonly chart: CompiledChart | undefined
  /** The chart that makes clusters of it. */
  readonly cluster: CompiledChart | undefined
  readonly diagnostics: readonly Diagnostic[]
}

const FIXTURES = join(ROOT, 'test/fixtures/addons')

/** Folders of all addons there are: the real ones, and those of other shapes that only tests have. */
export const ADDONS: readonly (readonly [name: string, folder: string])[] = [
  ['qdrant', join(ROOT, 'addons/qdrant')],
  ...readdirSync(FIXTURES)
    .sort()
    .map((name) => [name, join(FIXTURES, name)] as const),
]

/** The releases charts are made for. */
export const RELEASES: readonly string[] = releases.map(({ version }) => version)

/** Compiles an addon on disk for a release, in memory. */
export async function compileAddon(folder: string, kubeblocks: string): Promise<CompiledAddonChart> {
  const sink = createSink()
  const context = { report: sink.report, cwd: ROOT, env: {}, display: (path: string) => path, library: '' }
  const addon = await compile(folder, context)
  const release = releases.find(({ version }) => version === kubeblocks)
  const charts = addon === undefined || release === undefined ? undefined : generate(addon, release, sink.report)
  return { chart: charts?.[0], cluster: charts?.[1], diagnostics: sink.all() }
}
