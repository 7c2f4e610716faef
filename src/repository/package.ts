import { readYaml } from '../goyaml/index.ts'
import { decodeUtf8 } from '../load/decode.ts'
import { unpack } from '../pack/unpack.ts'
import { sha256 } from '../tree/index.ts'
import { metadataOf } from './entry.ts'

/** A chart archive that Helm reads as the chart it says it is. */
export interface ReadPackage {
  readonly name: string
  readonly version: string
  readonly sha256: string
  /** What Chart.yaml says, as far as it gets into an index. */
  readonly metadata: Readonly<Record<string, unknown>>
  /** The KubeBlocks release of the annotation. */
  readonly kubeblocks: string | undefined
}

/** The annotation of Chart.yaml by which a chart says which KubeBlocks release it is for. */
const RELEASE = 'addonsmith.dev/kubeblocks'

/** Reads a package as the archive it is; says all that is wrong with it. `file` is the name of the file, which Helm and people take for the chart's. */
export async function readPackage(bytes: Uint8Array, file: string): Promise<ReadPackage | { readonly problems: readonly string[] }> {
  const unpacked = await unpack(bytes)
  if ('problem' in unpacked) return { problems: [`The archive is refused: ${unpacked.problem}.`] }
  const chart = unpacked.files.get('Chart.yaml')
  if (chart === undefined) return { problems: ['There is no Chart.yaml in the archive.'] }
  const text = decodeUtf8(chart)
  if (text === undefined) return { problems: ['Chart.yaml is not UTF-8.'] }
  const { value, problem, duplicates } = readYaml(text)
  if (problem !== undefined) return { problems: [`Chart.yaml is not YAML: ${problem.message}.`] }
  const problems = duplicates.map(({ path }) => `Chart.yaml has the key "${path.at(-1)}" twice.`)
  const metadata = metadataOf(value, ({ message }) => problems.push(inChart(message)))
  const { name, version } = metadata
  if (problems.length > 0 || name === undefined || version === undefined) return { problems }
  if (!STRICT.test(version)) return { problems: [`The chart version "${version}" is no semantic version with three numbers.`] }
  if (file !== `${name}-${version}.tgz`)
    return { problems: [`The file is named ${file}, and the chart in it is ${name} ${version}, which makes ${name}-${version}.tgz.`] }
  const annotations = metadata.annotations as Readonly<Record<string, string>> | undefined
  return {
    name,
    version,
    sha256: sha256(bytes),
    metadata,
    kubeblocks: annotations !== undefined && Object.hasOwn(annotations, RELEASE) ? annotations[RELEASE] : undefined,
  }
}

function inChart(message: string): string {
  return message.startsWith('There is no ') ? message.replace('There is no', 'Chart.yaml has no') : `In Chart.yaml ${message.replace(/^An /, 'an ')}`
}

/** Versions that all tools read alike: Helm takes `1.0` and `v1.0.0` as well. */
const STRICT = /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-|\+|$)/

/** Whether a provenance file is of a package: it states the digest, which `helm verify` compares. */
export function isProvenanceOf(bytes: Uint8Array, file: string, digest: string): boolean {
  return Buffer.from(bytes)
    .toString('utf8')
    .split('\n')
    .some((line) => line.trim().replace(/"/g, '') === `${file}: sha256:${digest}`)
}
