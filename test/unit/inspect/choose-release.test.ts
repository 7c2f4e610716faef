import { expect, test } from 'vitest'
import { loadApi } from '../../../src/apimodel/index.ts'
import { chooseRelease } from '../../../src/inspect/choose-release.ts'
import { operatorReleases } from '../../../src/operator/index.ts'
import { readModel } from '../../support/api-model.ts'

const apis = await Promise.all(operatorReleases.map(({ version }) => loadApi(version, { read: readModel })))
const object = (apiVersion: string, kind: string, spec: unknown = {}) => ({ apiVersion, kind, metadata: { name: 'x' }, spec })
const OLD = object('apps.kubeblocks.io/v1alpha1', 'ClusterDefinition')
const ACTION_SET = object('dataprotection.kubeblocks.io/v1alpha1', 'ActionSet')
const NEW = object('apps.kubeblocks.io/v1', 'ComponentDefinition')
const choose = (objects: readonly unknown[], range?: string, kubeblocks?: string) => chooseRelease({ kubeblocks, range, objects, apis })

test('what the chart is made for counts first', () => {
  expect(choose([OLD], '>=0.7.0', '0.6')).toEqual({ release: '0.6', how: 'said by the chart' })
  expect(choose([OLD], '>=0.7.0', '9.9')).toMatchObject({ release: '0.7', unknown: 'release' })
  expect(choose([OLD], '>>>bad')).toMatchObject({ how: 'inferred from its objects', unknown: 'range' })
  expect(choose([OLD], '>=1.0.0 <0.5.0')).toMatchObject({ unknown: 'range' })
})

test.each([
  ['>=0.7.0', '0.7'],
  ['>=0.8.2', '0.8'],
  ['>=0.9.0-0', '0.9'],
  ['>=0.7.0, <0.9.0', '0.7'],
  ['~0.6', '0.6'],
])('the least release in the range %s is %s', (range, release) => {
  expect(choose([OLD], range)).toEqual({ release, how: 'least that the chart allows' })
})

test.each([
  ['>1.0.2', '1.0'],
  ['>=1.2.0-alpha.0', '1.2-alpha'],
  ['>=1.2.0', '1.2-alpha'],
])('the least release in the range %s is %s, for new objects', (range, release) => {
  expect(choose([NEW], range)).toEqual({ release, how: 'least that the chart allows' })
})

test('releases of the range where its objects are unknown are passed over', () => {
  expect(choose([NEW], '>=0.9.0')).toEqual({ release: '1.0', how: 'least that the chart allows' })
  expect(choose([OLD, ACTION_SET], '>=0.5.0')).toEqual({ release: '0.7', how: 'least that the chart allows' })
})

test('without a range, the release that takes most of it is chosen, the newest of equals', () => {
  expect(choose([object('dataprotection.kubeblocks.io/v1alpha1', 'BackupTool', { image: 'a:1', physical: {} })])).toEqual({
    release: '0.6',
    how: 'inferred from its objects',
  })
  expect(choose([NEW])).toMatchObject({ release: '1.2-alpha', how: 'inferred from its objects' })
  expect(choose([OLD], 'no range')).toMatchObject({ how: 'inferred from its objects' })
})

test('what says nothing is for the release that all charts beside it say', () => {
  const ask = (beside: string) => chooseRelease({ kubeblocks: undefined, range: undefined, beside, objects: [OLD], apis })
  expect(ask('0.6')).toEqual({ release: '0.6', how: 'said by the charts beside it' })
  expect(ask('9.9')).toMatchObject({ how: 'inferred from its objects' })
})

test('a chart without anything of KubeBlocks is for no release', () => {
  expect(choose([object('v1', 'ConfigMap')])).toBeUndefined()
  expect(choose([])).toBeUndefined()
})
