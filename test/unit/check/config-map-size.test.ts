import { expect, test } from 'vitest'
import rule from '../../../src/check/rules/manifest/config-map-size.ts'
import { operatorRelease } from '../../../src/operator/index.ts'

const check = (...sizes: readonly number[]) =>
  rule.check(
    { kind: 'ConfigMap', metadata: { name: 'x' }, data: Object.fromEntries(sizes.map((size, i) => [`k${i}`, 'x'.repeat(size)])) },
    [],
    operatorRelease('1.0'),
    [],
  )

// A fixture of 1 MiB would be one to scroll past.
test('all values together count, at the largest', () => {
  expect(check(500_000, 548_576)).toEqual([])
  expect(check(500_000, 548_577)).toEqual([{ path: ['data', 'k1'], message: 'Its values have 1048577 bytes, and the API server takes 1048576.' }])
})

test.each([
  ['Secret', 'data'],
  ['ConfigMap', 'binaryData'],
])('%s.%s counts as it is decoded', (kind, part) => {
  const found = (bytes: number) =>
    rule.check({ kind, metadata: { name: 'x' }, [part]: { k: Buffer.alloc(bytes).toString('base64') } }, [], operatorRelease('1.0'), [])
  for (const padding of [0, 1, 2]) expect(found(1_048_576 - padding)).toEqual([])
  expect(found(1_048_577)).toEqual([{ path: [part, 'k'], message: 'Its values have 1048577 bytes, and the API server takes 1048576.' }])
})
