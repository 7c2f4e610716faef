import { describe, expect, test } from 'vitest'
import { loadApi, loadRules, releasesOf, type Schema } from '../../../src/apimodel/index.ts'
import { readModel } from '../../support/api-model.ts'
import { apiOf, type CrdSchema, thing } from '../../support/small-crd.ts'

const integer = { type: 'integer' }
const withRule = (rule: string, properties: CrdSchema, more: CrdSchema = {}): CrdSchema => ({
  type: 'object',
  properties,
  'x-kubernetes-validations': [{ rule, message: 'a sentence' }],
  ...more,
})

/** Kinds of problems, or reasons of what was skipped. */
async function outcome(schema: CrdSchema, spec: unknown): Promise<readonly string[]> {
  const api = await apiOf({ '1.0': [{ spec: schema }] }, '1.0')
  const { problems, skipped } = api.examine(thing(spec), { rules: await loadRules() })
  return [...problems.map(({ kind }) => kind), ...skipped.map(({ why }) => why)]
}

describe('CEL rules', () => {
  test('a broken rule is a problem at its place, without a sentence of the CRD', async () => {
    const api = await apiOf({ '1.0': [{ spec: withRule('self.min <= self.max', { min: integer, max: integer }) }] }, '1.0')
    const object = thing({ min: 2, max: 1 })
    expect(api.needsRules(object)).toBe(true)
    expect(api.check(object, { rules: await loadRules() })).toEqual([
      { kind: 'rule', path: ['spec'], at: 'value', message: 'spec breaks a rule: self.min <= self.max.', expected: 'self.min <= self.max' },
    ])
    expect(api.check(thing({ min: 1, max: 2 }), { rules: await loadRules() })).toEqual([])
  })

  test('transition rules are skipped on creation, and said to be', async () => {
    const schema = withRule('self == oldSelf', { a: integer })
    expect(await outcome(schema, { a: 1 })).toEqual(['transition'])
    const api = await apiOf({ '1.0': [{ spec: schema }] }, '1.0')
    expect(api.needsRules(thing({ a: 1 }))).toBe(false)
    expect(api.schemaOf('test.kubeblocks.io/v1', 'Thing')?.field('spec')?.rules).toEqual([{ rule: 'self == oldSelf', transition: true }])
  })

  test('without an engine nothing passes silently', async () => {
    const api = await apiOf({ '1.0': [{ spec: withRule('self.a > 1', { a: integer }) }] }, '1.0')
    expect(api.examine(thing({ a: 1 })).skipped).toEqual([{ path: ['spec'], rule: 'self.a > 1', why: 'no-engine' }])
  })

  test('a rule that cannot be read is skipped and said; one that fails is a problem', async () => {
    expect(await outcome(withRule('self.a.isNoFunction()', { a: integer }), { a: 1 })).toEqual(['unreadable'])
    expect(await outcome(withRule('self.b > 1', { a: integer, b: integer }), { a: 1 })).toEqual(['rule'])
  })

  test('rules see defaults, and no value of the wrong type', async () => {
    const schema = withRule('has(self.a) && self.a == 3', { a: { type: 'integer', default: 3 } })
    expect(await outcome(schema, {})).toEqual([])
    expect(await outcome(schema, { a: 'x' })).toEqual(['type'])
    expect(await outcome(schema, { a: 4 })).toEqual(['rule'])
  })

  test('names that CEL cannot spell are escaped', async () => {
    expect(await outcome(withRule('self.a__dash__b == 1 && self.__in__ == 2', { 'a-b': integer, in: integer }), { 'a-b': 1, in: 2 })).toEqual([])
  })
})

