import fc from 'fast-check'
import { expect, test } from 'vitest'
import { kebabCase, lowerCamelCase } from '../../../src/kbcli/index.ts'
import { cores, gibibytes } from '../../../src/targets/cluster/quantities.ts'
import { camelCase } from '../../../src/targets/cluster/sizes.ts'
import { compileInMemory } from '../../support/compile-in-memory.ts'
import { pairwise } from '../../support/pairwise.ts'

test.each([
  ['500m', 0.5],
  ['2', 2],
  ['1.5', 1.5],
  ['1m', 0.001],
])('%s of CPU are %d cores', (quantity, number) => {
  expect(cores(quantity)).toBe(number)
})

test.each([
  ['1Gi', 1],
  ['512Mi', 0.5],
  ['20Gi', 20],
  ['1Ti', 1024],
  // Rounded up: never less than was asked for.
  ['10G', 9.314],
  ['1Mi', 0.001],
])('%s are %d Gi', (quantity, number) => {
  expect(gibibytes(quantity)).toBe(number)
})

test('kbcli makes flags of the names of values, and finds the values again', () => {
  const name = fc.stringMatching(/^[a-z]([a-z0-9-]{0,10}[a-z0-9])?$/)
  fc.assert(
    fc.property(name, fc.constantFrom('replicas', 'cpu', 'memory', 'storage', 'shards'), (component, word) => {
      const value = camelCase(`${component}-${word}`)
      expect(lowerCamelCase(kebabCase(value))).toBe(value)
    }),
    { seed: 7, numRuns: 2000 },
  )
})

const component = (volumes: readonly string[], rest: object = {}) => ({
  volumes: Object.fromEntries(volumes.map((name) => [name, { claim: true, size: '1Gi' }])),
  containers: { main: { image: 'engine', ports: { client: 1234 }, mounts: Object.fromEntries(volumes.map((name) => [name, `/${name}`])) } },
  ...rest,
})

test('values of one name are told', () => {
  const descriptor = {
    apiVersion: 'addonsmith.dev/v1',
    name: 'engine',
    version: '0.1.0',
    engine: 'engine',
    description: 'An engine.',
    images: { engine: 'example/engine' },
    versions: [{ version: '1.0.0', images: { engine: '1.0.0' } }],
    components: {
      engine: component(['data', 'store'], { services: { default: { ports: ['client'] } } }),
      store: component(['data']),
    },
  }
  const { diagnostics } = compileInMemory(descriptor, {}, '1.0')
  expect(diagnostics.filter(({ code }) => code === 'addon/duplicate').map(({ message }) => message)).toEqual([
    'In KubeBlocks 1.0 two parts of the descriptor give the cluster chart a value of the name "storeStorage".',
  ])
})

test('rows hold every two choices of different names', () => {
  const choices = { a: [1, 2, 3], b: [true, false], c: ['x', 'y', 'z'] }
  const rows = pairwise(choices)
  for (const [left, right] of [
    ['a', 'b'],
    ['a', 'c'],
    ['b', 'c'],
  ] as const)
    for (const one of choices[left])
      for (const other of choices[right]) expect(rows.some((row) => row[left] === one && row[right] === other)).toBe(true)
  expect(rows.length).toBeLessThan(3 * 2 * 3)
})
