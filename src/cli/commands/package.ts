import { resolve } from 'node:path'
import { type AddonFile, addonFiles, chooseRepository } from '../addon-objects.ts'
import { makeCharts } from '../charts.ts'
import { readEpoch } from '../epoch.ts'
import { store } from '../files.ts'
import { chooseSigningKey, type SigningOptions } from '../keys.ts'
import { packCharts, prepare, type Release, writeRelease } from '../packages.ts'
import { chooseReleases } from '../releases.ts'
import { chooseAddons, chooseHelm, createSession, type FormatOptions, type Session } from '../session.ts'

export interface PackageOptions extends FormatOptions, SigningOptions {
  readonly kubeblocks: string
  readonly out: string
  readonly repository?: string
  readonly helm?: string | boolean
}

const NO_REPOSITORY = 'no Addon objects: nothing says where the packages will be found (--repository, or repository in addonsmith.config.yaml)'
const NO_IMAGES = 'images are known once Helm has rendered a chart: packages have no list of them, and no SBOM'

/**
 * `addonsmith package`: builds in memory, proves, packs, and checks the archives; beside the packages it writes signatures, SBOMs and Addon objects.
 * Equal charts give equal bytes.
 */
export async function packageAddons(names: readonly string[], options: PackageOptions): Promise<number> {
  const session = createSession()
  const { context } = session
  const releases = chooseReleases(options.kubeblocks)
  const paths = chooseAddons(names, context.cwd)
  const repository = await chooseRepository(session, options.repository)
  const epoch = readEpoch(context.env.SOURCE_DATE_EPOCH)
  const key = await chooseSigningKey(session, options)
  if (key !== undefined && !key.isForHelm3) context.report({ code: 'package/key', message: `Helm 3 does not read keys like ${key.fingerprint}.` })
  const helm = await chooseHelm(session, options.helm === true ? undefined : options.helm)
  try {
    const charts = await makeCharts(session, paths, releases, helm)
    const objects = repository === undefined ? [] : addonFiles(charts, repository, context.report)
    const packed = session.sink.has('error') ? [] : await packCharts(charts, epoch, helm, context.report)
    if (session.sink.has('error')) return session.finish('package', options.format, ['nothing was packed'])
    if (helm === undefined) session.notChecked.push(NO_IMAGES)
    const out = resolve(context.cwd, options.out)
    const prepared = await prepare(packed, { out, repository, epoch, key })
    const lines = prepared.map((release) => writePackage(session, release))
    lines.push(...objects.map((object) => writeObject(session, out, object)))
    if (repository === undefined) lines.push(NO_REPOSITORY)
    if (key !== undefined) lines.push(`signed with the key ${key.fingerprint}`)
    return session.finish('package', options.format, lines)
  } finally {
    helm?.close()
  }
}

/** Writes a package with what belongs to it; the line that says so. */
function writePackage({ context, results }: Session, release: Release): string {
  const { chart, archive, images } = release.packed
  const { isUnchanged, provenance, sbom } = writeRelease(release)
  const state = isUnchanged ? 'unchanged' : 'packed'
  const path = context.display(release.file)
  results.push({
    subject: chart.name,
    kubeblocks: chart.kubeblocks,
    version: chart.version,
    state,
    path,
    files: chart.tree.size,
    sha256: archive.sha256,
    ...(images === undefined ? {} : { images }),
    ...(sbom === undefined ? {} : { sbom: context.display(sbom) }),
    ...(provenance === undefined ? {} : { provenance: context.display(provenance) }),
  })
  return `${path} ${state}, ${archive.bytes.length} bytes, sha256 ${archive.sha256}${provenance === undefined ? '' : ', signed'}`
}

function writeObject({ context, results }: Session, out: string, { name, kubeblocks, version, path: below, location, bytes }: AddonFile): string {
  const file = resolve(out, below)
  const state = store(file, bytes) ? 'unchanged' : 'written'
  const path = context.display(file)
  results.push({ subject: name, kubeblocks, version, state, path, location })
  return `${path} ${state}, Addon of ${location}`
}
