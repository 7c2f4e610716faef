import { expect, test } from 'vitest'
import { checkOperator } from '../../../src/check/index.ts'
import { createSink } from '../../../src/diagnostics/index.ts'

const definition = (annotations: Readonly<Record<string, string>>) => ({
  apiVersion: 'apps.kubeblocks.io/v1',
  kind: 'ComponentDefinition',
  metadata: { name: 'db', annotations },
  spec: { serviceVersion: '1.0.0', runtime: { containers: [{ name: 'db', image: 'example/db:1.0.0' }] } },
})

async function found(value: ReturnType<typeof definition>, kubeblocks: string) {
  const sink = createSink()
  const place = { file: 'a.yaml', line: 1, column: 1 }
  await checkOperator(
    [{ apiVersion: value.apiVersion, kind: value.kind, name: 'db', namespace: undefined, value, template: 'a.yaml', placeOf: () => place }],
    kubeblocks,
    sink.report,
    { isWhole: true },
  )
  return sink.all().map(({ code, severity, kubeblocks: releases, place: at }) => ({ code, severity, releases, at }))
}

test('what an operator refuses is an error of that release', async () => {
  const refused = { code: 'operator/refused', severity: 'error', releases: ['1.0'], at: { file: 'a.yaml', line: 1, column: 1 } }
  expect(await found(definition({}), '1.0')).toContainEqual(refused)
  expect(await found(definition({ 'kubeblocks.io/crd-api-version': 'apps.kubeblocks.io/v1' }), '1.0')).toEqual([])
  expect(await found(definition({}), '1.2-alpha')).toEqual([])
})
