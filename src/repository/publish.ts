import type { Report } from '../diagnostics/index.ts'
import { MAX_TOTAL } from '../pack/unpack.ts'
import { sha256 } from '../tree/index.ts'
import { ABSENT, type Backend } from './backend.ts'
import { type ChannelIndex, changeChannel, type IndexOptions, listedPaths, readChannel } from './channel.ts'
import { addEntries } from './chart-index.ts'
import type { NewFile, NewPackage } from './collect.ts'
import type { IndexEntry } from './entry.ts'
import { isPublishing, journalOf, readJournals, writeJournal } from './journal.ts'
import { withdrawRelease } from './withdraw.ts'

export interface PublishOptions extends IndexOptions {
  /** What `created` of new versions says. RFC 3339. */
  readonly now: string
  readonly isDryRun: boolean
}

/** What became of each package: nothing was done to those that are there with the same bytes. None is published when one is refused. */
export type Published = ReadonlyMap<NewPackage, 'published' | 'unchanged' | 'refused'>

/**
 * Publishes packages: a journal, then the packages and what belongs to them, then the index of each channel, then the journal is removed. Whoever reads
 * meanwhile sees the old or the new index, and every package it lists. A release that was interrupted at any point is finished by the same call.
 */
export async function publish(packages: readonly NewPackage[], backend: Backend, options: PublishOptions, report: Report): Promise<Published> {
  const indexes = new Map<string, ChannelIndex>()
  const plan = await compare(packages, backend, options, report, indexes)
  if (options.isDryRun || [...plan.values()].includes('refused')) return plan
  if ([...plan.values()].some((state) => state === 'published')) {
    const journal = journalOf(packages.flatMap(({ files }) => files))
    for (;;) {
      await writeJournal(journal, 'publishing', backend)
      const isPut = (await putFiles(packages, backend, report)) && (await putEntries(packages, backend, options, report, indexes))
      if (!isPut) {
        await withdrawRelease(journal, backend, options.allowForeign)
        return refused(packages)
      }
      // Who withdrew it meanwhile may have removed files before the index named them.
      if (await isPublishing(journal, backend)) break
    }
    await backend.remove(journal.path)
  }
  await endJournals(backend, options)
  return plan
}

/** What publishing would do. Reports what is there with other bytes, and what is wrong with the indexes; `indexes` takes those that were read. */
async function compare(
  packages: readonly NewPackage[],
  backend: Backend,
  options: PublishOptions,
  report: Report,
  indexes: Map<string, ChannelIndex>,
): Promise<Published> {
  const states = new Map<NewPackage, 'published' | 'unchanged' | 'refused'>()
  for (const [channel, group] of byChannel(packages)) {
    const read = await readChannel(backend, channel, options.allowForeign)
    const { index, findings } = read
    indexes.set(channel, read)
    for (const finding of findings) report(finding)
    const outcomes = index === undefined ? [] : addEntries(index, entriesOf(group, options.now)).outcomes
    for (const [position, one] of group.entries()) {
      const outcome = outcomes[position] ?? 'conflict'
      if (index !== undefined && outcome === 'conflict') reportConflict(one, 'it is in the index with another digest, or without one', report)
      let isWhole = outcome === 'unchanged'
      let isRefused = outcome === 'conflict'
      if (!isRefused)
        for (const file of one.files) {
          const state = await stateOf(file, backend)
          if (state === 'other') reportConflict(one, `${file.path} is there with other bytes`, report)
          isRefused ||= state === 'other'
          isWhole &&= state === 'same'
        }
      states.set(one, isRefused ? 'refused' : isWhole ? 'unchanged' : 'published')
    }
  }
  return [...states.values()].includes('refused') ? refused(packages) : states
}

/** Writes the files that are not there. Whether all are there now, with these bytes. */
async function putFiles(packages: readonly NewPackage[], backend: Backend, report: Report): Promise<boolean> {
  let isPut = true
  for (const one of packages)
    for (const file of one.files) {
      if (await backend.writeIfUnchanged(file.path, file.bytes, ABSENT)) continue
      if ((await stateOf(file, backend)) !== 'other') continue
      reportConflict(one, `${file.path} came meanwhile, with other bytes`, report)
      isPut = false
    }
  return isPut
}

/** Adds the packages to the index of each channel. Whether all are in it now. */
async function putEntries(
  packages: readonly NewPackage[],
  backend: Backend,
  options: PublishOptions,
  report: Report,
  indexes: Map<string, ChannelIndex>,
): Promise<boolean> {
  let isPut = true
  for (const [channel, group] of byChannel(packages)) {
    const entries = entriesOf(group, options.now)
    const findings = await changeChannel(
      backend,
      channel,
      options,
      (index) => {
        const added = addEntries(index, entries)
        for (const [position, outcome] of added.outcomes.entries()) {
          const one = group[position]
          if (outcome !== 'conflict' || one === undefined) continue
          reportConflict(one, 'it came into the index meanwhile, with other bytes', report)
          isPut = false
        }
        return isPut && added.outcomes.includes('added') ? added.index : undefined
      },
      indexes.get(channel),
    )
    indexes.delete(channel)
    for (const finding of findings) report(finding)
    isPut &&= findings.length === 0
  }
  return isPut
}

/** Removes journals of releases that came to their end but for that, or that another publish has finished. */
async function endJournals(backend: Backend, { allowForeign }: IndexOptions): Promise<void> {
  for (const journal of await readJournals(backend)) {
    const packages = journal.files.filter(({ path }) => path.endsWith('.tgz'))
    const channels = [...new Set(packages.map(({ path }) => path.split('/')[0] ?? ''))]
    const indexes = await Promise.all(channels.map(async (channel) => ({ channel, ...(await readChannel(backend, channel, allowForeign)) })))
    const listed = new Set(indexes.flatMap(({ index, channel }) => (index === undefined ? [] : [...listedPaths(index, channel)])))
    if (packages.length > 0 && packages.every(({ path }) => listed.has(path)) && (await isPublishing(journal, backend)))
      await backend.remove(journal.path)
  }
}

async function stateOf(file: NewFile, backend: Backend): Promise<'absent' | 'same' | 'other'> {
  const stored = await backend.read(file.path, MAX_TOTAL)
  if (stored === undefined) return 'absent'
  return file.isAbout || sha256(stored.bytes) === file.sha256 ? 'same' : 'other'
}

function entriesOf(packages: readonly NewPackage[], now: string): readonly IndexEntry[] {
  return packages.map(({ name, version, sha256: digest, metadata }) => ({
    ...metadata,
    name,
    version,
    digest,
    created: now,
    urls: [`${name}-${version}.tgz`],
  }))
}

function byChannel(packages: readonly NewPackage[]): ReadonlyMap<string, readonly NewPackage[]> {
  const channels = new Map<string, NewPackage[]>()
  for (const one of packages) channels.set(one.kubeblocks, [...(channels.get(one.kubeblocks) ?? []), one])
  return channels
}

function refused(packages: readonly NewPackage[]): Published {
  return new Map(packages.map((one) => [one, 'refused']))
}

function reportConflict({ name, version, kubeblocks, shown }: NewPackage, why: string, report: Report): void {
  report({
    code: 'publish/conflict',
    message: `${name} ${version} for KubeBlocks ${kubeblocks} is published with other bytes: ${why}.`,
    place: { file: shown, line: 1, column: 1 },
  })
}
