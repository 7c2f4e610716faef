import { existsSync, readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import { inOrder, type Severity, UsageFault } from '../../diagnostics/index.ts'
import type { Config } from '../../generated/config.ts'
import { type Inspected, inspect } from '../../inspect/index.ts'
import { type Baseline, judge, newFindings, readBaseline, readSuppressions, type Suppression, suppress, unusedFinding } from '../../policy/index.ts'
import { findSubjects, type SubjectPath } from '../../subject/index.ts'
import { chooseModel, chooseModelReleases } from '../api-model.ts'
import { readConfig } from '../config.ts'
import { chooseHelm, createSession, type FormatOptions, type Policy, type Session } from '../session.ts'

export interface CheckOptions extends FormatOptions {
  readonly kubeblocks?: string
  readonly helm?: string
  readonly lint: boolean
  readonly jobs?: string
  readonly preset?: 'recommended' | 'strict'
  readonly failOn?: Severity | 'never'
  readonly baselineReport?: string
}

/** `addonsmith check`: descriptors, charts in folders and archives, rendered objects, and folders of them. */
export async function check(paths: readonly string[], options: CheckOptions): Promise<number> {
  const session = createSession()
  const { context } = session
  const { check: config = {} } = await readConfig(session)
  const jobs = chooseJobs(options.jobs)
  const baseline = options.baselineReport === undefined ? undefined : chooseBaseline(options.baselineReport, context.cwd)
  const model = chooseModel(undefined, context.cwd)
  const { kubeblocks } = options
  const named = kubeblocks ?? config.kubeblocks
  const releases =
    named === undefined
      ? undefined
      : chooseModelReleases(named, model, kubeblocks === undefined ? 'check.kubeblocks of addonsmith.config.yaml:' : '--kubeblocks')
  const subjects = findSubjects(paths, context.cwd)
  // Objects that are rendered already need no Helm.
  const helm = subjects.every(({ kind }) => kind === 'manifests') ? undefined : await chooseHelm(session, options.helm)
  const suppressions: Suppression[] = []
  const onFile = (shown: string, text: string) => void suppressions.push(...readSuppressions(shown, text, context.report))
  const lines: string[] = []
  // What was not looked at as a whole, so that suppressions there may be needed all the same.
  const partly: string[] = []
  try {
    const descriptors = subjects.filter(({ kind }) => kind === 'descriptor')
    if (descriptors.length > 0) lines.push(...(await checkDescriptors(session, descriptors, named ?? 'all', helm, onFile)))
    const externals = (config.externals ?? []).map(externalObject)
    const charts = subjects.filter(({ kind }) => kind !== 'descriptor')
    for (const inspected of await inspect(charts, { helm, releases, lint: options.lint, jobs, model, externals }, context, onFile)) {
      session.notChecked.push(...inspected.notChecked)
      if (inspected.notChecked.length > 0) partly.push(inspected.shown)
      const release = inspected.releases.join(', ')
      session.results.push({
        subject: inspected.shown,
        ...(release === '' ? {} : { kubeblocks: release }),
        state: inspected.isChecked ? 'checked' : 'not-checked',
      })
      lines.push(lineOf(inspected))
    }
  } finally {
    helm?.close()
  }
  return session.finish('check', options.format, lines, policyOf(options, config, suppressions, partly, baseline))
}

/** Descriptors are compiled and proved for releases; what that needs is not loaded for charts. */
async function checkDescriptors(
  session: Session,
  subjects: readonly SubjectPath[],
  kubeblocks: string,
  helm: Awaited<ReturnType<typeof chooseHelm>>,
  onFile: (shown: string, text: string) => void,
): Promise<readonly string[]> {
  const [{ makeCharts }, { chooseReleases }, { findDescriptor }] = await Promise.all([
    import('../charts.ts'),
    import('../releases.ts'),
    import('../../load/index.ts'),
  ])
  const releases = chooseReleases(kubeblocks)
  const lines: string[] = []
  for (const { path } of subjects) {
    const shown = session.context.display(path)
    const file = findDescriptor(path)
    if (file !== undefined) onFile(session.context.display(file), readFileSync(file, 'utf8'))
    await makeCharts(session, [path], releases, helm)
    session.results.push({ subject: shown, state: 'checked' })
    lines.push(`${shown}: checked for KubeBlocks ${releases.map(({ version }) => version).join(', ')}`)
  }
  return lines
}

function lineOf({ shown, releases, how, isChecked }: Inspected): string {
  if (!isChecked) return `${shown}: not checked`
  if (releases.length === 0) return `${shown}: checked, without a release of KubeBlocks`
  return `${shown}: checked for KubeBlocks ${releases.join(', ')}${how === undefined ? '' : ` (${how})`}`
}

function policyOf(
  { preset, failOn, kubeblocks, lint }: CheckOptions,
  config: NonNullable<Config['check']>,
  suppressions: readonly Suppression[],
  partly: readonly string[],
  baseline: Baseline | undefined,
): Policy {
  const judgement = { preset: preset ?? config.preset ?? 'recommended', severities: config.severities ?? {} }
  return {
    failOn: failOn ?? config.failOn ?? 'error',
    apply(diagnostics, sink) {
      const { kept, suppressed, unused } = suppress(diagnostics, suppressions)
      // With another release, or without lint, other findings are there.
      const isKnown = ({ codes, file }: Suppression) =>
        kubeblocks === undefined &&
        (lint || !codes.includes('helm/lint')) &&
        !partly.some((subject) => file === subject || file.startsWith(`${subject}/`))
      for (const suppression of unused.filter(isKnown)) sink.report(unusedFinding(suppression))
      const late = sink.all().filter(({ code }) => code === 'check/unused-suppression')
      const judged = judge(inOrder([...kept, ...late]), judgement)
      const shown = baseline === undefined ? judged : newFindings(judged, baseline)
      const known = judged.length - shown.length
      return { diagnostics: shown, notes: [...noteOf(suppressed, 'suppressed'), ...noteOf(known, 'known from the baseline report')] }
    },
  }
}

function noteOf(count: number, what: string): readonly string[] {
  return count === 0 ? [] : [`${count} ${what}`]
}

/** An object of which nothing is known but that it is there. */
function externalObject(text: string): unknown {
  const [kind = '', name = ''] = text.split('/')
  return { kind, metadata: { name } }
}

function chooseJobs(text: string | undefined): number {
  if (text === undefined) return Math.max(1, availableParallelism())
  if (!/^[1-9]\d{0,2}$/.test(text)) throw new UsageFault(`--jobs ${text}: a whole number from 1 to 999 is needed.`)
  return Number(text)
}

function chooseBaseline(file: string, cwd: string): Baseline {
  const path = resolve(cwd, file)
  if (!existsSync(path))
    throw new UsageFault(`--baseline-report ${file}: there is no such file.`, { fix: 'Make one with addonsmith check --format json.' })
  const baseline = readBaseline(readFileSync(path, 'utf8'))
  if (baseline === undefined)
    throw new UsageFault(`--baseline-report ${file} is no report.`, { fix: 'Make one with addonsmith check --format json.' })
  return baseline
}
