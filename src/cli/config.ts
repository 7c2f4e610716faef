import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createSink, UsageFault } from '../diagnostics/index.ts'
import type { Config } from '../generated/config.ts'
import { parseYaml } from '../load/index.ts'
import { findRoot, type Session } from './session.ts'

const NAME = 'addonsmith.config.yaml'

/** The configuration of the repository a command runs in; an empty one when there is none. A wrong one is a usage fault that names all that is wrong. */
export async function readConfig({ context }: Session): Promise<Config> {
  const path = join(findRoot(context.cwd), NAME)
  if (!existsSync(path)) return {}
  const text = readFileSync(path, 'utf8')
  if (text.replace(/^\s*#.*$/gm, '').trim() === '') return {}
  const sink = createSink()
  const parsed = parseYaml(context.display(path), text)
  for (const finding of parsed.findings) sink.report(finding)
  const config = parsed.value === undefined ? undefined : (await import('../validate/config.ts')).validateConfiguration(parsed, sink.report)
  if (config !== undefined && !sink.has('error')) return config
  const lines = sink.all().map(({ place, message, hint }) => {
    const where = place === undefined ? NAME : `${place.file}:${place.line}:${place.column}`
    return `  ${where} ${message}${hint === undefined ? '' : ` (${hint})`}`
  })
  throw new UsageFault(`${NAME} cannot be used:\n${lines.join('\n')}`, { fix: 'docs/check.md describes it.' })
}
