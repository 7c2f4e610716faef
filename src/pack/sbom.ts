import { createHash } from 'node:crypto'
import { at, listAt, textAt } from '../objects/index.ts'
import { imagePurl, parseImage } from './image-reference.ts'
import type { Archive } from './index.ts'

/** What an SBOM is made from. */
export interface SbomSource {
  /** Chart.yaml as it is packed. */
  readonly metadata: unknown
  readonly archive: Archive
  /** KubeBlocks release. */
  readonly kubeblocks: string
  /** References of all images that the chart renders. */
  readonly images: readonly string[]
  /** Folder in which the package will be found, when that is known. */
  readonly repository: string | undefined
  /** Version of this tool. */
  readonly tool: string
  /** Seconds since 1970, when the run has a time of its own. */
  readonly epoch: number | undefined
}

/**
 * The bill of materials of a package, CycloneDX 1.6: the chart, and the images of every engine version with it. Equal packages give equal bytes:
 * the serial number is made of the digest, and without SOURCE_DATE_EPOCH there is no time. https://cyclonedx.org/docs/1.6/json/
 */
export function sbomOf(source: SbomSource): Buffer {
  const chart = chartComponent(source)
  const images = [...new Map(source.images.map(imageComponent).map((image) => [image['bom-ref'], image])).values()]
  const bom = {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: `urn:uuid:${uuidOf(source.archive.sha256)}`,
    version: 1,
    metadata: {
      ...(source.epoch === undefined ? {} : { timestamp: new Date(source.epoch * 1000).toISOString().replace('.000Z', 'Z') }),
      tools: { components: [{ type: 'application', name: 'addonsmith', version: source.tool }] },
      component: chart,
    },
    components: images,
    dependencies: [
      { ref: chart['bom-ref'], dependsOn: images.map((image) => image['bom-ref']) },
      ...images.map((image) => ({ ref: image['bom-ref'] })),
    ],
  }
  return Buffer.from(`${JSON.stringify(bom, null, 2)}\n`)
}

function chartComponent({ metadata, archive, kubeblocks, repository }: SbomSource) {
  const name = textAt(metadata, 'name') ?? ''
  const version = textAt(metadata, 'version') ?? ''
  const where = repository === undefined ? '' : `?repository_url=${encodeURIComponent(repository)}`
  const purl = `pkg:helm/${name}@${encodeURIComponent(version)}${where}`
  const license = textAt(metadata, 'annotations', 'artifacthub.io/license')
  const home = textAt(metadata, 'home')
  const references = [
    ...(home === undefined ? [] : [{ type: 'website', url: home }]),
    ...listAt(metadata, 'sources').map((url) => ({ type: 'vcs', url: String(url) })),
  ]
  return {
    type: 'application',
    'bom-ref': purl,
    name,
    version,
    description: textAt(metadata, 'description') ?? '',
    hashes: [{ alg: 'SHA-256', content: archive.sha256 }],
    // An expression may be a single license too.
    ...(license === undefined ? {} : { licenses: [{ expression: license }] }),
    purl,
    ...(references.length === 0 ? {} : { externalReferences: references }),
    properties: [
      { name: 'addonsmith:kubeblocks', value: kubeblocks },
      ...(at(metadata, 'appVersion') === undefined ? [] : [{ name: 'addonsmith:appVersion', value: String(at(metadata, 'appVersion')) }]),
    ],
  }
}

function imageComponent(image: string) {
  const reference = parseImage(image)
  if (reference === undefined) return { type: 'container', 'bom-ref': `image:${image}`, name: image }
  const { registry, repository, tag, digest } = reference
  const purl = imagePurl(reference)
  const hash = digest?.startsWith('sha256:') === true ? [{ alg: 'SHA-256', content: digest.slice('sha256:'.length) }] : []
  return {
    type: 'container',
    'bom-ref': purl,
    name: `${registry}/${repository}`,
    ...(tag === undefined && digest === undefined ? {} : { version: tag ?? digest }),
    ...(hash.length === 0 ? {} : { hashes: hash }),
    purl,
  }
}

/** A UUID of version 8, whose content is the maker's own (RFC 9562, 5.8), of a digest. */
function uuidOf(digest: string): string {
  const hex = createHash('sha256').update(`addonsmith sbom ${digest}`).digest('hex')
  const variant = ((Number.parseInt(hex[16] ?? '0', 16) & 3) | 8).toString(16)
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `${variant}${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-')
}
