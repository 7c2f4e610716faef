import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import pLimit from 'p-limit'
import { Fault, invariant, type Report } from '../diagnostics/index.ts'
import type { Helm } from '../helm/index.ts'
import { imagesOf } from '../objects/index.ts'
import type { Archive } from '../pack/index.ts'
import type { SigningKey } from '../pack/openpgp.ts'
import { provenanceText } from '../pack/provenance.ts'
import { sbomOf } from '../pack/sbom.ts'
import { type CompiledChart, packChart } from '../pipeline.ts'
import { readIfThere, removeIfThere, store } from './files.ts'
import { VERSION } from './version.ts'

/** A chart as it is published. */
export interface PackedChart {
  readonly chart: CompiledChart
  readonly archive: Archive
  /** References of the images that it renders; nothing when Helm has not rendered it. */
  readonly images: readonly string[] | undefined
}

/** Packs charts and checks the archives, several at a time. */
export async function packCharts(
  charts: readonly CompiledChart[],
  epoch: number | undefined,
  helm: Helm | undefined,
  report: Report,
): Promise<readonly PackedChart[]> {
  const limit = pLimit(availableParallelism())
  const packed = await Promise.all(charts.map((chart) => limit(async () => ({ chart, archive: await packChart(chart, epoch, helm, report) }))))
  return packed.flatMap(({ chart, archive }) => {
    if (archive === undefined) return []
    return [{ chart, archive, images: chart.objects === undefined ? undefined : imagesOf(chart.objects) }]
  })
}

/** Files that stand beside a package. */
export interface Companions {
  /** What `helm verify` reads. */
  readonly provenance?: string
  /** CycloneDX. */
  readonly sbom?: string
}

export interface WriteOptions {
  /** Folder of all packages, absolute. */
  readonly out: string
  /** URL of all packages. */
  readonly repository: string | undefined
  readonly epoch: number | undefined
  readonly key: SigningKey | undefined
}

/** A package, ready to be written. */
export interface Release {
  readonly packed: PackedChart
  /** Absolute path of the package. */
  readonly file: string
  readonly provenance: Buffer | undefined
  readonly sbom: Buffer | undefined
}

/** Signs packages and describes them; nothing is written yet, so that a key that fails leaves nothing half done. */
export async function prepare(packed: readonly PackedChart[], options: WriteOptions): Promise<readonly Release[]> {
  const { out, repository, epoch, key } = options
  const releases: Release[] = []
  for (const one of packed) {
    const { chart, archive, images } = one
    const { metadata, kubeblocks } = chart
    const file = resolve(out, kubeblocks, archive.name)
    const channel = repository === undefined ? undefined : `${repository.replace(/\/+$/, '')}/${kubeblocks}`
    releases.push({
      packed: one,
      file,
      provenance: key === undefined ? undefined : await signed(one, `${file}.prov`, key, epoch),
      sbom: images === undefined ? undefined : sbomOf({ metadata, archive, kubeblocks, images, repository: channel, tool: VERSION, epoch }),
    })
  }
  return releases
}

/** The provenance of a package. One that is there and good stays, since a new one would differ in its time, unless the time is given. */
async function signed({ chart, archive }: PackedChart, file: string, key: SigningKey, epoch: number | undefined): Promise<Buffer> {
  const chartYaml = chart.tree.get('Chart.yaml')?.bytes
  invariant(chartYaml !== undefined, 'a chart has a Chart.yaml')
  const text = provenanceText(Buffer.from(chartYaml).toString('utf8'), archive)
  const there = epoch === undefined ? readIfThere(file) : undefined
  if (there !== undefined && (await key.hasSigned(there.toString('utf8'), text))) return there
  const result = await key.sign(text, epoch ?? Math.floor(Date.now() / 1000))
  if ('message' in result) return Buffer.from(result.message)
  const fix = epoch === undefined ? undefined : 'SOURCE_DATE_EPOCH is the time of the signature: the key must be valid then.'
  throw new Fault(`${archive.name} cannot be signed with the key ${key.fingerprint}: ${result.problem}.`, fix === undefined ? {} : { fix })
}

/** Writes a package and what stands beside it; what is there from other bytes of the package goes. */
export function writeRelease({ packed: { archive }, file, provenance, sbom }: Release): Companions & { readonly isUnchanged: boolean } {
  const files = { provenance: `${file}.prov`, sbom: file.replace(/\.tgz$/, '.cdx.json') }
  const isUnchanged = store(file, archive.bytes)
  if (provenance !== undefined) store(files.provenance, provenance)
  else if (!isUnchanged) removeIfThere(files.provenance)
  if (sbom !== undefined) store(files.sbom, sbom)
  else if (!isUnchanged) removeIfThere(files.sbom)
  return {
    isUnchanged,
    ...(provenance === undefined ? {} : { provenance: files.provenance }),
    ...(sbom === undefined ? {} : { sbom: files.sbom }),
  }
}
