import { describe, expect, test } from 'vitest'
import type { ChartSource } from '../../src/check/index.ts'
import { sourceRules } from '../../src/check/rules/index.ts'
import { catalogue } from '../../src/diagnostics/index.ts'
import { ADDONS, compileAddon, RELEASES } from '../support/compile-addon.ts'

const text = new TextDecoder()

/** The files of a chart of ours. No template of ours is without objects, and Helm need not run to say so. */
async function sourceOf(folder: string, kubeblocks: string): Promise<Map<string, string>> {
  const { chart } = await compileAddon(folder, kubeblocks)
  return new Map([...(chart?.tree ?? [])].map(([path, { bytes }]) => [path, text.decode(bytes)]))
}

function chartOf(files: ReadonlyMap<string, string>, rendered: ChartSource['rendered'] = new Set()): ChartSource {
  return { name: 'own', paths: [...files.keys()].sort(), read: (path) => files.get(path), rendered }
}

describe.each(ADDONS)('%s', (_, folder) => {
  test.each(RELEASES)('gives no error and no warning for %s', async (kubeblocks) => {
    const files = await sourceOf(folder, kubeblocks)
    // An addon need not be made for all releases.
    if (files.size === 0) return
    const chart = chartOf(files)
    const found = sourceRules.flatMap((rule) => rule.check(chart).map((finding) => ({ code: rule.code, ...finding })))
    expect(found.filter(({ code }) => catalogue[code].severity !== 'info')).toEqual([])
    expect(found.map(({ code }) => code).filter((code) => code.startsWith('values/'))).toEqual([])
  })
})

const VERSION = 'templates/componentversion.yaml'

/** One thing made wrong in the files of the Qdrant chart of 1.0. */
const MUTATIONS: readonly (readonly [code: string, path: string, from: string | RegExp, to: string, says: string])[] = [
  ['image/registry', VERSION, 'spec:', 'spec:\n  image: docker.io/qdrant/qdrant:v1', 'registry of the image "docker.io/qdrant/qdrant:v1"'],
  ['kbcli/closed-schema', 'values.schema.json', '"global"', '"globals"', 'refuses the values "edit"'],
  ['kbcli/default', 'values.yaml', 'pullPolicy: IfNotPresent', 'pullPolicy: Always', 'where values.yaml has "Always"'],
  ['kbcli/definition-text', 'Chart.yaml', 'addonsmith.dev/kubeblocks: "1.0"', 'addonsmith.dev/kubeblocks: "0.7"', 'looks for'],
  ['kbcli/flags', 'values.schema.json', '"nameOverride"', '"nameOVERRIDE"', 'crashes, for "nameOVERRIDE" is required'],
  [
    'kbcli/required',
    'values.schema.json',
    '"properties"',
    '"required": ["other"], "properties"',
    'it makes the value "other", which the schema requires, of no flag',
  ],
  ['kbcli/schema', 'values.schema.json', /^.*$/s, '', 'no values.schema.json'],
  ['kbcli/type-name', 'Chart.yaml', 'name: qdrant', 'name: qdrant-vector-search', 'no type of cluster called "qdrant-vector-search"'],
  ['source/files-get', 'templates/configmaps.yaml', 'files/scripts/qdrant/setup.sh', 'files/scripts/setup.sh', 'no file "files/scripts/setup.sh"'],
  ['source/files-get', '.helmignore', '/.git/', '/files/scripts/', 'Helm hides "files/scripts/qdrant/setup.sh"'],
  ['source/files-glob', VERSION, 'spec:', 'spec: {{ .Files.Glob "script/*" }}', 'matches "script/*"'],
  ['source/hard-coded-namespace', VERSION, 'metadata:', 'metadata:\n  namespace: default', 'the namespace "default"'],
  ['source/never-rendered', VERSION, /^.*$/s, '{{/* nothing */}}', 'gives no object'],
  [
    'source/swapped-default',
    'templates/_helpers.tpl',
    '.Values.nameOverride | default .Chart.Name',
    'default .Values.nameOverride "qdrant"',
    '.Values.nameOverride can never win',
  ],
  [
    'source/tpl-value',
    'templates/_helpers.tpl',
    '.Values.nameOverride | default',
    'tpl .Values.nameOverride . | default',
    'The value "nameOverride" is rendered',
  ],
  ['source/unquoted', VERSION, 'spec:', 'spec:\n  secret: {{ .Values.apiKeySecretKey }}', ''],
  ['source/unused-helper', 'templates/_helpers.tpl', /$/, '{{ define "qdrant.more" }}{{ end }}', '"qdrant.more"'],
  ['values/ambiguous-scalar', 'values.yaml', '"0.1.0"', '0.10', '"images.tools.tag" is 0.10, which Helm prints as 0.1'],
  ['values/ambiguous-scalar', 'values.yaml', 'registry: docker.io', 'registry: on', 'which Helm reads as true'],
  ['values/closed-schema', 'values.schema.json', '"global"', '"globals"', 'refuses the value "global"'],
  ['values/duplicate-key', 'values.yaml', 'pullPolicy: IfNotPresent', 'pullPolicy: IfNotPresent\n  registry: x', '"image.registry" is given on line'],
  ['values/no-schema', 'values.schema.json', /^.*$/s, '', 'There is no values.schema.json'],
  ['values/schema', 'values.schema.json', '"minLength": 1', '"$ref": "file:///etc/passwd"', 'leads out of the schema'],
  ['values/schema', 'values.schema.json', '"minLength": 1', '"pattern": "^(?!x)"', 'look-around'],
  ['values/schema', 'values.schema.json', '}', '', 'not JSON'],
  ['values/unused', 'values.yaml', 'image:\n', 'image:\n  never: 1\n', '"image.never"'],
]

test.each(MUTATIONS)('%s sees a change of %s', async (code, path, from, to, says) => {
  const files = await sourceOf(ADDONS[0]?.[1] ?? '', '1.0')
  const before = files.get(path) ?? ''
  const after = before.replace(from, () => to)
  expect(after).not.toBe(before)
  if (after === '') files.delete(path)
  else files.set(path, after)
  if (code === 'source/unquoted')
    files.set('values.yaml', (files.get('values.yaml') ?? '').replace('apiKeySecretKey: api-key', 'apiKeySecretKey: "0777"'))
  // These look at charts that render a Cluster alone.
  if (code.startsWith('kbcli/')) files.set('templates/cluster.yaml', 'apiVersion: apps.kubeblocks.io/v1\nkind: Cluster\n')
  const found = sourceRules.filter((rule) => rule.code === code).flatMap((rule) => rule.check(chartOf(files, new Set())))
  expect(found.map(({ message }) => message).join('\n')).toContain(says === '' ? 'the text "0777"' : says)
})

test('every rule about files was seen to find something in a chart of ours', () => {
  expect([...new Set(MUTATIONS.map(([code]) => code))].sort()).toEqual(sourceRules.map(({ code }) => code))
})
