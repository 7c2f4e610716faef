import { describe, expect, test } from 'vitest'
import { loadApi, loadRules } from '../../../src/apimodel/index.ts'
import { objectRules } from '../../../src/check/rules/index.ts'
import { addonFiles } from '../../../src/cli/addon-objects.ts'
import { createSink, type Finding } from '../../../src/diagnostics/index.ts'
import { readYaml } from '../../../src/goyaml/index.ts'
import { at, keysAt, textAt } from '../../../src/objects/index.ts'
import { applyRules, operatorRelease } from '../../../src/operator/index.ts'
import { addonObject, packageUrl, type Release, rangeOf, releases } from '../../../src/targets/index.ts'
import { readModel } from '../../support/api-model.ts'
import { ADDONS, compileAddon, RELEASES } from '../../support/compile-addon.ts'

const REPOSITORY = 'https://charts.example.com/addons'

/** The Addon object of an addon, as a file that is read again, and Chart.yaml of the chart it is about. */
async function addonOf(folder: string, kubeblocks: string, repository = REPOSITORY) {
  const { chart, cluster } = await compileAddon(folder, kubeblocks)
  if (chart === undefined || cluster === undefined) throw new Error(`${folder}: there is no chart for ${kubeblocks}`)
  const sink = createSink()
  const files = addonFiles([chart, cluster], repository, sink.report)
  expect(sink.all()).toEqual([])
  expect(files).toHaveLength(1)
  const [file] = files
  const read = (bytes: Uint8Array | undefined) => readYaml(Buffer.from(bytes ?? []).toString('utf8')).value
  return { file, object: read(file?.bytes), metadata: read(chart.tree.get('Chart.yaml')?.bytes), definition: definitionName(chart.tree) }
}

/** The name of the ClusterDefinition in a chart. */
function definitionName(tree: ReadonlyMap<string, { readonly bytes: Uint8Array }>): string | undefined {
  const text = [...tree.values()].map(({ bytes }) => Buffer.from(bytes).toString('utf8')).find((one) => /^kind: ClusterDefinition$/m.test(one))
  return /^metadata:\n {2}name: (\S+)$/m.exec(text ?? '')?.[1]
}

describe.each(RELEASES)('KubeBlocks %s', (kubeblocks) => {
  test.each(ADDONS)('the Addon of %s is valid, and nothing is found in it', async (_, folder) => {
    const api = await loadApi(kubeblocks, { read: readModel })
    const rules = await loadRules()
    for (const repository of [REPOSITORY, 'oci://registry.example.com/addons']) {
      const { object } = await addonOf(folder, kubeblocks, repository)
      expect(api.covers(textAt(object, 'apiVersion') ?? '')).toBe(true)
      expect(api.examine(object, { rules })).toEqual({ problems: [], skipped: [] })
      expect(applyRules(objectRules, operatorRelease(kubeblocks), [object])).toEqual([])
    }
  })

  test.each(ADDONS)('the Addon of %s says what its chart says', async (name, folder) => {
    const { file, object, metadata, definition } = await addonOf(folder, kubeblocks)
    const said = (key: string) => textAt(metadata, 'annotations', `addon.kubeblocks.io/${key}`)
    const version = textAt(metadata, 'version') ?? ''
    const addon = textAt(metadata, 'name') ?? ''
    expect(at(object, 'metadata')).toEqual({
      name: addon,
      labels: {
        'addon.kubeblocks.io/name': addon,
        'addon.kubeblocks.io/version': version,
        ...(said('model') === undefined ? {} : { 'addon.kubeblocks.io/model': said('model') }),
        'addon.kubeblocks.io/provider': said('provider'),
        'kubeblocks.io/provider': said('provider'),
      },
      annotations: { 'addon.kubeblocks.io/kubeblocks-version': said('kubeblocks-version') },
    })
    expect(said('kubeblocks-version'), name).toMatch(/^>=/)
    expect(textAt(object, 'spec', 'description')).toBe(textAt(metadata, 'description'))
    expect(textAt(object, 'spec', 'helm', 'chartLocationURL')).toBe(`${REPOSITORY}/${kubeblocks}/${addon}-${version}.tgz`)
    expect(file?.location).toBe(`${REPOSITORY}/${kubeblocks}/${addon}-${version}.tgz`)
    expect(file?.path).toBe(`${kubeblocks}/addons/${addon}/${version}.yaml`)
    // From 1.0 on an Addon in use cannot be disabled, and it is in use when a Cluster names a ClusterDefinition of its name.
    expect(definition).toBe(addon)
  })
})

