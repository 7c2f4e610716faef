import { resolve } from 'node:path'
import { type CompiledChart, compile } from '../../pipeline.ts'
import { explain, type Release } from '../../targets/index.ts'
import { chartFolder, inspect, type Target, write } from '../../write/index.ts'
import { makeCharts } from '../charts.ts'
import { chooseReleases } from '../releases.ts'
import { explanationLines } from '../reporters/explanation.ts'
import { chooseAddons, chooseHelm, createSession, type FormatOptions, type Session } from '../session.ts'

export interface BuildOptions extends FormatOptions {
  readonly kubeblocks: string
  readonly out: string
  readonly check?: boolean
  readonly diff?: boolean
  readonly force?: boolean
  readonly explain?: boolean
  /** A path, false for --no-helm, true when nothing is said. */
  readonly helm?: string | boolean
}

/** `addonsmith build`: all findings first; charts are written only when there is no error. */
export async function build(names: readonly string[], options: BuildOptions): Promise<number> {
  const session = createSession()
  const releases = chooseReleases(options.kubeblocks)
  const paths = chooseAddons(names, session.context.cwd)
  if (options.explain === true) return session.finish('build', options.format, await explainAddons(session, paths, releases))
  const helm = await chooseHelm(session, options.helm === true ? undefined : options.helm)
  try {
    const charts = await makeCharts(session, paths, releases, helm)
    if (session.sink.has('error')) return session.finish('build', options.format, ['nothing was written'])
    const targets = charts.map((chart) => ({
      chart,
      target: inspect(resolve(session.context.cwd, chartFolder(options.out, chart.kubeblocks, chart.name)), chart.tree, session.context),
    }))
    const lines: string[] = []
    if (options.diff === true) lines.push(...(await diffLines(session, targets)))
    if (options.check === true) reportStale(session, targets)
    const dry = options.check === true || options.diff === true
    if (!dry && options.force !== true) reportEdits(session, targets)
    if (session.sink.has('error') && !dry) return session.finish('build', options.format, ['nothing was written'])
    for (const { chart, target } of targets) {
      const changed = target.changes.length > 0
      if (changed && !dry) write(target, chart.tree)
      record(session, chart, target, dry ? (changed ? 'different' : 'unchanged') : changed ? 'written' : 'unchanged')
      if (options.diff !== true) lines.push(summary(session, chart, target, dry, changed))
    }
    const code = await session.finish('build', options.format, lines)
    // --diff by itself only shows.
    return options.check === true || !dry || session.sink.has('error') ? code : 0
  } finally {
    helm?.close()
  }
}

/** What each release makes of the addons, as tables. */
async function explainAddons(session: Session, paths: readonly string[], releases: readonly Release[]): Promise<readonly string[]> {
  const lines: string[] = []
  for (const path of paths) {
    const compiled = await compile(path, session.context)
    if (compiled === undefined) continue
    if (lines.length > 0) lines.push('')
    lines.push(...explanationLines(compiled.addon.name, explain(compiled.addon, releases, compiled.source.locate)))
  }
  return lines
}

interface Planned {
  readonly chart: CompiledChart
  readonly target: Target
}

function record(session: Session, chart: CompiledChart, target: Target, state: 'written' | 'unchanged' | 'different'): void {
  const path = session.context.display(target.path)
  session.results.push({
    subject: chart.name,
    kubeblocks: chart.kubeblocks,
    version: chart.version,
    state,
    path,
    files: chart.tree.size,
    changes: [...target.changes],
  })
}

function summary(session: Session, chart: CompiledChart, target: Target, dry: boolean, changed: boolean): string {
  const what = changed ? (dry ? 'differs' : 'written') : 'unchanged'
  return `${chart.name} ${chart.version} for KubeBlocks ${chart.kubeblocks}: ${what}, ${chart.tree.size} files in ${session.context.display(target.path)}`
}

function reportStale(session: Session, planned: readonly Planned[]): void {
  for (const { chart, target } of planned) {
    if (target.changes.length === 0) continue
    const list = target.changes.map(({ path, change }) => `${path} (${change})`)
    const shown = list.slice(0, 5).join(', ') + (list.length > 5 ? ` and ${list.length - 5} more` : '')
    session.context.report({
      code: 'write/stale',
      message: `The chart ${chart.name} for KubeBlocks ${chart.kubeblocks} in ${session.context.display(target.path)} is not what would be written: ${shown}.`,
    })
  }
}

function reportEdits(session: Session, planned: readonly Planned[]): void {
  for (const { target } of planned) {
    for (const path of target.edited) {
      session.context.report({
        code: 'write/edited',
        message: `${path} is not as it was generated: it was changed or added by hand.`,
        place: { file: `${session.context.display(target.path)}/${path}`, line: 1, column: 1 },
      })
    }
  }
}

/** Unified differences between what is on disk and what would be written. */
async function diffLines(session: Session, planned: readonly Planned[]): Promise<readonly string[]> {
  const { createTwoFilesPatch } = await import('diff')
  const text = (bytes: Uint8Array | undefined) => (bytes === undefined ? '' : Buffer.from(bytes).toString('utf8'))
  return planned.flatMap(({ chart, target }) =>
    target.changes.map(({ path, change }) => {
      const file = `${session.context.display(target.path)}/${path}`
      const before = change === 'added' ? '/dev/null' : `a/${file}`
      const after = change === 'removed' ? '/dev/null' : `b/${file}`
      return createTwoFilesPatch(before, after, text(target.current.get(path)?.bytes), text(chart.tree.get(path)?.bytes)).trimEnd()
    }),
  )
}
