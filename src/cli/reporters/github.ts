import { catalogue, countSeverities, type Diagnostic, type Severity } from '../../diagnostics/index.ts'
import { inert, plain, workflowMessage, workflowProperty } from './escape.ts'
import { isInside } from './paths.ts'
import type { Run } from './run.ts'
import { summarize } from './summary.ts'

/** GitHub shows this many annotations of each level for a step; the others are in the log only. */
const SHOWN = 10

const COMMANDS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'notice' }

/** Workflow commands of GitHub, which annotate the changed files; the worst first, because only some are shown. */
export function github(run: Run): string {
  const counts = countSeverities(run.diagnostics)
  const severities = ['error', 'warning', 'info'] as const
  const most = Math.max(...severities.map((severity) => counts[severity]))
  const summary = summarize(run.diagnostics)
  const rows = [
    ...severities.flatMap((severity) => run.diagnostics.filter((one) => one.severity === severity).map((one) => annotation(run, one))),
    ...run.notChecked.map((what) => `::notice title=not checked::${workflowMessage([what])}`),
    ...run.lines.map((line) => inert(plain(line))),
    ...(summary === '' ? [] : [summary]),
    ...(most > SHOWN ? [`GitHub shows ${SHOWN} annotations of a level for each step; this log has all.`] : []),
  ]
  return rows.map((row) => `${row}\n`).join('')
}

function annotation(run: Run, { code, severity, message, place, hint }: Diagnostic): string {
  const file = place === undefined ? undefined : run.fromRoot(place.file)
  const known = place !== undefined && file !== undefined && isInside(file)
  const properties = known ? [`file=${workflowProperty(file)}`, `line=${place.line}`, `col=${place.column}`] : []
  const where = known || place === undefined ? '' : `${place.file}:${place.line}:${place.column} `
  const lines = [`${where}${message}`, ...(severity === 'info' ? [] : [`hint: ${hint ?? catalogue[code].fix}`])]
  return `::${COMMANDS[severity]} ${[...properties, `title=${workflowProperty(code)}`].join(',')}::${workflowMessage(lines)}`
}
