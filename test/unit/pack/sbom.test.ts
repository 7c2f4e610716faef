import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import { describe, expect, test } from 'vitest'
import { imageName, imagePurl, parseImage } from '../../../src/pack/image-reference.ts'
import { pack } from '../../../src/pack/index.ts'
import { type SbomSource, sbomOf } from '../../../src/pack/sbom.ts'
import { createTree } from '../../../src/tree/index.ts'

const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`

describe('references to images', () => {
  test.each([
    ['redis', { registry: 'docker.io', repository: 'library/redis', tag: undefined, digest: undefined }],
    ['redis:7.2', { registry: 'docker.io', repository: 'library/redis', tag: '7.2', digest: undefined }],
    ['docker.io/qdrant/qdrant:v1.18.3', { registry: 'docker.io', repository: 'qdrant/qdrant', tag: 'v1.18.3', digest: undefined }],
    ['index.docker.io/redis', { registry: 'docker.io', repository: 'library/redis', tag: undefined, digest: undefined }],
    ['localhost/x:1', { registry: 'localhost', repository: 'x', tag: '1', digest: undefined }],
    ['registry.example.com:5000/a/b/c', { registry: 'registry.example.com:5000', repository: 'a/b/c', tag: undefined, digest: undefined }],
    [`quay.io/x/y:1@${DIGEST}`, { registry: 'quay.io', repository: 'x/y', tag: '1', digest: DIGEST }],
    [`x/y@${DIGEST}`, { registry: 'docker.io', repository: 'x/y', tag: undefined, digest: DIGEST }],
  ])('%s', (text, expected) => {
    expect(parseImage(text)).toEqual(expected)
  })

  test.each(['', 'A/B', 'x y', 'x:', 'x@sha256:12', '/x', 'x//y', 'x:1:2', `x:${'a'.repeat(129)}`, 'x\ny'])('%j is none', (text) => {
    expect(parseImage(text)).toBeUndefined()
  })

  test.each([
    ['redis:7.2', 'pkg:docker/library/redis@7.2'],
    ['quay.io/x/y:1', 'pkg:docker/x/y@1?repository_url=quay.io'],
    ['registry.example.com:5000/x/y', 'pkg:docker/x/y?repository_url=registry.example.com:5000'],
    [`quay.io/x/y:1@${DIGEST}`, `pkg:oci/y@${DIGEST.replace(':', '%3A')}?repository_url=quay.io/x/y&tag=1`],
  ])('the package URL of %s', (text, purl) => {
    const reference = parseImage(text)
    expect(reference && imagePurl(reference)).toBe(purl)
  })

  test('people know an image by its last step', () => {
    expect(imageName('quay.io/x/y:1')).toBe('y')
    expect(imageName('no image')).toBe('no image')
  })
})

/** The schema of CycloneDX 1.6 as OWASP's own library ships it. */
function validator() {
  const folder = createRequire(import.meta.url)
    .resolve('@cyclonedx/cyclonedx-library/package.json')
    .replace(/package\.json$/, 'res/schema')
  const read = (name: string) => JSON.parse(readFileSync(join(folder, `${name}.SNAPSHOT.schema.json`), 'utf8')) as object
  const formats = {
    'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/,
    'iri-reference': (text: string) => URL.canParse(text, 'https://example.com/'),
    'idn-email': true,
    email: true,
    uri: (text: string) => URL.canParse(text),
    string: true,
  } as const
  const ajv = new Ajv({ strict: false, allErrors: true, formats })
  for (const name of ['spdx', 'jsf-0.82']) ajv.addSchema(read(name), `http://cyclonedx.org/schema/${name}.SNAPSHOT.schema.json`)
  return ajv.compile(read('bom-1.6'))
}

const TREE = createTree([['Chart.yaml', { bytes: Buffer.from('name: x\n') }]])

