import { expect, test } from 'vitest'
import {
  type ClusterSchemas,
  changedDefaults,
  clusterType,
  flagProblems,
  flagsOf,
  type KbcliRelease,
  kbcliOf,
  kbcliRelease,
  kbcliReleases,
  refusals,
  schemasIn,
  valuesFrom,
} from '../../../src/kbcli/index.ts'

function kbcli(version: string): KbcliRelease {
  const release = kbcliRelease(version)
  if (release === undefined) throw new Error(`there is no kbcli ${version}`)
  return release
}

const SCHEMAS: ClusterSchemas = {
  chart: {
    required: ['mode'],
    properties: {
      version: { type: 'string', default: 'qdrant-1' },
      mode: { type: 'string', enum: ['one', 'many'] },
      replicas: { type: ['integer', 'string'], default: 3 },
      tls: { type: 'object', properties: { enabled: { type: 'boolean' } } },
      zones: { type: 'array', items: { type: 'string' } },
    },
  },
  dependency: { key: 'extra', schema: { properties: { terminationPolicy: { type: 'string', default: 'Delete' } } } },
}

test('0.5 has no types of clusters; a release may be named without -alpha', () => {
  expect(kbcliRelease('0.5')).toBeUndefined()
  expect(kbcliRelease('1.2')).toBe(kbcliReleases.at(-1))
  expect(kbcliOf(kbcliReleases.slice(0, 3))).toBe('kbcli of KubeBlocks 0.6 to 0.8')
  expect(kbcliOf(kbcliReleases.slice(0, 1))).toBe('kbcli of KubeBlocks 0.6')
})

test('a flag has the name, type, default, enum and need of its property', () => {
  const { flags, problems } = flagsOf(SCHEMAS, kbcli('0.9'))
  expect(problems).toEqual([])
  expect(flags.map(({ name, type, value, isRequired, from }) => [name, type, value, isRequired, from])).toEqual([
    ['version', 'string', 'qdrant-1', false, 'chart'],
    ['mode', 'string', '', true, 'chart'],
    ['replicas', 'int', 3, false, 'chart'],
    ['tls.enabled', 'bool', false, false, 'chart'],
    ['zones', 'stringArray', [], false, 'chart'],
    ['termination-policy', 'string', 'Delete', false, 'dependency'],
  ])
  expect(flags.find(({ name }) => name === 'mode')?.enum).toEqual(['one', 'many'])
})

test('what is given takes the place of defaults, and is moved and nested', () => {
  const given = { mode: 'many', zones: ['a', 'b'], 'tls.enabled': true, 'termination-policy': 'WipeOut', tolerations: ['a:NoSchedule'], edit: true }
  const { helm } = valuesFrom(SCHEMAS, kbcli('1.0'), given)
  expect(helm).toEqual({
    version: 'qdrant-1',
    mode: 'many',
    replicas: 3,
    tls: { enabled: true },
    zones: ['a', 'b'],
    extra: { terminationPolicy: 'WipeOut' },
    edit: true,
    dryRun: 'none',
    output: '',
    podAntiAffinity: 'Preferred',
    topologyKeys: [],
    nodeLabels: '',
    tolerations: '',
    tenancy: 'SharedNode',
  })
})

test.each(['0.7', '0.8', '0.9'])('%s nests what has a dot when there is a dependency alone', (version) => {
  expect(valuesFrom(SCHEMAS, kbcli(version), { 'tls.enabled': true }).helm).toMatchObject({ tls: { enabled: true } })
  const { helm, checked } = valuesFrom({ ...SCHEMAS, dependency: undefined }, kbcli(version), { 'tls.enabled': true })
  expect(helm).toHaveProperty(['tls.enabled'], true)
  expect(checked).toBe(helm)
})

test('before 0.9 the version that is not given is looked up, whatever the schema says', () => {
  expect(valuesFrom(SCHEMAS, kbcli('0.8'), {}, 'qdrant-2').helm).toMatchObject({ version: 'qdrant-2' })
  expect(valuesFrom(SCHEMAS, kbcli('0.8'), { version: 'qdrant-3' }, 'qdrant-2').helm).toMatchObject({ version: 'qdrant-3' })
  expect(valuesFrom({ chart: {}, dependency: undefined }, kbcli('0.7'), {}, 'qdrant-2').helm).toEqual({ version: 'qdrant-2' })
  expect(valuesFrom(SCHEMAS, kbcli('0.9'), {}, 'qdrant-2').helm).toMatchObject({ version: 'qdrant-1' })
})

test('without a schema of the chart that of the dependency is not read', () => {
  const schemas = { chart: undefined, dependency: SCHEMAS.dependency }
  expect(flagsOf(schemas, kbcli('0.9')).flags).toEqual([])
  expect(valuesFrom(schemas, kbcli('0.9'), {}).helm).toEqual({})
})

const messages = (schemas: ClusterSchemas, version: string) => flagProblems(schemas, kbcli(version)).map(({ message }) => message)
const ofChart = (properties: object): ClusterSchemas => ({ chart: { properties }, dependency: undefined })