test('provider and version are fields where the release has them, labels everywhere', () => {
  const withFields = releases.filter((release) => {
    const keys = keysAt(made(release), 'spec')
    expect(keys.includes('provider')).toBe(keys.includes('version'))
    return keys.includes('version')
  })
  expect(withFields.map(({ version }) => version)).toEqual(['0.9', '1.0', '1.1', '1.2-alpha'])
})

test('a registry has the version beside the location, and a slash at the end of a URL counts for nothing', () => {
  expect(packageUrl('oci://r.example.com/a/', '1.0', 'qdrant', '0.1.0')).toBe('oci://r.example.com/a/1.0/qdrant')
  expect(packageUrl('https://r.example.com', '1.0', 'qdrant', '0.1.0')).toBe('https://r.example.com/1.0/qdrant-0.1.0.tgz')
  expect(at(made(newest(), 'oci://r.example.com/a'), 'spec', 'helm')).toEqual({
    chartLocationURL: 'oci://r.example.com/a/1.2-alpha/qdrant',
    installOptions: { version: '0.1.0' },
  })
})

test('a version that cannot be a label is a finding, and there is no Addon', () => {
  for (const [version, hint] of [
    ['0.1.0+build.7', 'write "0.1.0"'],
    [`0.1.0-${'a'.repeat(60)}`, 'shorten it to 63 characters'],
  ] as const) {
    const found: Finding[] = []
    expect(made(newest(), REPOSITORY, { version }, found)).toBeUndefined()
    expect(found).toMatchObject([{ code: 'target/version-label', hint, place: { file: 'addon.yaml' }, kubeblocks: ['1.2-alpha'] }])
    expect(found[0]?.message).toContain(version)
  }
})

test('the chart of clusters has no Addon', async () => {
  const { cluster } = await compileAddon(ADDONS[0]?.[1] ?? '', '1.0')
  if (cluster === undefined) throw new Error('there is no chart of clusters')
  expect(addonFiles([cluster], REPOSITORY, () => {})).toEqual([])
})

/** What check says of the Addon of a chart of ours after a change. */
test.each([
  ['addon-object/label', { spec: { provider: 'The Qdrant Company' }, labels: { 'addon.kubeblocks.io/provider': '' } }, 'cannot be the label'],
  ['addon-object/location', { spec: { helm: { chartLocationURL: 'oci://r.example.com/qdrant' } } }, 'No version'],
  ['addon-object/name', { name: 'q'.repeat(45) }, '45 characters'],
  ['addon-object/range', { annotations: { 'addon.kubeblocks.io/kubeblocks-version': 'any' } }, '"any" is not a range'],
  ['addon-object/version', { labels: { 'addon.kubeblocks.io/version': '0.2.0' } }, 'version "0.2.0"'],
] as const)('%s sees the change of an Addon', (code, change, says) => {
  const object = made(newest())
  const { spec = {}, labels = {}, annotations = {}, name = 'qdrant' } = change as Readonly<Record<string, object>> & { readonly name?: string }
  const fields = (...path: readonly string[]) => at(object, ...path) as object
  const changed = {
    ...object,
    metadata: { name, labels: { ...fields('metadata', 'labels'), ...labels }, annotations: { ...fields('metadata', 'annotations'), ...annotations } },
    spec: { ...fields('spec'), ...spec },
  }
  const found = (one: unknown) => applyRules(objectRules, operatorRelease('1.2-alpha'), [one]).filter(({ rule }) => rule.code === code)
  expect(found(object)).toEqual([])
  expect(
    found(changed)
      .map(({ message }) => message)
      .join('\n'),
  ).toContain(says)
})

test('a long range that is none is told', () => {
  const range = `${'>=1.0.0    ,    '.repeat(5000)}!`
  const object = { kind: 'Addon', metadata: { name: 'x', annotations: { 'addon.kubeblocks.io/kubeblocks-version': range } } }
  const rules = objectRules.filter(({ code }) => code === 'addon-object/range')
  expect(applyRules(rules, operatorRelease('1.0'), [object])).toHaveLength(1)
})

/** The Addon of a chart with a given Chart.yaml. */
function made(release: Release, repository = REPOSITORY, fields: object = {}, found: Finding[] = []) {
  const annotations = {
    'addon.kubeblocks.io/kubeblocks-version': rangeOf(release.version, release.version),
    'addon.kubeblocks.io/model': 'vector',
    'addon.kubeblocks.io/provider': 'community',
  }
  const metadata = { name: 'qdrant', version: '0.1.0', description: 'A vector database.', annotations, ...fields }
  const locate = () => ({ file: 'addon.yaml', line: 1, column: 1 })
  return addonObject({ metadata, release, repository, locate, report: (finding) => found.push(finding) })
}

function newest(): Release {
  const release = releases.at(-1)
  if (release === undefined) throw new Error('there is no release')
  return release
}
