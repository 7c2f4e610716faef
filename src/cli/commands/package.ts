import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { errnoOf, Fault, messageOf, UsageFault } from '../../diagnostics/index.ts'
import { pack } from '../../pack/index.ts'
import { addonFiles, chooseRepository } from '../addon-objects.ts'
import { makeCharts } from '../charts.ts'
import { chooseReleases } from '../releases.ts'
import { chooseAddons, chooseHelm, createSession, type FormatOptions } from '../session.ts'

export interface PackageOptions extends FormatOptions {
  readonly kubeblocks: string
  readonly out: string
  readonly repository?: string
  readonly helm?: string | boolean
}

const NO_REPOSITORY = 'no Addon objects: nothing says where the packages will be found (--repository, or repository in addonsmith.config.yaml)'

/** `addonsmith package`: builds in memory, proves, and packs; beside the packages it writes their Addon objects. Equal charts give equal bytes. */
export async function packageAddons(names: readonly string[], options: PackageOptions): Promise<number> {
  const session = createSession()
  const releases = chooseReleases(options.kubeblocks)
  const paths = chooseAddons(names, session.context.cwd)
  const repository = await chooseRepository(session, options.repository)
  const epoch = readEpoch(process.env.SOURCE_DATE_EPOCH)
  const helm = await chooseHelm(session, options.helm === true ? undefined : options.helm)
  try {
    const charts = await makeCharts(session, paths, releases, helm)
    const objects = repository === undefined ? [] : addonFiles(charts, repository, session.context.report)
    if (session.sink.has('error')) return session.finish('package', options.format, ['nothing was packed'])
    const lines: string[] = []
    for (const chart of charts) {
      const archive = await pack(chart, chart.tree, epoch)
      const file = resolve(session.context.cwd, options.out, chart.kubeblocks, archive.name)
      const unchanged = store(file, archive.bytes)
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
    for (const { name, kubeblocks, version, path: below, location, bytes } of objects) {
      const file = resolve(session.context.cwd, options.out, below)
      const state = store(file, bytes) ? 'unchanged' : 'written'
      const path = session.context.display(file)
      session.results.push({ subject: name, kubeblocks, version, state, path, location })
      lines.push(`${path} ${state}, Addon of ${location}`)
    }
    if (repository === undefined) lines.push(NO_REPOSITORY)
    return session.finish('package', options.format, lines)
  } finally {
    helm?.close()
  }
}

/** Seconds since 1970 from SOURCE_DATE_EPOCH, if it is set. */
function readEpoch(text: string | undefined): number | undefined {
  if (text === undefined || text === '') return undefined
  if (!/^\d{1,11}$/.test(text)) throw new UsageFault(`SOURCE_DATE_EPOCH is "${text}".`, { fix: 'It is a whole number of seconds since 1970.' })
  return Number(text)
}

/** Writes a file unless it is there and has these bytes; whether it was. */
function store(file: string, bytes: Uint8Array): boolean {
  const unchanged = readIfThere(file)?.equals(bytes) === true
  if (!unchanged) writeWhole(file, bytes)
  return unchanged
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
