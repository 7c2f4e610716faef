import { describe, expect, test } from 'vitest'
import { loadApi } from '../../../src/apimodel/index.ts'
import { Fault } from '../../../src/diagnostics/index.ts'
import { readModel } from '../../support/api-model.ts'
import { apiOf, modelOf, thing } from '../../support/small-crd.ts'

const load = (release: string) => loadApi(release, { read: readModel })
const object = (apiVersion: string, kind: string, spec: unknown = {}) => ({ apiVersion, kind, metadata: { name: 'x' }, spec })

describe('kinds and versions', () => {
  test('the stored version of each release', async () => {
    const versions = async (kind: string) => {
      const found: Record<string, string | undefined> = {}
      for (const release of (await load('0.5')).releases) found[release] = (await load(release)).apiVersionOf(kind)
      return found
    }
    expect(await versions('BackupPolicyTemplate')).toMatchObject({
      '0.9': 'apps.kubeblocks.io/v1alpha1',
      '1.0': 'dataprotection.kubeblocks.io/v1alpha1',
    })
    expect(await versions('ConfigConstraint')).toMatchObject({ '0.8': 'apps.kubeblocks.io/v1alpha1', '0.9': 'apps.kubeblocks.io/v1beta1' })
    expect(await versions('OpsDefinition')).toMatchObject({
      '0.7': undefined,
      '0.8': 'apps.kubeblocks.io/v1alpha1',
      '1.0': 'operations.kubeblocks.io/v1alpha1',
    })
    expect(await versions('ClusterVersion')).toMatchObject({ '0.9': 'apps.kubeblocks.io/v1alpha1', '1.0': undefined })
  })

  test.each([
    [
      '1.0',
      'apps.kubeblocks.io/v1alpha1',
      'ComponentDefinition',
      'KubeBlocks 1.0 serves ComponentDefinition as apps.kubeblocks.io/v1alpha1 and stores it as apps.kubeblocks.io/v1: fields that apps.kubeblocks.io/v1 does not have are dropped.',
    ],
    [
      '1.0',
      'apps.kubeblocks.io/v1alpha1',
      'BackupPolicyTemplate',
      'BackupPolicyTemplate is apps.kubeblocks.io/v1alpha1 until 0.9; KubeBlocks 1.0 has it as dataprotection.kubeblocks.io/v1alpha1, in another group.',
    ],
    [
      '0.9',
      'apps.kubeblocks.io/v1',
      'ComponentDefinition',
      'ComponentDefinition is apps.kubeblocks.io/v1 from 1.0 on; KubeBlocks 0.9 has it as apps.kubeblocks.io/v1alpha1.',
    ],
    ['0.9', 'apps.kubeblocks.io/v7', 'ComponentDefinition', 'KubeBlocks 0.9 has no ComponentDefinition of apps.kubeblocks.io/v7.'],
    ['1.0', 'apps.kubeblocks.io/v1alpha1', 'ClusterVersion', 'KubeBlocks 1.0 has no kind ClusterVersion; it exists until 0.9.'],
    ['0.8', 'apps.kubeblocks.io/v1alpha1', 'ComponentVersion', 'KubeBlocks 0.8 has no kind ComponentVersion; it exists from 0.9 on.'],
    ['1.0', 'apps.kubeblocks.io/v1', 'ClusterDefinitions', 'KubeBlocks 1.0 has no kind ClusterDefinitions.'],
    ['1.0', 'dataprotection.kubeblocks.io/v1alpha1', 'BackupRepo', 'The API model of KubeBlocks 1.0 does not hold the kind BackupRepo.'],
  ])('%s: %s %s', async (release, apiVersion, kind, message) => {
    const [problem, ...others] = (await load(release)).check(object(apiVersion, kind))
    expect(problem?.message).toBe(message)
    expect(others).toEqual([])
  })

  test('a misspelt kind comes with what was meant', async () => {
    expect((await load('1.0')).check(object('apps.kubeblocks.io/v1', 'ClusterDefinitio'))[0]?.hint).toBe('did you mean "ClusterDefinition"?')
  })

  test('what is no object has no kind', async () => {
    const api = await load('1.0')
    for (const value of [null, 1, 'x', [], {}]) expect(api.check(value).map(({ kind }) => kind)).toEqual(['not-in-model'])
  })

  test('groups of KubeBlocks are covered, others are not', async () => {
    const api = await load('1.0')
    expect(['apps.kubeblocks.io/v1', 'v1', 'apps/v1', 'notkubeblocks.io/v1', 'kubeblocks.io/v1'].map(api.covers)).toEqual([
      true,
      false,
      false,
      false,
      true,
    ])
  })
})

