import pLimit from 'p-limit'
import { type Code, messageOf, type Report, UsageFault } from '../diagnostics/index.ts'
import { MAX_TOTAL } from '../pack/unpack.ts'
import { sha256 } from '../tree/index.ts'
import type { Source } from './backend.ts'
import { indexPath, listedPaths, readChannel } from './channel.ts'
import { type ChartIndex, entryOf, type StoredEntry } from './chart-index.ts'
import type { IndexEntry } from './entry.ts'
import { OWN_FOLDER } from './folder.ts'
import { readJournals } from './journal.ts'
import { isProvenanceOf, readPackage } from './package.ts'
import { readIndex } from './read-index.ts'
import { localPath } from './urls.ts'
import { packageOf } from './withdraw.ts'

export interface CheckOptions {
  /** Names that channels can have where a repository cannot be listed: the KubeBlocks releases. */
  readonly releases: readonly string[]
  readonly allowForeign: readonly string[]
  /** Packages that are read at a time. */
  readonly jobs: number
}

/** What was looked at. */
export interface CheckedChannel {
  readonly channel: string
  /** Whether its index can be read. */
  readonly isValid: boolean
  readonly versions: number
  /** What could not be checked, and why. */
  readonly notChecked: readonly string[]
}

/** Checks a whole repository: every index, every package it lists, what lies beside them, and what is listed nowhere. Reports all that is wrong. */
export async function checkRepository(source: Source, options: CheckOptions, report: Report): Promise<readonly CheckedChannel[]> {
  const all = await source.list('')
  const tell = (code: Code, path: string, message: string): void =>
    report({ code, message, place: { file: `${source.shown}/${path}`, line: 1, column: 1 } })
  const candidates =
    all === undefined
      ? ['', ...options.releases]
      : all.flatMap((path) => /^(?:([^/]+)\/)?index\.yaml$/.exec(path)?.[1] ?? (path === 'index.yaml' ? '' : []))
  const checked: CheckedChannel[] = []
  const listed = new Set<string>()
  for (const channel of candidates) {
    const read = await readChannel(source, channel, options.allowForeign, readIndex)
    for (const finding of read.findings) report(finding)
    if (read.index === undefined)
      checked.push({ channel, isValid: false, versions: 0, notChecked: [`the packages of ${indexPath(channel)}, which is not valid`] })
    else if (read.tag !== '') {
      checked.push(await checkChannel(source, channel, read.index, options, tell))
      for (const path of listedPaths(read.index, channel)) listed.add(path)
    }
  }
  if (checked.length === 0) tell('repository/not-found', 'index.yaml', 'There is no index here.')
  else if (all !== undefined && checked.every(({ isValid }) => isValid)) await checkUnlisted(source, all, listed, tell)
  return checked
}

type Tell = (code: Code, path: string, message: string) => void

async function checkChannel(source: Source, channel: string, index: ChartIndex, { jobs }: CheckOptions, tell: Tell): Promise<CheckedChannel> {
  const limit = pLimit(jobs)
  const versions: readonly StoredEntry[] = [...index.charts.values()].flatMap(({ all }) => all)
  const notes = await Promise.all(versions.map((stored) => limit(() => checkVersion(source, channel, entryOf(stored), tell))))
  return { channel, isValid: true, versions: versions.length, notChecked: notes.flat() }
}

/** Checks the package of an entry. Returns what could not be checked. */
async function checkVersion(source: Source, channel: string, entry: IndexEntry, tell: Tell): Promise<readonly string[]> {
  const { name, version, digest } = entry
  const what = `${name} ${version}`
  const [url = ''] = entry.urls
  const local = localPath(url)
  if (local === undefined || /^[A-Za-z][A-Za-z0-9+.-]*:/.test(url)) return [`${what}, which is at ${url}`]
  const path = channel === '' ? local : `${channel}/${local}`
  if (digest === undefined) tell('repository/no-digest', path, `The index states no digest of ${what}.`)
  const bytes = await readOr(source, path, (why) => tell('repository/missing', path, `The package of ${what} cannot be read: ${why}.`))
  if (bytes === undefined) return []
  if (bytes === 'absent') {
    tell('repository/missing', path, `The package of ${what} is not there.`)
    return []
  }
  const found = sha256(bytes)
  if (digest !== undefined && digest.replace(/^sha256:/, '') !== found)
    tell('repository/digest', path, `The package of ${what} has the digest ${found}, and the index says ${digest}.`)
  const file = path.split('/').at(-1) ?? ''
  // Names of files are free in repositories of others.
  const read = await readPackage(bytes, `${name}-${version}.tgz`)
  if ('problems' in read)
    for (const problem of read.problems) tell('repository/archive', path, `The package of ${what} is not that chart. ${problem}`)
  await checkProvenance(source, path, file, found, tell)
  return []
}

async function checkProvenance(source: Source, path: string, file: string, digest: string, tell: Tell): Promise<void> {
  const wrong = (why: string) => tell('repository/provenance', `${path}.prov`, why)
  const bytes = await readOr(source, `${path}.prov`, (why) => wrong(`The provenance file cannot be read: ${why}.`))
  if (bytes === undefined || bytes === 'absent') return
  if (!isProvenanceOf(bytes, file, digest)) wrong(`It does not state the digest of ${file}, which is ${digest}.`)
}

/** A file; `absent` where there is none, nothing where it cannot be had. */
async function readOr(source: Source, path: string, failed: (why: string) => void): Promise<Uint8Array | 'absent' | undefined> {
  try {
    return (await source.read(path, MAX_TOTAL))?.bytes ?? 'absent'
  } catch (error) {
    if (error instanceof UsageFault) throw error
    failed(messageOf(error).replace(/\.$/, ''))
    return undefined
  }
}

/** Packages, provenance files, SBOMs and Addon objects that belong to no version of an index, and releases that did not end. */
async function checkUnlisted(source: Source, all: readonly string[], listed: ReadonlySet<string>, tell: Tell): Promise<void> {
  const journals = await readJournals(source)
  const underWay = new Set(journals.flatMap(({ files }) => files.map(({ path }) => path)))
  for (const { path, files } of journals) {
    const left = files.filter((file) => file.path.endsWith('.tgz') && !listed.has(file.path)).map((file) => file.path)
    const names = left.length > 3 ? `${left.slice(0, 3).join(', ')} and ${left.length - 3} more` : left.join(', ')
    tell(
      'repository/interrupted',
      path,
      left.length === 0
        ? 'A release did not end; all its packages are in the index.'
        : `A release did not end: ${names} ${left.length === 1 ? 'is' : 'are'} not in the index.`,
    )
  }
  for (const path of all) {
    if (path.startsWith(`${OWN_FOLDER}/`) || underWay.has(path)) continue
    const isObject = /^[^/]+\/addons\/[^/]+\/[^/]+\.yaml$/.test(path)
    if (isObject && !listed.has(packageOf(path))) tell('repository/addon-object', path, `The index has no package ${packageOf(path)}.`)
    else if (/\.(tgz|tgz\.prov|cdx\.json)$/.test(path) && !listed.has(packageOf(path))) tell('repository/unlisted', path, 'No index lists it.')
  }
}
