import { catalogue, type Diagnostic, type Severity } from '../../diagnostics/index.ts'
import { markdownFence, markdownText } from './escape.ts'
import type { Run } from './run.ts'
import { summarize } from './summary.ts'

const TITLES: Readonly<Record<Severity, string>> = { error: 'Errors', warning: 'Warnings', info: 'Notes' }

/** A page, for the summary of a CI step or a comment: how many findings of each code there are, then all of them. */
export function markdown(run: Run): string {
  const summary = summarize(run.diagnostics)
  const severities = ['error', 'warning', 'info'] as const
  const groups = severities.map((severity) => ({ severity, found: run.diagnostics.filter((one) => one.severity === severity) }))
  const parts = [
    `## addonsmith ${run.command}: ${summary === '' ? 'no findings' : summary}`,
    ...(summary === '' ? [] : [table(groups.flatMap(({ found }) => found))]),
    ...groups.flatMap(({ severity, found }) =>
      found.length === 0 ? [] : [`### ${TITLES[severity]}`, found.map((one) => item(run, one)).join('\n')],
    ),
    ...(run.notChecked.length === 0 ? [] : ['### Not checked', run.notChecked.map((what) => `- ${markdownText(what)}`).join('\n')]),
    ...(run.lines.length === 0 ? [] : ['### Results', markdownFence(run.lines)]),
  ]
  return `${parts.join('\n\n')}\n`
}

/** A row for each code, in the order of severity, then of the most findings. */
function table(diagnostics: readonly Diagnostic[]): string {
  const counts = new Map<string, number>()
  for (const { severity, code } of diagnostics) {
    const key = `| ${severity} | \`${code}\` | ${markdownText(catalogue[code].title)} |`
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  return ['| severity | code | what | findings |', '|---|---|---|---:|', ...[...counts].map(([key, count]) => `${key} ${count} |`)].join('\n')
}

function item(run: Run, { code, severity, message, place, hint }: Diagnostic): string {
  const where = place === undefined ? '' : `${markdownText(`${run.fromRoot(place.file)}:${place.line}:${place.column}`)} `
  const rows = [`- ${where}\`${code}\` ${markdownText(message)}`]
  if (severity !== 'info') rows.push(`  *Hint:* ${markdownText(hint ?? catalogue[code].fix)}`)
  return rows.join('\\\n')
}
