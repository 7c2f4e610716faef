import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readChartFolder, resolveDependencies, withoutDependencies } from '../../../src/subject/index.ts'
import { createWorkspace } from '../../support/workspace.ts'

const depends = (name: string, repository: string) => `name: x\ndependencies:\n  - {name: ${name}, version: 1.0.0, repository: "${repository}"}\n`

function resolved(files: Readonly<Record<string, string>>, chart = 'x') {
  const { path } = createWorkspace(files)
  const folder = join(path, chart)
  const { files: own } = readChartFolder(folder)
  const { files: merged, missing, problems } = resolveDependencies(own, folder)
  return { paths: [...merged.keys()].sort(), missing: missing.map(({ name, why }) => `${name}: ${why}`), problems }
}

test('a chart beside it is put into charts/, with what it depends on', () => {
  expect(
    resolved({
      'x/Chart.yaml': depends('kblib', 'file://../kblib'),
      'kblib/Chart.yaml': depends('inner', 'file://../inner'),
      'kblib/templates/_a.tpl': '',
      'inner/Chart.yaml': 'name: inner\n',
    }),
  ).toEqual({
    paths: ['Chart.yaml', 'charts/kblib/Chart.yaml', 'charts/kblib/charts/inner/Chart.yaml', 'charts/kblib/templates/_a.tpl'],
    missing: [],
    problems: [],
  })
})

test.each([
  ['a folder', { 'x/charts/kblib/Chart.yaml': 'name: kblib\n' }],
  ['a folder of another name', { 'x/charts/lib/Chart.yaml': 'version: 1\nname: "kblib"\n' }],
  ['an archive', { 'x/charts/kblib-1.0.0.tgz': '' }],
])('what lies in charts/ as %s is taken', (_, files) => {
  const found = resolved({ 'x/Chart.yaml': depends('kblib', 'https://charts.example'), ...files })
  expect(found.missing).toEqual([])
})

test.each([
  ['https://charts.example', 'kblib: it comes from https://charts.example, and is not in charts/'],
  ['file://../absent', 'kblib: there is no chart at file://../absent'],
  ['', 'kblib: it is not in charts/'],
  ['file://.', 'kblib: it depends on itself'],
])('from "%s" it cannot be had', (repository, why) => {
  expect(resolved({ 'x/Chart.yaml': depends('kblib', repository) }).missing.join('\n')).toContain(
    why.replace(/^kblib: it depends on itself$/, 'depends on itself'),
  )
})

test.each(['../escaped', 'a/b', '..', '', '.hidden'])('a dependency of the name %j is not put anywhere', (name) => {
  const { paths, missing } = resolved({
    'x/Chart.yaml': depends(JSON.stringify(name), 'file://../lib'),
    'lib/Chart.yaml': 'name: lib\n',
    'lib/a': '',
  })
  expect(paths).toEqual(['Chart.yaml'])
  expect(missing).toEqual([`${name}: its name is not one that a chart can have`])
})

test('a file where its folder would be is told', () => {
  const { missing } = resolved({ 'x/Chart.yaml': depends('lib', 'file://../lib'), 'x/charts/lib': 'a file', 'lib/Chart.yaml': 'name: lib\n' })
  expect(missing).toEqual(['lib: charts/lib is a file'])
})

test('the same chart under two aliases is read once, and many of many come to an end', () => {
  const all = (names: readonly string[]) =>
    `name: x\ndependencies:\n${names.map((name) => `  - {name: ${name}, version: 1.0.0, repository: "file://../${name}"}\n`).join('')}`
  const names = Array.from({ length: 12 }, (_, i) => `c${i}`)
  const files = Object.fromEntries(names.map((name) => [`${name}/Chart.yaml`, all(names)]))
  const { paths } = resolved({ 'x/Chart.yaml': all(['c0', 'c0']), 'c0/Chart.yaml': 'name: c0\n' })
  expect(paths).toEqual(['Chart.yaml', 'charts/c0/Chart.yaml'])
  expect(
    resolved({ 'x/Chart.yaml': all(names), ...files })
      .problems.map(({ message }) => message)
      .join(),
  ).toContain('more than')
})

test('charts that depend on each other come to an end', () => {
  const files = { 'x/Chart.yaml': depends('y', 'file://../y'), 'y/Chart.yaml': depends('x', 'file://../x') }
  expect(resolved(files).missing.join('\n')).toContain('depends on itself')
})

test('an archive reaches nothing outside itself', () => {
  const { missing } = resolveDependencies(new Map([['Chart.yaml', Buffer.from(depends('kblib', 'file:///etc'))]]), undefined)
  expect(missing.map(({ why }) => why)).toEqual(['it is not in the archive'])
})

test('a link in a dependency is a problem, and is not followed', () => {
  const { path } = createWorkspace({ 'x/Chart.yaml': depends('kblib', 'file://../kblib'), 'kblib/Chart.yaml': 'name: kblib\n', 'secret.txt': 's' })
  symlinkSync('../secret.txt', join(path, 'kblib/link.txt'))
  const { files, problems } = resolveDependencies(readChartFolder(join(path, 'x')).files, join(path, 'x'))
  expect(problems.map((problem) => problem.path)).toEqual(['charts/kblib/link.txt'])
  expect([...files.keys()]).not.toContain('charts/kblib/link.txt')
})

test('a chart without some of its dependencies keeps the others', () => {
  const text = 'name: x\ndependencies:\n  - {name: a}\n  - {name: b}\n  - {name: c}\n'
  const files = withoutDependencies(
    new Map([
      ['Chart.yaml', Buffer.from(text)],
      ['Chart.lock', Buffer.from('')],
    ]),
    [0, 2],
  )
  expect(Buffer.from(files.get('Chart.yaml') ?? []).toString()).toBe('name: x\ndependencies:\n  - { name: b }\n')
  expect([...files.keys()]).toEqual(['Chart.yaml'])
})
