import type { Finding } from '../diagnostics/index.ts'
import { suggest, UsageFault } from '../diagnostics/index.ts'
import type { Backend } from './backend.ts'
import { changeChannel, type IndexOptions, indexPath } from './channel.ts'
import { findEntry, yankEntry } from './chart-index.ts'
import { newestFirst, parseVersion } from './version.ts'

/** A version in a repository. */
export interface Release {
  readonly kubeblocks: string
  readonly name: string
  readonly version: string
}

export interface Yanked {
  readonly state: 'yanked' | 'unchanged' | 'refused'
  /** What is wrong with the index, which then is left as it is. */
  readonly findings: readonly Finding[]
  /** The version that Helm takes when none is named, if that is this one. */
  readonly isNewest: boolean
}

/** Marks a version as one that nobody should install any more. Nothing is removed: who named exactly that version still gets it. */
export async function yank(
  { kubeblocks, name, version }: Release,
  reason: string,
  backend: Backend,
  options: IndexOptions & { readonly now: string },
): Promise<Yanked> {
  let state: Yanked['state'] = 'unchanged'
  let isNewest = false
  const findings = await changeChannel(backend, kubeblocks, options, (index) => {
    const versions = index.charts.get(name)?.all
    if (versions === undefined)
      throw new UsageFault(`${backend.shown}/${indexPath(kubeblocks)} has no chart "${name}".`, { fix: suggest(name, [...index.charts.keys()]) })
    if (findEntry(index, name, version) === undefined) {
      const known = versions.map((stored) => stored.version.text)
      throw new UsageFault(`${backend.shown}/${indexPath(kubeblocks)} has no version "${version}" of ${name}.`, { fix: suggest(version, known) })
    }
    const stable = versions.filter((stored) => stored.version.prerelease.length === 0)
    const own = parseVersion(version)
    isNewest = own !== undefined && stable.every((stored) => newestFirst(own, stored.version) <= 0) && own.prerelease.length === 0
    const changed = yankEntry(index, name, version, reason, options.now)
    state = changed === index ? 'unchanged' : 'yanked'
    return changed
  })
  return findings.length > 0 ? { state: 'refused', findings, isNewest } : { state, findings, isNewest }
}