describe('fields', () => {
  test('a field of another release comes with its releases', async () => {
    const api = await load('0.8')
    const [problem] = api.check(
      object('apps.kubeblocks.io/v1alpha1', 'ClusterDefinition', { componentDefs: [{ name: 'a', workloadType: 'Stateful' }], topologies: [] }),
    )
    expect(problem).toMatchObject({
      kind: 'other-release',
      path: ['spec', 'topologies'],
      releases: 'from 0.9 on',
      message: 'KubeBlocks 0.8 has no field "topologies" in spec; it exists from 0.9 on.',
    })
  })

  test('releases with a path, through lists, maps and shared types', async () => {
    const api = await load('1.0')
    expect(api.releasesWith('ClusterDefinition', ['spec', 'topologies', 0, 'shardings'])).toEqual(['1.0', '1.1', '1.2-alpha'])
    expect(api.releasesWith('ClusterDefinition', ['spec', 'componentDefs', 0, 'podSpec', 'containers', 0, 'image'])).toEqual([
      '0.5',
      '0.6',
      '0.7',
      '0.8',
      '0.9',
    ])
    expect(api.releasesWith('ClusterDefinition', ['spec', 'connectionCredential', 'any'])).toEqual(['0.5', '0.6', '0.7', '0.8', '0.9'])
    expect(api.releasesWith('ClusterDefinition', ['spec', 'nothing'])).toEqual([])
    expect(api.releasesWith('Nothing', [])).toEqual([])
  })

  test('the view of a place: what a compiler walks beside a tree of its own', async () => {
    const schema = (await load('0.9')).schemaOf('apps.kubeblocks.io/v1alpha1', 'ComponentDefinition')
    const runtime = schema?.at(['spec', 'runtime'])
    expect(runtime).toMatchObject({ type: 'object', preserve: true, isClosed: true, required: ['containers'] })
    expect(runtime?.field('containers')?.items?.field('image')?.type).toBe('string')
    expect(runtime?.field('containers')?.items?.field('ports')?.keys).toEqual(['containerPort', 'protocol'])
    expect(schema?.at(['spec', 'updateStrategy'])).toMatchObject({
      hasDefault: true,
      default: 'Serial',
      enum: ['Serial', 'BestEffortParallel', 'Parallel'],
    })
    expect(schema?.has(['spec', 'configs', 0, 'templateRef'])).toBe(true)
    expect(schema?.has(['spec', 'shardings'])).toBe(false)
    expect(schema?.field('spec')?.fieldNames).toContain('lifecycleActions')
    expect(schema?.at(['spec', 'lifecycleActions'])?.field('constructor')).toBeUndefined()
  })
})

describe('loading', () => {
  test('only what is asked for is read', async () => {
    const names: string[] = []
    const api = await loadApi('1.0', {
      read: (name) => {
        names.push(name)
        return readModel(name)
      },
    })
    expect(names).toEqual(['index.json'])
    api.check(object('apps.kubeblocks.io/v1', 'ComponentVersion', {}))
    expect(names).toEqual(['index.json', 'ComponentVersion.json'])
    api.check(object('apps.kubeblocks.io/v1', 'ShardingDefinition', {}))
    api.check(object('apps.kubeblocks.io/v1', 'ShardingDefinition', {}))
    expect(names.filter((name) => name === 'ShardingDefinition.json')).toHaveLength(1)
  })

  test('a release that is not there, and a model that is broken, are faults', async () => {
    await expect(load('0.4')).rejects.toThrow('The API model does not hold KubeBlocks 0.4.')
    const files = new Map(modelOf({ '1.0': [{ spec: { type: 'object' } }] }))
    const read = (change: Readonly<Record<string, string | undefined>>) => (name: string) => (name in change ? change[name] : files.get(name))
    for (const index of [undefined, 'x', '{}', '[]', '{"releases": [1]}', '{"releases": ["1.0"], "kinds": {"Thing": "2.0"}}'])
      await expect(loadApi('1.0', { read: read({ 'index.json': index }) })).rejects.toBeInstanceOf(Fault)
    for (const file of [undefined, 'x', '{}', '{"kind": "Thing"}', '{"kind": "Thing", "schema": {}, "stored": {"a/v1": "x"}}']) {
      const api = await loadApi('1.0', { read: read({ 'Thing.json': file }) })
      expect(() => api.check(thing({}))).toThrow(Fault)
    }
  })

  test('a file with nonsense deep inside says less, and does not fail', async () => {
    const api = await apiOf({ '1.0': [{ spec: { type: 'object' } }] }, '1.0')
    expect(api.check(thing({}))).toEqual([])
    const nonsense = {
      kind: 'Thing',
      stored: { 'test.kubeblocks.io/v1': '..' },
      schema: { fields: { spec: { fields: { a: 1, b: '#Nowhere', c: '#C' }, required: [1] } } },
      types: { C: '#C' },
    }
    const files = new Map([
      ['index.json', '{"releases": ["1.0"], "kinds": {"Thing": ".."}}'],
      ['shared.json', '{}'],
      ['Thing.json', JSON.stringify(nonsense)],
    ])
    const odd = await loadApi('1.0', { read: (name) => files.get(name) })
    expect(odd.check(thing({ a: 1, b: 1, c: 1 })).map(({ kind }) => kind)).toContain('unknown-field')
  })
})
