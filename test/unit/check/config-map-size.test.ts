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
