import { existsSync, lstatSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import type { Context } from '../context.ts'
import { messageOf, type Report, suggest, UsageFault } from '../diagnostics/index.ts'
import { readYaml } from '../goyaml/index.ts'
import { decodeUtf8 } from '../load/decode.ts'
import { textAt } from '../objects/index.ts'
import { MAX_TOTAL } from '../pack/unpack.ts'
import { sha256 } from '../tree/index.ts'
import type { ReleaseFile } from './journal.ts'
import { isProvenanceOf, readPackage } from './package.ts'

/** A file of a release with its bytes. */
export interface NewFile extends ReleaseFile {
  readonly bytes: Uint8Array
  /** Signing or describing the same package again gives other bytes: what is published first stays. */
  readonly isAbout: boolean
}

/** A package to publish, with what lies beside it. */
export interface NewPackage {
  readonly name: string
  readonly version: string
  /** The channel: a KubeBlocks release. */
  readonly kubeblocks: string
  readonly sha256: string
  readonly metadata: Readonly<Record<string, unknown>>
  /** How the user calls the file. */
  readonly shown: string
  /** The package, its provenance file, its SBOM and its Addon object. */
  readonly files: readonly NewFile[]
}

export interface CollectOptions {
  /** The releases there are channels for. */
  readonly releases: readonly string[]
  /** The release of packages that do not say theirs. */
  readonly kubeblocks: string | undefined
}

/** The packages that paths of a command line name: archives, or folders in which they lie at any depth. A path with none is a usage fault. */
export function findPackages(paths: readonly string[], cwd: string): readonly string[] {
  const found = paths.flatMap((shown) => {
    const path = resolve(cwd, shown)
    if (!existsSync(path)) throw new UsageFault(`${shown} does not exist.`)
    const packages = statSync(path).isFile() ? [path] : search(path)
    if (packages.length === 0) throw new UsageFault(`${shown} holds no packages.`, { fix: 'A package is a .tgz, as addonsmith package makes them.' })
    return packages
  })
  return [...new Set(found)]
}

function search(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !name.startsWith('.'))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) return search(path)
      return entry.isFile() && entry.name.endsWith('.tgz') ? [path] : []
    })
}

/** Reads packages and what lies beside them; reports all that stands against publishing one, and leaves it out. */
export async function collectPackages(files: readonly string[], options: CollectOptions, context: Context): Promise<readonly NewPackage[]> {
  const packages: NewPackage[] = []
  const known = new Map<string, NewPackage>()
  for (const file of files) {
    const one = await collect(file, options, context)
    if (one === undefined) continue
    const key = `${one.kubeblocks}/${one.name}-${one.version}`
    const other = known.get(key)
    if (other === undefined) packages.push(one)
    else if (other.sha256 !== one.sha256)
      context.report({
        code: 'publish/conflict',
        message: `${one.name} ${one.version} for KubeBlocks ${one.kubeblocks} is given twice, with other bytes in ${other.shown}.`,
        place: { file: one.shown, line: 1, column: 1 },
      })
    known.set(key, one)
  }
  return packages
}

async function collect(file: string, options: CollectOptions, context: Context): Promise<NewPackage | undefined> {
  const shown = context.display(file)
  const report = (code: Parameters<Report>[0]['code'], message: string, hint?: string, at = shown): undefined => {
    context.report({ code, message, place: { file: at, line: 1, column: 1 }, ...(hint === undefined ? {} : { hint }) })
  }
  const bytes = readFile(file)
  if (!(bytes instanceof Uint8Array)) return report('publish/archive', `The package cannot be read: ${bytes.problem}.`)
  const read = await readPackage(bytes, basename(file))
  if ('problems' in read) {
    for (const problem of read.problems) report('publish/archive', problem)
    return undefined
  }
  const { name, version } = read
  const kubeblocks = chooseChannel(read.kubeblocks, options, (message, hint) => report('publish/release', message, hint))
  if (kubeblocks === undefined) return undefined
  const files: NewFile[] = [{ path: `${kubeblocks}/${basename(file)}`, bytes, sha256: read.sha256, isAbout: false }]
  const provenance = beside(`${file}.prov`)
  if (provenance !== undefined) {
    if (!(provenance instanceof Uint8Array) || !isProvenanceOf(provenance, basename(file), read.sha256))
      return report('publish/provenance', `${shown}.prov does not state the digest of ${basename(file)}, which is ${read.sha256}.`)
    files.push({ path: `${kubeblocks}/${basename(file)}.prov`, bytes: provenance, sha256: sha256(provenance), isAbout: true })
  }
  const sbom = beside(file.replace(/\.tgz$/, '.cdx.json'))
  if (sbom instanceof Uint8Array) files.push({ path: `${kubeblocks}/${name}-${version}.cdx.json`, bytes: sbom, sha256: sha256(sbom), isAbout: true })
  const path = join(dirname(file), 'addons', name, `${version}.yaml`)
  const object = beside(path)
  if (object !== undefined) {
    const problem = object instanceof Uint8Array ? addonProblem(object, name, version) : object.problem
    if (problem !== undefined)
      return report(
        'publish/addon-object',
        `The Addon object of ${name} ${version} cannot be published: ${problem}.`,
        undefined,
        context.display(path),
      )
    if (object instanceof Uint8Array)
      files.push({ path: `${kubeblocks}/addons/${name}/${version}.yaml`, bytes: object, sha256: sha256(object), isAbout: false })
  }
  return { name, version, kubeblocks, sha256: read.sha256, metadata: read.metadata, shown, files }
}

function chooseChannel(
  said: string | undefined,
  { releases, kubeblocks }: CollectOptions,
  report: (message: string, hint?: string) => undefined,
): string | undefined {
  if (said === undefined) return kubeblocks ?? report('The chart does not say which KubeBlocks release it is for.')
  if (kubeblocks !== undefined && kubeblocks !== said)
    return report(`The chart is for KubeBlocks ${said}, not for ${kubeblocks}.`, 'leave --kubeblocks out')
  return releases.includes(said) ? said : report(`The chart is for KubeBlocks "${said}", which has no channel.`, suggest(said, releases))
}

/** Why a file is not the Addon object of a chart; nothing when it is. */
function addonProblem(bytes: Uint8Array, name: string, version: string): string | undefined {
  const text = decodeUtf8(bytes)
  if (text === undefined) return 'it is not UTF-8'
  const { value, problem } = readYaml(text)
  if (problem !== undefined) return `it is not YAML: ${problem.message}`
  if (textAt(value, 'kind') !== 'Addon') return 'it is no object of the kind Addon'
  if (textAt(value, 'metadata', 'name') !== name) return `its name is not ${name}`
  const label = textAt(value, 'metadata', 'labels', 'addon.kubeblocks.io/version')
  return label === undefined || label === version ? undefined : `its label says version ${label}`
}

function beside(file: string): ReturnType<typeof readFile> | undefined {
  return lstatSync(file, { throwIfNoEntry: false }) === undefined ? undefined : readFile(file)
}

function readFile(file: string): Uint8Array | { readonly problem: string } {
  try {
    const stat = statSync(file)
    if (!stat.isFile()) return { problem: 'it is no file' }
    return stat.size > MAX_TOTAL ? { problem: `it has ${stat.size} bytes, more than ${MAX_TOTAL}` } : readFileSync(file)
  } catch (error) {
    return { problem: messageOf(error) }
  }
}
