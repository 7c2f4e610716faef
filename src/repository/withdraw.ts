import { MAX_TOTAL } from '../pack/unpack.ts'
import { sha256 } from '../tree/index.ts'
import { ABSENT, type Backend } from './backend.ts'
import { listedPaths, readChannel } from './channel.ts'
import { type Journal, type ReleaseFile, readJournals, writeJournal } from './journal.ts'

/**
 * Takes a release back that was interrupted: removes those of its files that no index lists and no other release is about to publish. What is in an
 * index stays. Returns the paths that were removed.
 *
 * The journal says so first, and files are put back that came into an index meanwhile: so a publisher that is still alive loses nothing.
 */
export async function withdrawRelease(journal: Journal, backend: Backend, allowForeign: readonly string[]): Promise<readonly string[]> {
  await writeJournal(journal, 'withdrawing', backend)
  const others = new Set(
    (await readJournals(backend)).filter(({ path }) => path !== journal.path).flatMap(({ files }) => files.map(({ path }) => path)),
  )
  const listed = await listedFiles(journal.files, backend, allowForeign)
  const removed: { readonly path: string; readonly bytes: Uint8Array }[] = []
  for (const { path, sha256: digest } of journal.files) {
    if (listed.has(path) || others.has(path)) continue
    const stored = await backend.read(path, MAX_TOTAL)
    if (stored === undefined || sha256(stored.bytes) !== digest) continue
    await backend.remove(path)
    removed.push({ path, bytes: stored.bytes })
  }
  const listedNow = await listedFiles(journal.files, backend, allowForeign)
  for (const { path, bytes } of removed) if (listedNow.has(path)) await backend.writeIfUnchanged(path, bytes, ABSENT)
  await backend.remove(journal.path)
  return removed.flatMap(({ path }) => (listedNow.has(path) ? [] : [path]))
}

/** Those of some files that belong to packages in an index. An index that cannot be read may list any of them. */
async function listedFiles(files: readonly ReleaseFile[], backend: Backend, allowForeign: readonly string[]): Promise<ReadonlySet<string>> {
  const listed = new Set<string>()
  for (const channel of new Set(files.map(({ path }) => path.split('/')[0] ?? ''))) {
    const { index } = await readChannel(backend, channel, allowForeign)
    const packages = index === undefined ? undefined : listedPaths(index, channel)
    for (const { path } of files) if (path.startsWith(`${channel}/`) && (packages === undefined || packages.has(packageOf(path)))) listed.add(path)
  }
  return listed
}

/** The package that a file belongs to, by the paths that releases have. */
export function packageOf(path: string): string {
  const [channel, , name, file] = path.split('/')
  if (path.endsWith('.yaml')) return `${channel}/${name}-${file?.slice(0, -'.yaml'.length)}.tgz`
  return path.replace(/\.tgz\.prov$|\.cdx\.json$/, '.tgz')
}
