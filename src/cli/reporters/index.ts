import pc from 'picocolors'
import { inert } from './escape.ts'
import type { Format } from './formats.ts'
import type { Reporter, Run } from './run.ts'
import { text } from './text.ts'

/** The reporters by format, loaded when they are asked for. `text` is printed on its own: findings and results go different ways. */
const REPORTERS: Readonly<Record<Exclude<Format, 'text'>, () => Promise<Reporter>>> = {
  json: async () => (await import('./json.ts')).json,
  sarif: async () => (await import('./sarif.ts')).sarif,
  junit: async () => (await import('./junit.ts')).junit,
  github: async () => (await import('./github.ts')).github,
  markdown: async () => (await import('./markdown.ts')).markdown,
}

/** Prints a run: as text findings to stderr and results to stdout, else the report to stdout. The only place where reports are written. */
export async function print(run: Run, format: Format): Promise<void> {
  if (format !== 'text') {
    const report = await REPORTERS[format]()
    process.stdout.write(report(run))
    return
  }
  // On runners of GitHub whatever is printed may be a command.
  const safe = process.env.GITHUB_ACTIONS === 'true' ? inert : (printed: string) => printed
  process.stderr.write(safe(text(run, pc.isColorSupported && process.stderr.isTTY === true)))
  for (const line of run.lines) process.stdout.write(`${safe(line)}\n`)
}
