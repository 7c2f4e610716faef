import { UsageFault, visible } from '../../diagnostics/index.ts'
import { yank } from '../../repository/index.ts'
import { readEpoch, timeOf } from '../epoch.ts'
import { chooseReleases } from '../releases.ts'
import { existingFolder, type IndexFlags, indexOptions, openRepository } from '../repositories.ts'
import { createSession, type FormatOptions } from '../session.ts'

export interface YankOptions extends FormatOptions, IndexFlags {
  readonly from: string
  readonly kubeblocks: string
  readonly reason: string
}

/** `addonsmith yank`: marks, and removes nothing. */
export async function yankVersion(chart: string, version: string, options: YankOptions): Promise<number> {
  const session = createSession()
  const [release, ...more] = chooseReleases(options.kubeblocks)
  if (release === undefined || more.length > 0) throw new UsageFault('--kubeblocks of yank is one release.')
  const reason = options.reason.trim()
  if (reason === '' || reason.length > 200 || visible(reason) !== reason)
    throw new UsageFault('--reason is one line that people can read, of at most 200 characters.')
  const now = timeOf(readEpoch(session.context.env.SOURCE_DATE_EPOCH))
  existingFolder(options.from, session.context)
  const backend = openRepository(options.from, session.context)
  const which = { kubeblocks: release.version, name: chart, version }
  const { state, findings, isNewest } = await yank(which, reason, backend, { ...indexOptions(options), now })
  for (const finding of findings) session.context.report(finding)
  session.results.push({ subject: chart, kubeblocks: release.version, version, state })
  const lines =
    state === 'refused'
      ? ['nothing was changed']
      : [`${chart} ${version} for KubeBlocks ${release.version} ${state === 'yanked' ? 'yanked' : 'was yanked already'}`]
  if (state !== 'refused' && isNewest) lines.push('it is the newest version, which Helm takes when none is named: publish a newer one')
  return session.finish('yank', options.format, lines)
}
