import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { findSubjects } from '../../../src/subject/index.ts'
import { createWorkspace } from '../../support/workspace.ts'

const CHART = 'name: x\n'

function found(files: Readonly<Record<string, string>>, ...paths: readonly string[]): readonly string[] {
  const { path } = createWorkspace(files)
  return findSubjects(paths, path).map((subject) => `${subject.kind} ${subject.path.slice(path.length + 1)}`)
}

test('a folder is searched for charts, archives and descriptors, sorted', () => {
  const files = {
    'addons/b/Chart.yaml': CHART,
    'addons/a/Chart.yaml': CHART,
    'addons/deep/er/c/Chart.yaml': CHART,
    'addons/d/addon.yaml': '',
    'packages/x-1.0.0.tgz': '',
    'notes.md': '',
    'values.yaml': '',
  }
  expect(found(files, '.')).toEqual([
    'folder addons/a',
    'folder addons/b',
    'descriptor addons/d',
    'folder addons/deep/er/c',
    'archive packages/x-1.0.0.tgz',
  ])
})

test('a folder without any is one of rendered objects', () => {
  const files = {
    'examples/b.yaml': '',
    'examples/a.yml': '',
    'examples/README.md': '',
    'examples/deep/c.yaml': '',
    'examples/.hidden.yaml': '',
    'chart/Chart.yaml': CHART,
  }
  expect(found(files, 'examples')).toEqual(['manifests examples/a.yml', 'manifests examples/b.yaml', 'manifests examples/deep/c.yaml'])
  expect(found(files, '.')).toEqual(['folder chart'])
})

test('what lies in a chart, in hidden folders and in node_modules is no subject', () => {
  const files = { 'a/Chart.yaml': CHART, 'a/charts/b/Chart.yaml': CHART, '.git/c/Chart.yaml': CHART, 'node_modules/d/Chart.yaml': CHART }
  expect(found(files, '.')).toEqual(['folder a'])
})

test('a subject that is named twice is there once', () => {
  expect(found({ 'a/Chart.yaml': CHART }, 'a', '.', './a')).toEqual(['folder a'])
})

test('a file of rendered objects is a subject when it is named', () => {
  expect(found({ 'out.yaml': '' }, 'out.yaml')).toEqual(['manifests out.yaml'])
})

test('links to folders are not followed in a search', () => {
  const { path } = createWorkspace({ 'real/Chart.yaml': CHART, 'search/x.txt': '' })
  symlinkSync('../real', join(path, 'search/link'))
  symlinkSync('.', join(path, 'search/loop'))
  expect(() => findSubjects(['search'], path)).toThrow('holds none')
})

test.each(['absent', 'notes.md'])('%s is refused', (name) => {
  const { path } = createWorkspace({ 'notes.md': '' })
  expect(() => findSubjects([name], path)).toThrow(/does not exist|neither an addon nor a chart/)
})
