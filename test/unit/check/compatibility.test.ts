import { expect, test } from 'vitest'
import { loadApis } from '../../../src/apimodel/index.ts'
import { compatibility, judgeFor } from '../../../src/check/index.ts'
import { readModel } from '../../support/api-model.ts'

const apis = await loadApis(readModel)
const apiOf = (wanted: string) => {
  const found = apis.find(({ release }) => release === wanted)
  if (found === undefined) throw new Error(`no release ${wanted}`)
  return found
}
const V1 = { 'kubeblocks.io/crd-api-version': 'apps.kubeblocks.io/v1' }
const definition = (annotations: object, account: object = {}) => ({
  apiVersion: 'apps.kubeblocks.io/v1',
  kind: 'ComponentDefinition',
  metadata: { name: 'x-1', annotations },
  spec: { serviceVersion: '1.0.0', runtime: { containers: [{ name: 'x', image: 'x:1' }] }, systemAccounts: [{ name: 'root', ...account }] },
})
const tool = (backupCommands: readonly string[]) => ({
  apiVersion: 'dataprotection.kubeblocks.io/v1alpha1',
  kind: 'BackupTool',
  metadata: { name: 'x' },
  spec: { image: 'x:1', physical: {}, backupCommands },
})
const range = (release: string, ...objects: readonly unknown[]) => compatibility(objects, apiOf(release), apis)
const judge = (made: string, asked: string, ...objects: readonly unknown[]) => judgeFor(objects, apiOf(made))(apiOf(asked))

test('from the first to the last release that takes everything', async () => {
  expect(await range('1.1', definition(V1))).toEqual({ first: '1.0', last: '1.2-alpha' })
  expect(await range('1.0', definition(V1, { passwordGenerationPolicy: { length: 8 } }))).toEqual({ first: '1.0', last: '1.1' })
  expect(await range('1.1', definition(V1, { passwordConfig: { length: 8 } }))).toEqual({ first: '1.1', last: '1.2-alpha' })
})

test('what the API takes and the operator does not use ends the range', async () => {
  expect(await range('1.2-alpha', definition({}))).toEqual({ first: '1.2-alpha', last: '1.2-alpha' })
  expect(await range('0.6', tool(['sh', '-c', 'echo']))).toEqual({ first: '0.6', last: '0.6' })
  expect(await range('0.5', tool(['set -e\necho']))).toEqual({ first: '0.5', last: '0.5' })
  expect(await range('0.5', tool(['/tools/backup']))).toEqual({ first: '0.5', last: '0.6' })
})

test('what is wrong in the release of the chart too is no matter of the range', async () => {
  expect(await range('1.1', definition(V1, { nonsense: 1 }))).toEqual({ first: '1.0', last: '1.2-alpha' })
  expect(await range('1.1', definition({}))).toEqual({ first: '1.0', last: '1.2-alpha' })
  expect(await judge('1.1', '1.2-alpha', { apiVersion: 'apps.kubeblocks.io/v7', kind: 'ComponentDefinition' })).toEqual([])
})

test('objects of others fit everywhere', async () => {
  expect(await range('0.7', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x' } })).toEqual({ first: '0.5', last: '1.2-alpha' })
})

test('a reason says whether the object is refused or loses fields', async () => {
  const [dropped] = await judge('1.0', '1.2-alpha', definition(V1, { passwordGenerationPolicy: { length: 8 } }))
  expect(dropped).toMatchObject({ code: 'api/other-release', isLoss: true, subject: 'ComponentDefinition "x-1"' })
  expect(await judge('1.0', '0.9', definition(V1))).toMatchObject([{ code: 'api/kind', isLoss: false }])
  const constraint = { apiVersion: 'apps.kubeblocks.io/v1alpha1', kind: 'ConfigConstraint', metadata: { name: 'x' }, spec: {} }
  expect((await judge('0.8', '0.9', constraint)).map(({ code, isLoss }) => ({ code, isLoss }))).toEqual([{ code: 'api/kind', isLoss: true }])
  expect(await judge('1.2-alpha', '1.1', definition({}))).toMatchObject([{ code: 'gate/crd-api-version', isLoss: false }])
})
