import { expect, test } from 'vitest'
import { sourceRules } from '../../../src/check/rules/index.ts'

/** What the rules about kbcli say of the files of a chart. */
function findings(files: Readonly<Record<string, string>>): readonly string[] {
  const chart = { name: 'x', paths: Object.keys(files).sort(), read: (path: string) => files[path], rendered: undefined }
  return sourceRules
    .filter(({ code }) => code.startsWith('kbcli/'))
    .flatMap((rule) => rule.check(chart).map(({ file, message }) => `${rule.code} ${file}: ${message}`))
}

const cluster = (api: string) => `apiVersion: apps.kubeblocks.io/${api}\nkind: Cluster\n`
const CHART = { 'Chart.yaml': 'name: qdrant-cluster\n' }
const MAPS = '{ "properties": { "tls": { "type": "object", "properties": { "enabled": { "type": "boolean" } } } } }'

test('a chart without a Cluster is none for kbcli', () => {
  expect(findings({ ...CHART, 'templates/x.yaml': 'apiVersion: apps.kubeblocks.io/v1\nkind: ClusterDefinition\n' })).toEqual([])
})

test('a Cluster may come from a named template of a dependency', () => {
  const library = {
    'charts/lib/Chart.yaml': 'name: lib\ntype: library\n',
    'charts/lib/templates/_cluster.tpl': `{{ define "lib.other" }}{{ end }}{{ define "lib.cluster" }}\n${cluster('v1')}{{ end }}`,
  }
  expect(findings({ ...CHART, ...library, 'templates/x.yaml': '{{ include "lib.cluster" . }}' })).toHaveLength(1)
  expect(findings({ ...CHART, ...library, 'templates/x.yaml': '{{ include "lib.other" . }}' })).toEqual([])
})

test('what one of the releases that a chart may be for does well is not found', () => {
  const old = { ...CHART, 'templates/x.yaml': cluster('v1alpha1') }
  expect(findings({ ...old, 'values.schema.json': MAPS })).toEqual([])
  const said = { 'Chart.yaml': `${CHART['Chart.yaml']}annotations:\n  addonsmith.dev/kubeblocks: "0.8"\n` }
  expect(findings({ ...old, ...said, 'values.schema.json': MAPS })).toEqual([
    'kbcli/flags values.schema.json: kbcli of KubeBlocks 0.8 hands --tls.enabled to Helm as the one name "tls.enabled" and not as "tls.enabled".',
  ])
})

test('a release without types of clusters has no rules', () => {
  const said = { 'Chart.yaml': `${CHART['Chart.yaml']}annotations:\n  addonsmith.dev/kubeblocks: "0.5"\n` }
  expect(findings({ ...said, 'templates/x.yaml': cluster('v1alpha1') })).toEqual([])
})

test('of several dependencies it is not known which one counts', () => {
  const schema = { 'values.schema.json': MAPS, 'charts/b/values.schema.json': '{}' }
  const two = { 'charts/a/Chart.yaml': 'name: a\n', 'charts/b/Chart.yaml': 'name: b\n' }
  expect(findings({ ...CHART, ...two, ...schema, 'templates/x.yaml': cluster('v1') })).toEqual([
    'kbcli/flags Chart.yaml: kbcli reads the schema of one dependency alone, and of "a", "b" it takes now this one and now that.',
  ])
})
