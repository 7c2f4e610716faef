import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import type { Context } from '../context.ts'
import { createSink, type Diagnostic, Fault, type Severity, type Sink, suggest, UsageFault } from '../diagnostics/index.ts'
import type { Result } from '../generated/report.ts'
import { findHelm, type Helm, howToGetHelm, openHelm } from '../helm/index.ts'
import { findDescriptor } from '../load/index.ts'
import { packageFile } from './package-root.ts'
import type { Format } from './reporters/formats.ts'
import { print } from './reporters/index.ts'
import { pathsFrom } from './reporters/paths.ts'
import { VERSION } from './version.ts'

export interface FormatOptions {
  readonly format: Format
}

/** What becomes of findings before they are shown: which of them count, and what is said of those that do not. */
export interface Policy {
  readonly failOn: Severity | 'never'
  apply(diagnostics: readonly Diagnostic[], sink: Sink): { readonly diagnostics: readonly Diagnostic[]; readonly notes: readonly string[] }
}

const EVERYTHING: Policy = { failOn: 'error', apply: (diagnostics) => ({ diagnostics, notes: [] }) }

/** One run of a command: what it works with, and what it found. */
export interface Session {
  readonly context: Context
  readonly sink: Sink
  readonly results: Result[]
  /** What could not be checked, and why. */
  readonly notChecked: string[]
  /** Prints findings and results; returns the exit code. */
  finish(command: string, format: Format, lines?: readonly string[], policy?: Policy): Promise<number>
}

export function createSession(): Session {
  const sink = createSink()
  const cwd = process.cwd()
  const display = (path: string): string => {
    const way = relative(cwd, resolve(cwd, path))
    return (way === '' ? '.' : way.startsWith('..') ? path : way).split(sep).join('/')
  }
  const context: Context = { report: sink.report, cwd, env: process.env, display, library: packageFile('dist', 'lib', 'index.js') }
  const results: Result[] = []
  const notChecked: string[] = []
  return {
    context,
    sink,
    results,
    notChecked,
    async finish(command, format, lines = [], policy = EVERYTHING) {
      const { diagnostics, notes } = policy.apply(sink.all(), sink)
      const failing = failingSeverities(policy.failOn)
      const exitCode = exitCodeOf(diagnostics, results, failing)
      const found = { diagnostics, results, notChecked, lines, notes, failing }
      await print({ command, exitCode, version: VERSION, ...found, fromRoot: pathsFrom(findRoot(cwd), cwd), readSource: sourceReader() }, format)
      return exitCode
    },
  }
}

/** Reads the text of files once each; nothing for what cannot be read (inside an archive, for example). */
function sourceReader(): (file: string) => string | undefined {
  const sources = new Map<string, string | undefined>()
  return (file) => {
    if (!sources.has(file)) {
      try {
        // A pipe would never end, what a link leads to is not what is wrong, and a package is no text.
        const isText = lstatSync(file).isFile() && !file.endsWith('.tgz')
        sources.set(file, isText ? readFileSync(file, 'utf8').replace(/^\ufeff/, '') : undefined)
      } catch {
        sources.set(file, undefined)
      }
    }
    return sources.get(file)
  }
}

/** Severities from the least on. */
const SEVERITIES: readonly Severity[] = ['info', 'warning', 'error']

function failingSeverities(failOn: Policy['failOn']): readonly Severity[] {
  return failOn === 'never' ? [] : SEVERITIES.slice(SEVERITIES.indexOf(failOn))
}

function exitCodeOf(diagnostics: readonly Diagnostic[], results: readonly Result[], failing: readonly Severity[]): number {
  return diagnostics.some(({ severity }) => failing.includes(severity)) || results.some(({ state }) => state === 'different') ? 1 : 0
}

/** Folder that everything of a repository lies in: the nearest with addonsmith.config.yaml or addons/, else the current one. */
export function findRoot(cwd: string): string {
  for (let folder = cwd; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'addonsmith.config.yaml')) || existsSync(join(folder, 'addons'))) return folder
    if (dirname(folder) === folder) return cwd
  }
}

/** Folders or files of the addons named on the command line; all below addons/ when none is. */
export function chooseAddons(names: readonly string[], cwd: string): readonly string[] {
  const addons = join(findRoot(cwd), 'addons')
  const known = existsSync(addons)
    ? readdirSync(addons, { withFileTypes: true })
        .filter((entry) => entry.isDirectory() && findDescriptor(join(addons, entry.name)) !== undefined)
        .map((entry) => entry.name)
        .sort((a, b) => (a < b ? -1 : 1))
    : []
  if (names.length === 0) {
    if (known.length === 0)
      throw new UsageFault('There are no addons here.', { fix: 'Name a descriptor, or run in a repository that has a folder addons/.' })
    return known.map((name) => join(addons, name))
  }
  return [...new Set(names)].map((name) => {
    if (known.includes(name)) return join(addons, name)
    if (findDescriptor(resolve(cwd, name)) !== undefined) return resolve(cwd, name)
    if (existsSync(resolve(cwd, name))) throw new UsageFault(`${name} holds no descriptor.`, { fix: 'A descriptor is named addon.yaml or addon.ts.' })
    throw new UsageFault(`There is no addon "${name}".`, { fix: suggest(name, known) })
  })
}

/** The Helm to prove charts with. No Helm is a fault, unless `--no-helm` was given, which is said in the report. */
export async function chooseHelm(session: Session, option: string | false | undefined): Promise<Helm | undefined> {
  if (option === false) {
    session.notChecked.push('Helm was not run (--no-helm): charts were not rendered, linted and checked')
    return undefined
  }
  const found = findHelm(option, session.context.env)
  if (found === undefined) throw new Fault('There is no Helm on this machine.', { fix: howToGetHelm() })
  const helm = await openHelm(found, session.context)
  void helm.version.then(
    ({ number, supported }) => {
      if (!supported) process.stderr.write(`addonsmith: Helm ${number} is not a tested version (3.14 or later, and 4, are).\n`)
    },
    () => undefined,
  )
  return helm
}
