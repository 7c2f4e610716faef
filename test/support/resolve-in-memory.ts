import { createSink, type Diagnostic } from '../../src/diagnostics/index.ts'
import { parseYaml } from '../../src/load/index.ts'
import type { ResolvedAddon } from '../../src/model/addon.ts'
import { resolve } from '../../src/resolve/index.ts'
import { validate } from '../../src/validate/index.ts'
import { memoryFolder } from './memory-folder.ts'

/** Resolves a descriptor in memory; `addon` is there when it follows the schema. */
export function resolveInMemory(
  descriptor: string | object,
  files: Readonly<Record<string, string>> = {},
): { readonly addon: ResolvedAddon | undefined; readonly diagnostics: readonly Diagnostic[] } {
  const sink = createSink()
  const text = typeof descriptor === 'string' ? descriptor : JSON.stringify(descriptor, null, 1)
  const parsed = parseYaml('addon.yaml', text)
  const source = { file: 'addon.yaml', folder: memoryFolder(files), value: parsed.value, locate: parsed.locate }
  const valid = validate(source, sink.report)
  return { addon: valid === undefined ? undefined : resolve(valid, source, sink.report), diagnostics: sink.all() }
}
