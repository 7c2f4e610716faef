import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { addEntries, EMPTY_INDEX } from '../../src/repository/chart-index.ts'
import { writeIndex } from '../../src/repository/write-index.ts'
import { HOSTILE_ARCHIVES } from '../support/hostile-archives.ts'
import { smallPackage, writePackages } from '../support/small-packages.ts'
import { createWorkspace, type Workspace } from '../support/workspace.ts'

const names = Object.keys(HOSTILE_ARCHIVES)

test('no hostile archive gets into a repository, each with its reason, and nothing is written', () => {
  const workspace = createWorkspace()
  for (const [number, name] of names.entries()) workspace.write(`p/${number}/x-1.0.0.tgz`, HOSTILE_ARCHIVES[name] ?? '')
  const run = workspace.run(['publish', 'p', '--to', 'repo', '--kubeblocks', '1.0'])
  expect(run.exitCode).toBe(1)
  for (const [number, name] of names.entries())
    expect(run.stderr, name).toMatch(new RegExp(`^p/${number}/x-1\\.0\\.0\\.tgz:1:1 error publish/archive The archive is refused: .+\\.$`, 'm'))
  expectPrintable(run.stderr)
  expect(readdirSync(workspace.path)).toEqual(['p'])
})

test('a hostile archive that somebody put into a repository is found', async () => {
  const workspace = createWorkspace()
  await writePackages(join(workspace.path, 'p'), [{ name: 'x', version: '1.0.0' }])
  expect(workspace.run(['publish', 'p', '--to', 'repo']).exitCode).toBe(0)
  for (const name of names) {
    workspace.write('repo/1.0/x-1.0.0.tgz', HOSTILE_ARCHIVES[name] ?? '')
    const run = workspace.run(['repo', 'check', 'repo'])
    expect(run.exitCode, name).toBe(1)
    expect(run.stderr, name).toContain('repo/1.0/x-1.0.0.tgz:1:1 error repository/digest')
    expect(run.stderr, name).toContain('repo/1.0/x-1.0.0.tgz:1:1 error repository/archive')
    expectPrintable(run.stderr)
  }
})

const entry = '- name: x\n    version: 1.0.0\n    urls: [x-1.0.0.tgz]'
const indexOf = (text: string) => `apiVersion: v1\nentries:\n  x:\n  ${text}\n`
const HOSTILE_INDEXES: Readonly<Record<string, string | Uint8Array>> = {
  nothing: '',
  'not UTF-8': Uint8Array.of(0xff, 0xfe, 0x00),
  'NUL bytes': '\u0000\u0000',
  'an archive': new Uint8Array(HOSTILE_ARCHIVES['a bomb'] ?? []),
  'half of an index': '{"apiVersion":"v1","generated":"2026-01-01T00:00:00Z","entries":{\n"x":[\n{"na',
  'a page of a server': '<!DOCTYPE html><html><body>404</body></html>',
  'marks of a merge': `apiVersion: v1\n<<<<<<< HEAD\nentries: {}\n=======\n>>>>>>> other\n`,
  'null entries': indexOf('- null'),
  'no list': indexOf('- name: x').replace('- name: x', '  name: x'),
  'wrong types': indexOf(entry).replace('1.0.0', '1.0'),
  'a version twice': indexOf(`${entry}\n  ${entry}`),
  'a chart twice': '{"apiVersion":"v1","entries":{"x":[],"x":[]}}',
  'a package elsewhere': indexOf(entry).replace('[x', '[https://evil.example/x'),
  'a package outside': indexOf(entry).replace('[x', '[../../x'),
  'a package of the system': indexOf(entry).replace('[x-1.0.0.tgz]', '["file:///etc/hostname"]'),
  'an escape sequence': indexOf(entry).replace('name: x', 'name: "\\e[31mx"'),
  'a prototype': '{"apiVersion":"v1","entries":{"__proto__":[{"name":"__proto__","version":"1.0.0","urls":["x"]}]}}',
  'billion laughs': `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefghij'
    .split('')
    .map((name, index) => `${name}: &${name} [${Array.from({ length: 9 }, () => `*${'abcdefghi'[index]}`).join(',')}]\n`)
    .join('')}`,
  'deep brackets': `apiVersion: v1\nentries: ${'['.repeat(20_000)}`,
  'deep JSON': `{"apiVersion":"v1","entries":${'['.repeat(20_000)}${']'.repeat(20_000)}}`,
}

test.each(Object.entries(HOSTILE_INDEXES))('an index that is hostile or broken is told, and left as it is: %s', async (_, content) => {
  const workspace = createWorkspace({ 'repo/1.0/index.yaml': content, 'p/n-1.0.0.tgz': await smallPackage({ name: 'n', version: '1.0.0' }) })
  const run = workspace.run(['publish', 'p', '--to', 'repo'])
  expect(run.exitCode, run.stderr).toBe(1)
  expect(run.stderr).toMatch(/^repo\/1\.0\/index\.yaml:\d+:\d+ error repository\/(index|duplicate|foreign-url) .+\.$/m)
  expectPrintable(run.stderr)
  expectUntouched(workspace, content)
  expect(workspace.run(['repo', 'check', 'repo']).exitCode).toBe(1)
  expect(workspace.run(['yank', 'x', '1.0.0', '--from', 'repo', '--kubeblocks', '1.0', '--reason', 'bad']).exitCode).toBe(1)
  expectUntouched(workspace, content)
})