describe('the rules of KubeBlocks', async () => {
  const rules = await loadRules()
  /** All rules below a schema. */
  const rulesIn = (schema: Schema | undefined): readonly string[] =>
    schema === undefined
      ? []
      : [
          ...schema.rules.filter(({ transition }) => !transition).map(({ rule }) => rule),
          ...schema.fieldNames.flatMap((name) => rulesIn(schema.field(name))),
          ...rulesIn(schema.items),
          ...rulesIn(schema.additional),
        ]
  const all = new Set<string>()
  for (const release of releasesOf(readModel)) {
    const api = await loadApi(release, { read: readModel })
    for (const kind of api.kinds) for (const rule of rulesIn(api.schemaOf(api.apiVersionOf(kind) ?? '', kind))) all.add(rule)
  }

  /** For each rule a value that keeps it and one that breaks it. */
  const list = (...names: readonly string[]) => names.map((name) => ({ name }))
  const values: Readonly<Record<string, readonly [kept: unknown, broken: unknown]>> = {
    "has(self.type) && self.type == 'Helm' ?  has(self.helm) : !has(self.helm)": [{ type: 'Helm', helm: {} }, { type: 'Helm' }],
    "has(self.workloadType) && self.workloadType == 'Consensus' ?  has(self.consensusSpec) : !has(self.consensusSpec)": [
      { workloadType: 'Stateful' },
      { workloadType: 'Consensus' },
    ],
    "has(self.workloadType) && self.workloadType == 'Consensus' ? (has(self.consensusSpec) || has(self.rsmSpec)) : !has(self.consensusSpec)": [
      { workloadType: 'Consensus', rsmSpec: {} },
      { workloadType: 'Stateful', consensusSpec: {} },
    ],
    "has(self.cancel) && self.cancel ? (self.type in ['VerticalScaling', 'HorizontalScaling']) : true": [
      { cancel: true, type: 'VerticalScaling' },
      { cancel: true, type: 'Start' },
    ],
    "self.chartLocationURL.startsWith('file://') ? has(self.chartsImage) : true": [
      { chartLocationURL: 'https://x' },
      { chartLocationURL: 'file://x' },
    ],
    'self.configurations.size() > 0': [{ configurations: [{}] }, { configurations: [] }],
    'self.all(x, size(self.filter(c, c.name == x.name)) == 1)': [list('a', 'b'), list('a', 'a')],
    'has(self.componentDefRef) || has(self.componentDef)': [{ componentDef: 'x' }, {}],
    'self.minReplicas >= 0 && self.maxReplicas <= 128': [
      { minReplicas: 0n, maxReplicas: 128n },
      { minReplicas: 0n, maxReplicas: 129n },
    ],
    'self.minReplicas >= 0 && self.maxReplicas <= 16384': [
      { minReplicas: 0n, maxReplicas: 16384n },
      { minReplicas: -1n, maxReplicas: 1n },
    ],
    'self.minReplicas <= self.maxReplicas': [
      { minReplicas: 1n, maxReplicas: 1n },
      { minReplicas: 2n, maxReplicas: 1n },
    ],
    'has(self.rule) || has(self.exec)': [{ exec: {} }, {}],
    'self.all(x, size(self.filter(c, has(c.componentDef))) == 0) || self.all(x, size(self.filter(c, has(c.componentDef))) == size(self))': [
      [{ componentDef: 'x' }, { componentDef: 'y' }],
      [{ componentDef: 'x' }, {}],
    ],
    'self.all(key, size(key) <= 32)': [{ a: 'x' }, { ['a'.repeat(33)]: 'x' }],
    'self.all(key, size(self[key]) <= 256)': [{ a: 'x' }, { a: 'x'.repeat(257) }],
    'has(self.workload) || has(self.exec) || has(self.resourceModifier)': [{ workload: {} }, {}],
    'has(self.envRef) || has(self.fieldPath)': [{ fieldPath: 'x' }, {}],
    'has(self.shards) ? (!has(self.scaleOut) && !has(self.scaleIn)) : true': [{ shards: 1n }, { shards: 1n, scaleIn: {} }],
    '(has(self.componentName) && !has(self.componentObjectName)) || (!has(self.componentName) && has(self.componentObjectName))': [
      { componentName: 'x' },
      { componentName: 'x', componentObjectName: 'y' },
    ],
    'has(self.componentDefinitionName) || has(self.serviceVersion)': [{ serviceVersion: '1' }, {}],
    'has(self.objectKey) || has(self.actionName)': [{ objectKey: 'x' }, {}],
    'self.minShards >= 0 && self.maxShards <= 2048': [
      { minShards: 0n, maxShards: 1n },
      { minShards: 0n, maxShards: 2049n },
    ],
    'self.minShards <= self.maxShards': [
      { minShards: 1n, maxShards: 1n },
      { minShards: 2n, maxShards: 1n },
    ],
    '!has(self.secretRefRevision) || size(self.secretRefRevision) == 0 || has(self.secretRef)': [
      { secretRefRevision: '' },
      { secretRefRevision: 'x' },
    ],
  }

  test('each has an example', () => {
    expect([...all].filter((rule) => values[rule] === undefined)).toEqual([])
  })

  test.each([...all].filter((rule) => values[rule] !== undefined))('%s', (rule) => {
    expect(values[rule]?.map((value) => rules.holds(rule, value))).toEqual([{ holds: true }, { holds: false }])
  })
})
