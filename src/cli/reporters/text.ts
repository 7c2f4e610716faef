import { readFileSync } from 'node:fs'
import pc from 'picocolors'
import { catalogue, codeFrame, countSeverities, type Diagnostic, type Severity, visible } from '../../diagnostics/index.ts'

/** Prints findings to stderr, and the lines of the result to stdout. */
export function printText(report: {
  readonly diagnostics: readonly Diagnostic[]
  readonly notChecked: readonly string[]
  readonly lines: readonly string[]
  /** What is said of findings that are not shown. */
  readonly notes: readonly string[]
}): void {
  const color = pc.createColors(pc.isColorSupported && process.stderr.isTTY === true)
  const sources = new Map<string, string | undefined>()
  for (const diagnostic of report.diagnostics) process.stderr.write(`${formatDiagnostic(diagnostic, color, sources)}\n`)
  for (const what of report.notChecked) process.stderr.write(`${color.yellow('not checked')} ${what}\n`)
  const summary = [summarize(report.diagnostics), ...report.notes].filter((part) => part !== '').join(', ')
  if (summary !== '') process.stderr.write(`${summary}\n`)
  for (const line of report.lines) process.stdout.write(`${line}\n`)
}

type Colors = ReturnType<typeof pc.createColors>

function formatDiagnostic(diagnostic: Diagnostic, color: Colors, sources: Map<string, string | undefined>): string {
  const { code, severity, message, place, hint, related = [] } = diagnostic
  const paint: Record<Severity, (text: string) => string> = { error: color.red, warning: color.yellow, info: color.cyan }
  const where = place === undefined ? '' : `${visible(place.file)}:${place.line}:${place.column} `
  const rows = [`${where}${paint[severity](severity)} ${color.bold(code)} ${visible(message)}`]
  if (severity !== 'info') {
    const source = place === undefined ? undefined : sourceOf(place.file, sources)
    if (place !== undefined && source !== undefined) rows.push(indent(codeFrame(source, place.line, place.column)))
    rows.push(`    hint: ${visible(hint ?? catalogue[code].fix)}`)
    for (const other of related) rows.push(`    ${visible(other.place.file)}:${other.place.line}:${other.place.column} ${visible(other.message)}`)
  }
  return rows.filter((row) => row !== '').join('\n')
}

/** The text of a file, read once; nothing for what cannot be read (inside an archive, for example). */
function sourceOf(file: string, sources: Map<string, string | undefined>): string | undefined {
  if (!sources.has(file)) {
    try {
      sources.set(file, readFileSync(file, 'utf8').replace(/^\ufeff/, ''))
    } catch {
      sources.set(file, undefined)
    }
  }
  return sources.get(file)
}

function indent(text: string): string {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => `    ${line}`)
    .join('\n')
}

function summarize(diagnostics: readonly Diagnostic[]): string {
  const counts = countSeverities(diagnostics)
  const parts = (['error', 'warning', 'info'] as const)
    .filter((severity) => counts[severity] > 0)
    .map((severity) => `${counts[severity]} ${severity}${counts[severity] === 1 ? '' : 's'}`)
  return parts.join(', ')
}