test('problems are those of the release', () => {
  expect(messages(SCHEMAS, '1.0')).toEqual([])
  expect(messages(ofChart({ version: {}, tls: { type: 'object' } }), '0.6')).toEqual(['refuses the chart, for it has no flags of type object'])
  expect(messages(ofChart({}), '0.6')).toEqual(['crashes, for the schema has no property "version" of type string'])
  expect(messages(ofChart({ a: { type: 'null' } }), '0.8')).toEqual(['refuses the chart, for it has no flags of type null'])
  expect(messages(ofChart({ a: { type: 'null' } }), '0.9')).toEqual([])
  expect(messages({ chart: {}, dependency: { key: 'extra', schema: undefined } }, '0.8')).toEqual([
    'refuses the chart, for its first dependency has no values.schema.json',
  ])
  expect(messages({ chart: {}, dependency: { key: 'extra', schema: undefined } }, '0.9')).toEqual([])
})

const BOTH = { properties: { terminationPolicy: { type: 'string' } } }

test('what the chart and its dependency both have is the dependency’s', () => {
  const schemas = { chart: BOTH, dependency: { key: 'extra', schema: BOTH } }
  const moved = 'hands --termination-policy to Helm as "extra.terminationPolicy" and not as "terminationPolicy"'
  expect(messages(schemas, '0.8')).toEqual(['crashes, for there is a flag --termination-policy already', moved])
  expect(messages(schemas, '1.0')).toEqual([moved])
  expect(valuesFrom(schemas, kbcli('0.9'), { 'termination-policy': 'Halt' }).helm).toEqual({ extra: { terminationPolicy: 'Halt' } })
})

test('a map of the dependency is nested at the top before 1.0', () => {
  const schema = { properties: { tls: { type: 'object', properties: { enabled: { type: 'boolean' } } } } }
  const schemas = { chart: {}, dependency: { key: 'extra', schema } }
  expect(messages(schemas, '0.9')).toEqual(['hands --tls.enabled to Helm as "tls.enabled" and not as "extra.tls.enabled"'])
  expect(messages(schemas, '1.0')).toEqual([])
})

test('a closed schema refuses the values of kbcli itself, and those of the dependency', () => {
  const closed = { additionalProperties: false, ...BOTH }
  const keys = (schemas: ClusterSchemas, version: string) => refusals(schemas, kbcli(version)).map(({ from, value }) => `${from} ${value.join('.')}`)
  expect(keys({ chart: closed, dependency: undefined }, '0.8')).toEqual(['chart version'])
  expect(keys({ chart: closed, dependency: undefined }, '0.9')).toEqual([])
  expect(keys({ chart: closed, dependency: undefined }, '1.0')).toHaveLength(8)
  const other = { properties: { cpu: { type: 'number' } }, additionalProperties: false }
  expect(keys({ chart: closed, dependency: { key: 'extra', schema: other } }, '0.9')).toEqual(['chart cpu', 'dependency terminationPolicy'])
})

test('defaults are compared with values.yaml where kbcli changes them', () => {
  const values = { replicas: 1, tls: { enabled: false }, mode: 'one', version: 'other' }
  const names = (version: string) => changedDefaults(SCHEMAS, kbcli(version), values).map(({ name }) => name)
  expect(names('1.0')).toEqual(['version', 'replicas'])
  expect(names('0.8')).toEqual(['replicas'])
})

const files = (of: Readonly<Record<string, string>>) => ({ paths: Object.keys(of), read: (path: string) => of[path] })

test('schemas are read from the files of a chart', () => {
  const chart = { 'Chart.yaml': 'dependencies:\n- name: lib\n  alias: extra\n', 'values.schema.json': '{"a":1}' }
  const lib = { 'charts/lib-1/Chart.yaml': 'name: lib\n', 'charts/lib-1/values.schema.json': '{"b":1}' }
  expect(schemasIn(files({ ...chart, ...lib }))).toEqual({ chart: { a: 1 }, dependency: { key: 'extra', schema: { b: 1 } } })
  expect(schemasIn(files({ ...chart, 'charts/x/Chart.yaml': 'name: x\n' }))).toEqual({
    chart: { a: 1 },
    dependency: { key: 'x', schema: undefined },
  })
  expect(schemasIn(files({}))).toEqual({ chart: undefined, dependency: undefined })
})

test.each([
  ['a schema is no JSON', { 'values.schema.json': '{' }],
  ['a dependency is missing', { 'Chart.yaml': 'dependencies: [{ name: lib }]' }],
  ['a dependency is an archive', { 'charts/lib.tgz': '' }],
  ['there are several', { 'charts/a/Chart.yaml': 'name: a', 'charts/b/Chart.yaml': 'name: b' }],
])('it is not known what kbcli reads when %s', (_, of) => expect(schemasIn(files(of))).toBeUndefined())

test('the type is the name of the chart without -cluster', () => {
  expect(['qdrant-cluster', 'qdrant', 'x-cluster-y'].map(clusterType)).toEqual(['qdrant', 'qdrant', 'x-cluster-y'])
})
