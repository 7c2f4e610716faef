import { expect, test } from 'vitest'
import { kbcliCreate } from '../support/kbcli.ts'
import { folderOf, needHelm } from '../support/scratch-chart.ts'

const SCHEMA = {
  required: ['mode'],
  properties: { mode: { type: 'string', enum: ['one', 'many'] }, replicas: { type: 'integer', default: 1 }, cpuLIMIT: { type: 'number' } },
}
const CHART: readonly (readonly [string, string])[] = [
  ['Chart.yaml', 'apiVersion: v2\nname: small-cluster\nversion: 1.0.0\ndependencies:\n- name: lib\n  version: 1.0.0\n  alias: extra\n'],
  ['values.yaml', 'mode: one\nreplicas: 5\ncpuLIMIT: 2\n'],
  ['charts/lib/Chart.yaml', 'apiVersion: v2\nname: lib\nversion: 1.0.0\n'],
  ['charts/lib/values.schema.json', JSON.stringify({ properties: { policy: { type: 'string', default: 'Delete' } } })],
  [
    'templates/cluster.yaml',
    `kind: Cluster
metadata:
  name: {{ .Release.Name }}
  namespace: {{ .Release.Namespace }}
spec: {{ dict "mode" .Values.mode "replicas" .Values.replicas "cpu" .Values.cpuLIMIT "policy" .Values.extra.policy "version" .Values.version | toJson }}
`,
  ],
  ['templates/test.yaml', 'kind: Pod\nmetadata:\n  name: test\n  annotations:\n    helm.sh/hook: test\n'],
]
const chartWith = (schema: object) => folderOf([...CHART, ['values.schema.json', JSON.stringify(schema)]])

test('a cluster is rendered from all flags, and hooks are no part of it', (context) => {
  needHelm(context, 3)
  const { refused, objects } = kbcliCreate({ chart: chartWith(SCHEMA), release: '1.0', flags: { mode: 'many', policy: 'Halt', 'cpu-limit': 4 } })
  expect(refused).toEqual([])
  expect(objects).toEqual([
    {
      kind: 'Cluster',
      metadata: { name: 'mycluster', namespace: 'demo' },
      // The default of the schema and not that of values.yaml; and a name that does not survive the flag stays what it is.
      spec: { mode: 'many', replicas: 1, cpu: 2, policy: 'Halt', version: null },
    },
  ])
})

test('before 0.9 the version is looked up', (context) => {
  needHelm(context, 3)
  const { objects } = kbcliCreate({ chart: chartWith(SCHEMA), release: '0.8', flags: { mode: 'one' }, clusterVersion: 'small-1' })
  expect(objects).toMatchObject([{ spec: { version: 'small-1' } }])
})

test.each([
  ['a flag that it needs', SCHEMA, {}, ['required flag "mode" not set', '/mode must be equal to one of the allowed values']],
  ['a flag that is none', SCHEMA, { mode: 'one', other: 'x' }, ['unknown flag: --other']],
  ['a value of another type', SCHEMA, { mode: 'one', replicas: 'x' }, ['invalid argument "x" for --replicas', '/replicas must be integer']],
  ['its own values', { ...SCHEMA, additionalProperties: false }, { mode: 'one' }, ['additional properties: edit', 'additional properties: policy']],
  ['the chart', { properties: { mode: { type: 'any' } } }, {}, ['kbcli refuses the chart']],
])('nothing is rendered when kbcli refuses %s', (_, schema, flags, says) => {
  const { refused, objects } = kbcliCreate({ chart: chartWith(schema), release: '1.1', flags })
  expect(objects).toEqual([])
  for (const words of says) expect(refused.join('\n')).toContain(words)
})
