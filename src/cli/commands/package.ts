import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { errnoOf, Fault, messageOf } from '../../diagnostics/index.ts'
import { pack } from '../../pack/index.ts'
import { makeCharts } from '../charts.ts'
import { readEpoch } from '../epoch.ts'
import { chooseReleases } from '../releases.ts'
import { chooseAddons, chooseHelm, createSession, type FormatOptions } from '../session.ts'

export interface PackageOptions extends FormatOptions {
  readonly kubeblocks: string
  readonly out: string
  readonly helm?: string | boolean
}

/** `addonsmith package`: builds in memory, proves, and packs. Equal charts give equal bytes. */
export async function packageAddons(names: readonly string[], options: PackageOptions): Promise<number> {
  const session = createSession()
  const releases = chooseReleases(options.kubeblocks)
  const paths = chooseAddons(names, session.context.cwd)
  const epoch = readEpoch(process.env.SOURCE_DATE_EPOCH)
  const helm = await chooseHelm(session, options.helm === true ? undefined : options.helm)
  try {
    const charts = await makeCharts(session, paths, releases, helm)
    if (session.sink.has('error')) return session.finish('package', options.format, ['nothing was packed'])
    const lines: string[] = []
    for (const chart of charts) {
      const archive = await pack(chart, chart.tree, epoch)
      const file = resolve(session.context.cwd, options.out, chart.kubeblocks, archive.name)
      const unchanged = readIfThere(file)?.equals(archive.bytes) === true
      if (!unchanged) writeWhole(file, archive.bytes)
      const path = session.context.display(file)
      session.results.push({
        subject: chart.name,
        kubeblocks: chart.kubeblocks,
        version: chart.version,
        state: unchanged ? 'unchanged' : 'packed',
        path,
        files: chart.tree.size,
        sha256: archive.sha256,
      })
      lines.push(`${path} ${unchanged ? 'unchanged' : 'packed'}, ${archive.bytes.length} bytes, sha256 ${archive.sha256}`)
    }
    return session.finish('package', options.format, lines)
  } finally {
    helm?.close()
  }
}

function readIfThere(file: string): Buffer | undefined {
  try {
    return readFileSync(file)
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return undefined
    throw error
  }
}

/** Writes a file so that it is always old or new, whole. */
function writeWhole(file: string, bytes: Uint8Array): void {
  const fresh = `${file}.${process.pid}.new`
  try {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(fresh, bytes)
    renameSync(fresh, file)
  } catch (error) {
    throw new Fault(`${file} cannot be written: ${messageOf(error)}.`, { cause: error })
  }
}
