import pc from 'picocolors'
import { catalogue, codeFrame, type Diagnostic, type Severity, visible } from '../../diagnostics/index.ts'
import type { Run } from './run.ts'
import { summarize } from './summary.ts'

/** Findings for people: each with the line it is about and what to do. What a command made is said in `lines`, on its own. */
export function text(run: Run, colors = false): string {
  const color = pc.createColors(colors)
  const summary = [summarize(run.diagnostics), ...run.notes].filter((part) => part !== '').join(', ')
  const rows = [
    ...run.diagnostics.map((diagnostic) => formatDiagnostic(diagnostic, color, run.readSource)),
    ...run.notChecked.map((what) => `${color.yellow('not checked')} ${visible(what)}`),
    ...(summary === '' ? [] : [summary]),
  ]
  return rows.map((row) => `${row}\n`).join('')
}

type Colors = ReturnType<typeof pc.createColors>

function formatDiagnostic(diagnostic: Diagnostic, color: Colors, readSource: Run['readSource']): string {
  const { code, severity, message, place, hint, related = [] } = diagnostic
  const paint: Record<Severity, (text: string) => string> = { error: color.red, warning: color.yellow, info: color.cyan }
  const where = place === undefined ? '' : `${visible(place.file)}:${place.line}:${place.column} `
  const rows = [`${where}${paint[severity](severity)} ${color.bold(code)} ${visible(message)}`]
  if (severity !== 'info') {
    const source = place === undefined ? undefined : readSource(place.file)
    if (place !== undefined && source !== undefined) rows.push(indent(codeFrame(source, place.line, place.column)))
    rows.push(`    hint: ${visible(hint ?? catalogue[code].fix)}`)
    for (const other of related) rows.push(`    ${visible(other.place.file)}:${other.place.line}:${other.place.column} ${visible(other.message)}`)
  }
  return rows.filter((row) => row !== '').join('\n')
}

function indent(text: string): string {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => `    ${line}`)
    .join('\n')
}
