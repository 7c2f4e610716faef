import { createSink, type Diagnostic } from '../../src/diagnostics/index.ts'
import { parseYaml } from '../../src/load/index.ts'
import { type CompiledChart, generate } from '../../src/pipeline.ts'
import { resolve } from '../../src/resolve/index.ts'
import { releases } from '../../src/targets/index.ts'
import { validate } from '../../src/validate/index.ts'
import { memoryFolder } from './memory-folder.ts'

/** What compiling a descriptor in memory gave. `chart` is there when there was no error. */
export interface Compiled {
  readonly chart: CompiledChart | undefined
  /** The chart that makes clusters of it. */
  readonly cluster: CompiledChart | undefined
  readonly diagnostics: readonly Diagnostic[]
}

/** Compiles a descriptor that is a text (YAML) or data for one release, without touching the disk. */
export function compileInMemory(descriptor: string | object, files: Readonly<Record<string, string>> = {}, kubeblocks = '0.6'): Compiled {
  const sink = createSink()
  // JSON is YAML, so data has places too.
  const text = typeof descriptor === 'string' ? descriptor : JSON.stringify(descriptor, null, 1)
  const parsed = parseYaml('addon.yaml', text)
  for (const finding of parsed.findings) sink.report(finding)
  const folder = memoryFolder(files)
  const source = { file: 'addon.yaml', folder, value: parsed.value, locate: parsed.locate }
  const valid = parsed.value === undefined ? undefined : validate(source, sink.report)
  const addon = valid === undefined ? undefined : resolve(valid, source, sink.report)
  const release = releases.find(({ version }) => version === kubeblocks)
  const charts = addon === undefined || release === undefined || sink.has('error') ? undefined : generate({ source, addon }, release, sink.report)
  const [chart, cluster] = charts === undefined || sink.has('error') ? [] : charts
  return { chart, cluster, diagnostics: sink.all() }
}
