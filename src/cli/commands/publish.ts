import { UsageFault } from '../../diagnostics/index.ts'
import { type Backend, collectPackages, findPackages, type NewPackage, publish, readJournals, withdrawRelease } from '../../repository/index.ts'
import { releases } from '../../targets/releases.ts'
import { readEpoch, timeOf } from '../epoch.ts'
import { chooseReleases } from '../releases.ts'
import { type IndexFlags, indexOptions, openRepository } from '../repositories.ts'
import { createSession, type FormatOptions, type Session } from '../session.ts'

export interface PublishOptions extends FormatOptions, IndexFlags {
  readonly to: string
  readonly kubeblocks?: string
  readonly dryRun?: boolean
  readonly withdraw?: boolean
}

/** `addonsmith publish`: all of the packages or, when one is refused, none. */
export async function publishPackages(paths: readonly string[], options: PublishOptions): Promise<number> {
  const session = createSession()
  const { context } = session
  const index = indexOptions(options)
  const kubeblocks = chooseRelease(options.kubeblocks)
  const now = timeOf(readEpoch(context.env.SOURCE_DATE_EPOCH))
  const backend = openRepository(options.to, context)
  if (options.withdraw === true && options.dryRun === true) throw new UsageFault('--withdraw and --dry-run cannot be given together.')
  if (paths.length === 0 && options.withdraw !== true)
    throw new UsageFault('There is nothing to publish.', { fix: 'Name packages or a folder of them.' })
  const known = releases.map(({ version }) => version)
  const packages = await collectPackages(findPackages(paths, context.cwd), { releases: known, kubeblocks }, context)
  if (options.withdraw === true) return withdraw(session, paths.length === 0 ? undefined : packages, backend, options)
  if (session.sink.has('error')) return session.finish('publish', options.format, ['nothing was published'])
  const isDryRun = options.dryRun === true
  const published = await publish(packages, backend, { ...index, now, isDryRun }, context.report)
  const lines: string[] = []
  for (const [one, outcome] of published) {
    const { name, version, kubeblocks, sha256 } = one
    const state = isDryRun && outcome === 'published' ? 'planned' : outcome
    const path = `${backend.shown}/${one.files[0]?.path ?? ''}`
    session.results.push({ subject: name, kubeblocks, version, state, path, sha256 })
    if (state !== 'refused') lines.push(`${path} ${state === 'planned' ? 'would be published' : state}, sha256 ${sha256}`)
  }
  if (session.sink.has('error')) lines.push('nothing was published')
  return session.finish('publish', options.format, lines)
}

async function withdraw(session: Session, packages: readonly NewPackage[] | undefined, backend: Backend, options: PublishOptions): Promise<number> {
  if (session.sink.has('error')) return session.finish('publish', options.format, ['nothing was withdrawn'])
  const named = packages === undefined ? undefined : new Set(packages.flatMap(({ files }) => files.map(({ path }) => path)))
  const lines: string[] = []
  for (const journal of await readJournals(backend)) {
    if (named !== undefined && !journal.files.some(({ path }) => named.has(path))) continue
    const removed = await withdrawRelease(journal, backend, options.allowForeign)
    for (const path of removed) session.results.push({ subject: path, state: 'withdrawn', path: `${backend.shown}/${path}` })
    lines.push(
      ...removed.map((path) => `${backend.shown}/${path} removed`),
      `release withdrawn: ${removed.length} of ${journal.files.length} files were there and in no index`,
    )
  }
  if (lines.length === 0) lines.push('no release was interrupted')
  return session.finish('publish', options.format, lines)
}

function chooseRelease(text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  const [release, ...more] = chooseReleases(text)
  if (release === undefined || more.length > 0) throw new UsageFault('--kubeblocks of publish is one release.')
  return release.version
}
