import { lstatSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { messageOf } from '../diagnostics/index.ts'
import { MAX_FILE, MAX_TOTAL, type Unpacked, unpack } from '../pack/unpack.ts'

/** Files of a chart in memory, by path with forward slashes. */
export type ChartFiles = ReadonlyMap<string, Uint8Array>

/** Something in a chart that cannot be taken; the path is empty when the whole is meant. */
export interface ReadProblem {
  readonly path: string
  readonly message: string
}

export interface ReadChart {
  readonly files: ChartFiles
  readonly problems: readonly ReadProblem[]
}

/** Files of a chart that are read; the limits of bytes are those of archives. */
export const MAX_FILES = 10_000

/** Reads the chart in a folder. Nothing that is not a plain file is followed; hidden folders such as `.git` are no part of a chart. */
export function readChartFolder(root: string): ReadChart {
  const files = new Map<string, Uint8Array>()
  const problems: ReadProblem[] = []
  let total = 0
  const walk = (folder: string, prefix: string): void => {
    for (const entry of entriesOf(folder, prefix, problems)) {
      const path = `${prefix}${entry.name}`
      const full = join(folder, entry.name)
      if (entry.isDirectory()) {
        if (!entry.name.startsWith('.')) walk(full, `${path}/`)
      } else if (entry.isSymbolicLink()) problems.push({ path, message: `${path} is a link.` })
      else if (!entry.isFile()) problems.push({ path, message: `${path} is neither a file nor a folder.` })
      else if (total <= MAX_TOTAL && files.size < MAX_FILES) {
        try {
          const { size } = lstatSync(full)
          total += size
          if (size > MAX_FILE) problems.push({ path, message: `${path} has ${size} bytes, more than the ${MAX_FILE} that Helm takes.` })
          else files.set(path, readFileSync(full))
        } catch (error) {
          problems.push({ path, message: `${path} cannot be read: ${messageOf(error)}.` })
        }
      }
    }
  }
  walk(root, '')
  if (total > MAX_TOTAL || files.size >= MAX_FILES)
    problems.push({ path: '', message: `The chart has more than ${MAX_TOTAL} bytes or ${MAX_FILES} files.` })
  return { files, problems }
}

function entriesOf(folder: string, prefix: string, problems: ReadProblem[]) {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))
  } catch (error) {
    problems.push({ path: prefix, message: `${prefix} cannot be read: ${messageOf(error)}.` })
    return []
  }
}

/** A package in memory, as it is and as it was unpacked. */
export interface ReadPackage extends Unpacked {
  readonly bytes: Uint8Array
}

/** Reads a package, which is untrusted: no more of it than Helm takes. */
export async function readPackage(path: string): Promise<ReadPackage | ReadProblem> {
  let bytes: Uint8Array
  try {
    const stat = lstatSync(path)
    if (stat.size > MAX_TOTAL) return refused(`it has ${stat.size} bytes, more than ${MAX_TOTAL}`)
    bytes = readFileSync(path)
  } catch (error) {
    return refused(messageOf(error))
  }
  const unpacked = await unpack(bytes)
  return 'problem' in unpacked ? refused(unpacked.problem) : { bytes, ...unpacked }
}

/** Reads a chart archive, which is untrusted. */
export async function readChartArchive(path: string): Promise<ReadChart> {
  const read = await readPackage(path)
  return 'files' in read ? { files: read.files, problems: [] } : { files: new Map(), problems: [read] }
}

function refused(why: string): ReadProblem {
  return { path: '', message: `The archive is refused: ${why}.` }
}
