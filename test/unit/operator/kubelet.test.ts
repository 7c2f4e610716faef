import { expect, test } from 'vitest'
import { expand } from '../../../src/operator/index.ts'
import { type EnvSource, type EnvVar, podField, processEnvironment } from '../../../src/operator/kubelet.ts'

const POD = {
  name: 'c-x-0',
  namespace: 'ns',
  uid: 'u',
  nodeName: 'n',
  hostIP: '192.0.2.1',
  podIP: '198.51.100.1',
  serviceAccountName: 'sa',
  labels: { 'kubeblocks.io/role': 'leader' },
  annotations: {},
}

test.for([
  ['$(A)', '1'],
  ['$(A)$(B)', '1$(B)'],
  ['$$(A)', '$(A)'],
  ['$$$(A)', '$1'],
  ['$(A', '$(A'],
  ['$A ${A}', '$A ${A}'],
  ['a $ b $$', 'a $ b $'],
  ['$()', '$()'],
] as const)('%j becomes %j', ([text, expected]) => {
  expect(expand(text, new Map([['A', '1']]))).toBe(expected)
})

const fromMap = (name: string, optional = false): EnvSource => ({ kind: 'ConfigMap', name, prefix: '', optional })
const made = (env: readonly EnvVar[], envFrom: readonly EnvSource[] = []) =>
  processEnvironment(env, envFrom, POD, { m: { A: 'from the map', D: '$(A)' } }, { s: { key: 'secret $(A)' } })

test('env wins over envFrom; a later name wins over an earlier one', () => {
  const { variables } = made(
    [
      { name: 'B', value: '1' },
      { name: 'A', value: 'own' },
      { name: 'B', value: '2' },
    ],
    [fromMap('m')],
  )
  expect([...variables]).toEqual([
    ['A', 'own'],
    ['D', '$(A)'],
    ['B', '2'],
  ])
})

test('a reference sees envFrom and what stands before it, and nothing after', () => {
  const { variables } = made(
    [
      { name: 'X', value: '$(A) $(LATER)' },
      { name: 'LATER', value: '1' },
      { name: 'Y', value: '$(LATER)' },
    ],
    [fromMap('m')],
  )
  expect(variables.get('X')).toBe('from the map $(LATER)')
  expect(variables.get('Y')).toBe('1')
})

test('what comes from objects is not expanded; what is missing stops the container unless it is optional', () => {
  const secret = (key: string, optional?: boolean) => ({ secretKeyRef: { name: 's', key, ...(optional === undefined ? {} : { optional }) } })
  const { variables, problems } = made(
    [
      { name: 'A', value: '1' },
      { name: 'S', valueFrom: secret('key') },
      { name: 'O', valueFrom: secret('none', true) },
      { name: 'N', valueFrom: secret('none') },
      { name: 'R', valueFrom: { resourceFieldRef: { resource: 'limits.cpu' } } },
    ],
    [fromMap('nowhere'), fromMap('nowhere', true)],
  )
  expect(variables.get('S')).toBe('secret $(A)')
  expect(variables.has('O')).toBe(false)
  expect(problems).toEqual([
    'the ConfigMap "nowhere" of envFrom is not there',
    'N: the key "none" of the Secret "s" is not there',
    'R: what resourceFieldRef gives is not known before a pod runs',
  ])
})

test('fields of a pod', () => {
  expect(podField('metadata.name', POD)).toBe('c-x-0')
  expect(podField("metadata.labels['kubeblocks.io/role']", POD)).toBe('leader')
  expect(podField("metadata.annotations['none']", POD)).toBe('')
  expect(podField('spec.other', POD)).toBeUndefined()
})