test('packages elsewhere can be allowed', async () => {
  const index = indexOf(entry).replace('[x', '[https://good.example/charts/x')
  const workspace = createWorkspace({ 'repo/1.0/index.yaml': index, 'p/n-1.0.0.tgz': await smallPackage({ name: 'n', version: '1.0.0' }) })
  expect(workspace.run(['publish', 'p', '--to', 'repo', '--allow-foreign', 'https://good.example/charts']).exitCode).toBe(0)
  const check = workspace.run(['repo', 'check', 'repo', '--allow-foreign', 'https://good.example/charts'])
  expect(check.stderr).toBe('not checked x 1.0.0, which is at https://good.example/charts/x-1.0.0.tgz\n')
})

test('a link in the place of an index or a package is not followed', async () => {
  const workspace = createWorkspace({ outside: 'as it was', 'p/n-1.0.0.tgz': await smallPackage({ name: 'n', version: '1.0.0' }) })
  mkdirSync(join(workspace.path, 'repo/1.0'), { recursive: true })
  for (const link of ['index.yaml', 'n-1.0.0.tgz']) {
    symlinkSync('../../outside', join(workspace.path, 'repo/1.0', link))
    const run = workspace.run(['publish', 'p', '--to', 'repo'])
    expect(run.exitCode).toBe(3)
    expect(run.stderr).toBe(`addonsmith: repo/1.0/${link} cannot be read: it is no plain file.\n`)
    expect(readFileSync(join(workspace.path, 'outside'), 'utf8')).toBe('as it was')
    rmSync(join(workspace.path, 'repo/1.0', link))
  }
})

test('repo check tells what is wrong with packages, files beside them, and what no index lists', async () => {
  const workspace = createWorkspace()
  const charts = ['missing', 'replaced', 'good'].map((name) => ({ name, version: '1.0.0' }))
  await writePackages(join(workspace.path, 'p'), charts)
  expect(workspace.run(['publish', 'p', '--to', 'repo']).exitCode).toBe(0)
  rmSync(join(workspace.path, 'repo/1.0/missing-1.0.0.tgz'))
  workspace.write('repo/1.0/replaced-1.0.0.tgz', await smallPackage({ name: 'other', version: '1.0.0' }))
  workspace.write('repo/1.0/good-1.0.0.tgz.prov', 'files:\n  good-1.0.0.tgz: sha256:00\n')
  workspace.write('repo/1.0/stray-1.0.0.tgz', 'x')
  workspace.write('repo/1.0/stray-1.0.0.cdx.json', '{}')
  workspace.write('repo/1.0/good-1.0.0.cdx.json', '{}')
  workspace.write('repo/1.0/addons/stray/2.0.0.yaml', 'kind: Addon\n')
  const run = workspace.run(['repo', 'check', 'repo'])
  expect(run.exitCode).toBe(1)
  const lines = run.stderr.split('\n').flatMap(
    (line) =>
      /^repo\/1\.0\/(\S+):1:1 (.*)/
        .exec(line)
        ?.slice(1, 3)
        .join(' ')
        .replace(/[0-9a-f]{64}/g, 'DIGEST') ?? [],
  )
  expect(lines).toEqual([
    'addons/stray/2.0.0.yaml warning repository/addon-object The index has no package 1.0/stray-2.0.0.tgz.',
    'good-1.0.0.tgz.prov error repository/provenance It does not state the digest of good-1.0.0.tgz, which is DIGEST.',
    'missing-1.0.0.tgz error repository/missing The package of missing 1.0.0 is not there.',
    'replaced-1.0.0.tgz error repository/archive The package of replaced 1.0.0 is not that chart. The file is named replaced-1.0.0.tgz, and the chart in it is other 1.0.0, which makes other-1.0.0.tgz.',
    'replaced-1.0.0.tgz error repository/digest The package of replaced 1.0.0 has the digest DIGEST, and the index says DIGEST.',
    'stray-1.0.0.cdx.json warning repository/unlisted No index lists it.',
    'stray-1.0.0.tgz warning repository/unlisted No index lists it.',
  ])
})

test('an index of 100,000 entries is merged into', () => {
  const digest = 'a'.repeat(64)
  const entries = Array.from({ length: 100_000 }, (_, number) => {
    const [name, version] = [`c-${number % 50}`, `1.${number}.0`]
    return { name, version, digest, apiVersion: 'v2', created: '2026-01-01T00:00:00Z', urls: [`${name}-${version}.tgz`] }
  })
  const { index } = addEntries(EMPTY_INDEX, entries)
  const after = addEntries(index, [{ name: 'c-1', version: '1.50000.1', digest, urls: ['x'] }])
  expect(after.outcomes).toEqual(['added'])
  const versions = JSON.parse(String(writeIndex(after.index, 'json'))).entries['c-1'].map(({ version }: { version: string }) => version)
  expect(versions).toHaveLength(2001)
  expect(versions.slice(versions.indexOf('1.50000.1') - 1, versions.indexOf('1.50000.1') + 2)).toEqual(['1.50001.0', '1.50000.1', '1.49951.0'])
})

function expectUntouched({ path }: Workspace, content: string | Uint8Array): void {
  expect(readFileSync(join(path, 'repo/1.0/index.yaml'))).toEqual(Buffer.from(content))
  expect(readdirSync(join(path, 'repo/1.0'))).toEqual(['index.yaml'])
  expect(existsSync(join(path, 'repo/.addonsmith/journal'))).toBe(false)
}

function expectPrintable(text: string): void {
  expect(text).not.toMatch(/\n\s+at |please report/)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is looked for
  expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/)
}