async function source(changes: Partial<SbomSource> = {}): Promise<SbomSource> {
  return {
    metadata: {
      name: 'x',
      version: '1.0.0',
      appVersion: '7.2.0',
      description: 'An engine.',
      home: 'https://example.com',
      sources: ['https://example.com/x.git'],
      annotations: { 'artifacthub.io/license': 'Apache-2.0 OR MIT' },
    },
    archive: await pack({ name: 'x', version: '1.0.0' }, TREE),
    kubeblocks: '1.0',
    images: ['redis:7.2', `quay.io/x/y:1@${DIGEST}`, 'docker.io/library/redis:7.2', '{{ odd }}'],
    repository: 'https://charts.example.com/1.0',
    tool: '0.1.0',
    epoch: undefined,
    ...changes,
  }
}

describe('bills of materials', () => {
  test.each([
    ['with everything', {}],
    ['with a time', { epoch: 1_700_000_000 }],
    ['with next to nothing', { metadata: { name: 'x', version: '1.0.0' }, images: [], repository: undefined }],
    ['with build metadata in the version', { metadata: { name: 'x', version: '1.0.0+build.1' } }],
  ])('%s follow the schema of CycloneDX 1.6', async (_name, changes) => {
    const validate = validator()
    const bom: unknown = JSON.parse(sbomOf(await source(changes)).toString())
    expect(validate(bom), JSON.stringify(validate.errors)).toBe(true)
    expect(validate({ ...Object(bom), bomFormat: 'Other' })).toBe(false)
    expect(validate({ ...Object(bom), components: [{ type: 'image', name: 'x' }] })).toBe(false)
  })

  test('name the chart, its license and each image once, with the digest where the reference has one', async () => {
    const bom = JSON.parse(sbomOf(await source()).toString()) as {
      readonly metadata: { readonly component: unknown }
      readonly components: readonly { readonly 'bom-ref': string; readonly hashes?: unknown }[]
      readonly dependencies: readonly { readonly ref: string; readonly dependsOn?: readonly string[] }[]
    }
    const { archive } = await source()
    expect(bom.metadata.component).toMatchObject({
      name: 'x',
      version: '1.0.0',
      purl: 'pkg:helm/x@1.0.0?repository_url=https%3A%2F%2Fcharts.example.com%2F1.0',
      hashes: [{ alg: 'SHA-256', content: archive.sha256 }],
      licenses: [{ expression: 'Apache-2.0 OR MIT' }],
      properties: [
        { name: 'addonsmith:kubeblocks', value: '1.0' },
        { name: 'addonsmith:appVersion', value: '7.2.0' },
      ],
    })
    expect(bom.components.map((one) => one['bom-ref'])).toEqual([
      'pkg:docker/library/redis@7.2',
      `pkg:oci/y@${DIGEST.replace(':', '%3A')}?repository_url=quay.io/x/y&tag=1`,
      'image:{{ odd }}',
    ])
    expect(bom.components[1]?.hashes).toEqual([{ alg: 'SHA-256', content: DIGEST.slice('sha256:'.length) }])
    expect(bom.dependencies[0]?.dependsOn).toEqual(bom.components.map((one) => one['bom-ref']))
  })

  test('are equal for equal packages, and numbered by the digest', async () => {
    const number = (bytes: Buffer) => (JSON.parse(bytes.toString()) as { readonly serialNumber: string }).serialNumber
    const first = sbomOf(await source())
    expect(sbomOf(await source()).equals(first)).toBe(true)
    expect(first.toString()).not.toContain('timestamp')
    expect(number(first)).toMatch(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    const other = await pack({ name: 'x', version: '1.0.0' }, TREE, 1_700_000_000)
    expect(number(sbomOf(await source({ archive: other })))).not.toBe(number(first))
    expect(sbomOf(await source({ epoch: 1_700_000_000 })).toString()).toContain('"timestamp": "2023-11-14T22:13:20Z"')
  })
})
