import { catalogue, type Diagnostic } from '../../diagnostics/index.ts'
import { xmlText } from './escape.ts'
import type { Run } from './run.ts'

/** What was looked at, with what was found in it. */
interface Suite {
  readonly name: string
  readonly found: Diagnostic[]
}

interface Case {
  readonly name: string
  readonly outcome: 'passed' | 'failed' | 'skipped'
  /** The element inside, if any. */
  readonly body: string
}

/** JUnit XML: a suite for each subject, a case for each code found in it. Findings that do not fail the run are output of a case that passes. */
export function junit(run: Run): string {
  const suites = suitesOf(run).map(({ name, found }) => ({ name, cases: casesOf(run, found) }))
  if (run.notChecked.length > 0) suites.push({ name: 'not checked', cases: run.notChecked.map(skipped) })
  const all = suites.flatMap(({ cases }) => cases)
  const rows = suites.map(({ name, cases }) =>
    [
      `  <testsuite name="${xmlText(name)}" ${counts(cases)}>`,
      ...cases.map(
        (one) => `    <testcase classname="${xmlText(name)}" name="${xmlText(one.name)}"${one.body === '' ? '/>' : `>${one.body}</testcase>`}`,
      ),
      '  </testsuite>',
    ].join('\n'),
  )
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="addonsmith ${xmlText(run.command)}" ${counts(all)}>`,
    ...rows,
    '</testsuites>',
    '',
  ].join('\n')
}

function counts(cases: readonly Case[]): string {
  const count = (outcome: Case['outcome']) => cases.filter((one) => one.outcome === outcome).length
  return `tests="${cases.length}" failures="${count('failed')}" errors="0" skipped="${count('skipped')}"`
}

/** Each subject, then each file that belongs to none. */
function suitesOf(run: Run): readonly Suite[] {
  const suites = new Map<string, Suite>()
  const suite = (name: string): Suite => {
    const known = suites.get(name) ?? { name, found: [] }
    suites.set(name, known)
    return known
  }
  const folders = run.results.map(({ subject, kubeblocks }) => {
    const name = kubeblocks === undefined ? subject : `${subject} (KubeBlocks ${kubeblocks})`
    suite(name)
    return { subject, name }
  })
  for (const diagnostic of run.diagnostics) {
    const file = diagnostic.place?.file
    const holders = folders.filter(({ subject }) => file !== undefined && holds(subject, file)).sort((a, b) => b.subject.length - a.subject.length)
    suite(holders[0]?.name ?? file ?? `addonsmith ${run.command}`).found.push(diagnostic)
  }
  return [...suites.values()]
}

function holds(subject: string, file: string): boolean {
  return file === subject || file.startsWith(`${subject}/`) || (subject === '.' && !file.startsWith('/') && !file.startsWith('../'))
}

function casesOf(run: Run, found: readonly Diagnostic[]): readonly Case[] {
  if (found.length === 0) return [{ name: run.command, outcome: 'passed', body: '' }]
  const groups = new Map<string, Diagnostic[]>()
  for (const one of found) {
    const key = `${one.severity} ${one.code}`
    const group = groups.get(key) ?? []
    group.push(one)
    groups.set(key, group)
  }
  return [...groups.values()].flatMap((group): readonly Case[] => {
    const [first] = group
    if (first === undefined) return []
    const text = group.map((one) => xmlText(lineOf(one))).join('\n')
    if (!run.failing.includes(first.severity)) return [{ name: first.code, outcome: 'passed', body: `<system-out>${text}</system-out>` }]
    const message = xmlText(group.length === 1 ? first.message : `${group.length} findings: ${catalogue[first.code].title}`)
    return [{ name: first.code, outcome: 'failed', body: `<failure type="${xmlText(first.code)}" message="${message}">${text}</failure>` }]
  })
}

/** A finding on one line; it begins with its severity, so that no path begins a line. */
function lineOf({ code, severity, message, place, hint }: Diagnostic): string {
  const where = place === undefined ? '' : ` ${place.file}:${place.line}:${place.column}`
  return `${severity}${where} ${message}${severity === 'info' ? '' : ` Hint: ${hint ?? catalogue[code].fix}`}`
}

function skipped(what: string): Case {
  return { name: what, outcome: 'skipped', body: `<skipped message="${xmlText(what)}"/>` }
}
