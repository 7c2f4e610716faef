import { checkRepository } from '../../repository/index.ts'
import { releases } from '../../targets/releases.ts'
import { type IndexFlags, indexOptions, openSource } from '../repositories.ts'
import { createSession, type FormatOptions } from '../session.ts'

/** Packages that are read at a time: enough to hide the way to a server, few enough for its memory and ours. */
const JOBS = 4

/** `addonsmith repo check`: a whole repository, in a folder or over HTTP. */
export async function repoCheck(where: string, options: FormatOptions & IndexFlags): Promise<number> {
  const session = createSession()
  const source = openSource(where, session.context)
  const { allowForeign } = indexOptions(options)
  const channels = await checkRepository(
    source,
    { releases: releases.map(({ version }) => version), allowForeign, jobs: JOBS },
    session.context.report,
  )
  const lines = channels.map(({ channel, isValid, versions, notChecked }) => {
    session.notChecked.push(...notChecked)
    const path = channel === '' ? source.shown : `${source.shown}/${channel}`
    session.results.push({
      subject: path,
      state: notChecked.length > 0 ? 'not-checked' : 'checked',
      path,
      ...(channel === '' ? {} : { kubeblocks: channel }),
    })
    if (!isValid) return `${path} not checked`
    return `${path} ${versions} ${versions === 1 ? 'version' : 'versions'} checked`
  })
  return session.finish('repo check', options.format, lines)
}
