import { cpSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { pack } from '../../src/pack/index.ts'
import { unpack } from '../../src/pack/unpack.ts'
import { createTree } from '../../src/tree/index.ts'
import { copyQdrant } from '../support/compile-qdrant.ts'
import { helmPath, TESTED_HELMS } from '../support/helm.ts'
import { HOSTILE_ARCHIVES } from '../support/hostile-archives.ts'
import { runJson, tinyWorkspace } from '../support/tiny-workspace.ts'
import { createWorkspace, type Workspace } from '../support/workspace.ts'

const PACKAGE = 'dist/packages/1.0/tiny-0.1.0.tgz'
const VERIFY = ['verify', PACKAGE, '--no-helm']

function packaged(): Workspace {
  const workspace = tinyWorkspace()
  const { stderr, exitCode } = workspace.run(['package', '--no-helm', '--kubeblocks', '1.0'])
  expect(exitCode, stderr).toBe(0)
  return workspace
}

/** Packs the package again after its files were changed. */
async function repack(workspace: Workspace, change: (files: Map<string, Uint8Array>) => void): Promise<void> {
  const unpacked = await unpack(readFileSync(join(workspace.path, PACKAGE)))
  if ('problem' in unpacked) throw new Error(unpacked.problem)
  const files = new Map(unpacked.files)
  change(files)
  const archive = await pack({ name: 'tiny', version: '0.1.0' }, createTree([...files].map(([path, bytes]) => [path, { bytes }] as const)))
  workspace.write(PACKAGE, archive.bytes)
}

/** Everything below a folder. */
const listing = (folder: string) => readdirSync(folder, { recursive: true }).map(String).sort()

test.each(TESTED_HELMS)('packages of Qdrant, of all releases, are made again with Helm %i, byte for byte', (major) => {
  const workspace = createWorkspace()
  copyQdrant(workspace.path)
  const env = { HELM_BIN: helmPath(major) }
  const { stderr, exitCode } = workspace.run(['package'], { ...env, SOURCE_DATE_EPOCH: '1700000000' })
  expect(exitCode, stderr).toBe(0)
  const elsewhere = createWorkspace()
  cpSync(workspace.path, elsewhere.path, { recursive: true })
  const packages = listing(join(elsewhere.path, 'dist/packages')).filter((name) => name.endsWith('.tgz'))
  expect(packages.length).toBeGreaterThan(10)
  // The time is that of the package, not of the environment.
  const report = runJson(elsewhere, ['verify', ...packages.map((name) => `dist/packages/${name}`)], env)
  expect(report.diagnostics).toEqual([])
  expect(report.results.map(({ state }) => state)).toEqual(packages.map(() => 'verified'))
})

test('a changed file is shown, and what the package holds cannot drive a terminal', async () => {
  const workspace = packaged()
  expect(workspace.run(VERIFY).stdout).toMatch(
    /tiny-0.1.0.tgz: verified, addons\/tiny\/addon.yaml gives the same bytes for KubeBlocks 1.0, sha256 [0-9a-f]{64}\n/,
  )
  await repack(workspace, (files) => {
    const values = Buffer.from(files.get('values.yaml') ?? []).toString()
    files.set('values.yaml', Buffer.from(`${values}evil: "\u001b[31mred"\n`))
    files.set('templates/extra.yaml', Buffer.from('kind: Secret\n'))
    files.delete('README.md')
  })
  const { stdout, stderr, exitCode } = workspace.run(VERIFY)
  expect(stderr).toContain(
    'error package/different The package is not what addons/tiny/addon.yaml gives for KubeBlocks 1.0: README.md (removed), templates/extra.yaml (added), values.yaml (changed).',
  )
  expect(stdout).toContain('+evil: "\\u001b[31mred"')
  expect(`${stdout}${stderr}`).not.toContain('\u001b')
  expect(exitCode).toBe(1)
  expect(runJson(workspace, VERIFY).results[0]).toMatchObject({
    state: 'different',
    changes: [
      { path: 'README.md', change: 'removed' },
      { path: 'templates/extra.yaml', change: 'added' },
      { path: 'values.yaml', change: 'changed' },
    ],
  })
})

test('differences without end are cut, and such without lines named', async () => {
  const workspace = packaged()
  await repack(workspace, (files) => {
    files.set('values.yaml', Buffer.from(Array.from({ length: 1_000 }, (_, index) => `k${index}: ${index}\n`).join('')))
    files.set('README.md', Buffer.from([0xff, 0xfe, 0]))
    files.set('values.schema.json', Buffer.alloc(4 * 1024 * 1024, '[]\n'))
    for (let index = 0; index < 20; index++) files.set(`a${String(index).padStart(2, '0')}.txt`, Buffer.from('x'))
  })
  const { stdout, exitCode } = workspace.run(VERIFY)
  expect(exitCode).toBe(1)
  expect(stdout).toContain('README.md (changed)')
  expect(stdout.split('\n').length).toBeLessThan(500)
  expect(stdout).toMatch(/and \d+ more files/)
})

test('equal files in another archive are said to be that', () => {
  const workspace = packaged()
  workspace.write(PACKAGE, gzipSync(gunzipSync(readFileSync(join(workspace.path, PACKAGE))), { level: 1 }))
  expect(workspace.run(VERIFY).stderr).toContain('its files are equal, and the archive around them is not, as when something else packed it.')
})

describe('packages that are not the ones of here', () => {
  const change = (text: string, to: string) => (files: Map<string, Uint8Array>) => {
    const before = Buffer.from(files.get('Chart.yaml') ?? []).toString()
    expect(before).toContain(text)
    files.set('Chart.yaml', Buffer.from(before.replace(text, to)))
  }
  test.each([
    [
      'of another version',
      change('version: "0.1.0"', 'version: "0.2.0"'),
      'package/version',
      'The package has the version 0.2.0, and addons/tiny has 0.1.0.',
    ],
    ['of another name', change('name: tiny', 'name: tinny'), 'package/no-addon', 'No addon here has the chart "tinny".'],
    ['of no release', change('addonsmith.dev/kubeblocks', 'example.com/kubeblocks'), 'package/release', 'does not say for which KubeBlocks release'],
    [
      'of a release there is not',
      change('addonsmith.dev/kubeblocks: "1.0"', 'addonsmith.dev/kubeblocks: "7.0"'),
      'package/release',
      'KubeBlocks "7.0"',
    ],
    ['of another release', change('addonsmith.dev/kubeblocks: "1.0"', 'addonsmith.dev/kubeblocks: "0.9"'), 'package/different', 'for KubeBlocks 0.9'],
    ['without Chart.yaml', (files: Map<string, Uint8Array>) => files.delete('Chart.yaml'), 'chart/metadata', 'There is no Chart.yaml'],
    ['without version', change('version: "0.1.0"\n', ''), 'chart/metadata', 'Chart.yaml has no version.'],
  ] as const)('%s', async (_what, spoil, code, message) => {
    const workspace = packaged()
    await repack(workspace, spoil)
    const { diagnostics, exitCode } = runJson(workspace, VERIFY)
    expect(diagnostics.find((one) => one.code === code)?.message).toContain(message)
    expect(exitCode).toBe(1)
  })

  test('the addon may be named, and a broken one says why', () => {
    const workspace = packaged()
    expect(workspace.run([...VERIFY, '--addon', 'addons/tiny']).exitCode).toBe(0)
    const descriptor = readFileSync(join(workspace.path, 'addons/tiny/addon.yaml'), 'utf8')
    workspace.write('addons/tiny/addon.yaml', descriptor.replace('engine:', 'engin:'))
    const { diagnostics } = runJson(workspace, VERIFY)
    expect(diagnostics).toMatchObject([{ code: 'package/no-addon', hint: 'addons/tiny could not be read: addonsmith check says why' }])
  })
})

test('hostile archives are refused, each with a place, and nothing is written', () => {
  const names = Object.keys(HOSTILE_ARCHIVES).map((_, index) => `${index}.tgz`)
  const workspace = tinyWorkspace()
  for (const [index, bytes] of Object.values(HOSTILE_ARCHIVES).entries()) workspace.write(`${index}.tgz`, bytes)
  workspace.write('tmp/keep', '')
  const before = listing(workspace.path)
  const { diagnostics, results, exitCode } = runJson(workspace, ['verify', ...names, '--no-helm'], { TMPDIR: join(workspace.path, 'tmp') })
  expect(exitCode).toBe(1)
  for (const name of names) expect(diagnostics.find(({ place }) => place?.file === name)?.code, name).toBe('chart/unsafe-file')
  expect(results.map(({ state }) => state)).toEqual(names.map(() => 'refused'))
  expect(listing(workspace.path)).toEqual(before)
})
