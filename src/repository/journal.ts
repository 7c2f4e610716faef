import { sha256 } from '../tree/index.ts'
import { ABSENT, type Backend, type Source } from './backend.ts'
import { isMap } from './entry.ts'
import { OWN_FOLDER } from './folder.ts'

/** One file of a release. */
export interface ReleaseFile {
  /** Path in the repository. */
  readonly path: string
  readonly sha256: string
}

/** What a release is about to put into a repository: written before the first of it, removed after the last. */
export interface Journal {
  readonly path: string
  readonly files: readonly ReleaseFile[]
}

const FOLDER = `${OWN_FOLDER}/journal`
const MAX_BYTES = 64 * 1024 * 1024

/** What a journal says its release is: being made, or being taken back. */
type State = 'publishing' | 'withdrawing'

/** The journal of a set of files. The same set has the same journal, so that publishing it again goes on where it was interrupted. */
export function journalOf(files: readonly ReleaseFile[]): Journal {
  const sorted = files.map(({ path, sha256: digest }) => ({ path, sha256: digest })).sort((a, b) => (a.path < b.path ? -1 : 1))
  return { path: `${FOLDER}/${sha256(bytesOf(sorted, 'publishing')).slice(0, 16)}.json`, files: sorted }
}

/** Writes down what a release is. */
export async function writeJournal({ path, files }: Journal, state: State, backend: Backend): Promise<void> {
  for (;;) {
    const there = await backend.read(path, MAX_BYTES)
    const bytes = bytesOf(files, state)
    if (there !== undefined && bytes.equals(there.bytes)) return
    if (await backend.writeIfUnchanged(path, bytes, there?.tag ?? ABSENT)) return
  }
}

/** Whether nobody took a release back, or ended it, since its journal was written. */
export async function isPublishing({ path, files }: Journal, source: Source): Promise<boolean> {
  const there = await source.read(path, MAX_BYTES)
  return there !== undefined && bytesOf(files, 'publishing').equals(there.bytes)
}

/** The journals of releases that did not end. One that cannot be read is there without files. */
export async function readJournals(source: Source): Promise<readonly Journal[]> {
  const journals: Journal[] = []
  for (const path of (await source.list(FOLDER)) ?? []) {
    const stored = await source.read(path, MAX_BYTES)
    if (stored !== undefined) journals.push({ path, files: parse(stored.bytes) })
  }
  return journals
}

function bytesOf(files: readonly ReleaseFile[], state: State): Buffer {
  return Buffer.from(`${JSON.stringify({ version: 1, state, files }, null, 2)}\n`)
}

function parse(bytes: Uint8Array): readonly ReleaseFile[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'))
    if (!isMap(value) || !Array.isArray(value.files)) return []
    return value.files.flatMap((file: unknown) =>
      isMap(file) && typeof file.path === 'string' && typeof file.sha256 === 'string' && isOfReleases(file.path)
        ? [{ path: file.path, sha256: file.sha256 }]
        : [],
    )
  } catch {
    return []
  }
}

/** Whether a path is one that releases write: what a journal names may be removed, which must never be anything else. */
function isOfReleases(path: string): boolean {
  const steps = path.split('/')
  const isPlain = steps.every((step) => step !== '' && !step.startsWith('.') && !/[\\\p{Cc}]/u.test(step))
  return (
    isPlain &&
    steps.length > 1 &&
    (/\.(tgz|tgz\.prov|cdx\.json)$/.test(path) || (steps.length === 4 && steps[1] === 'addons' && path.endsWith('.yaml')))
  )
}
