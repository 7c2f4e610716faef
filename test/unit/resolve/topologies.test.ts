import { expect, test } from 'vitest'
import { fixture } from '../../support/fixture-addon.ts'
import { resolveInMemory } from '../../support/resolve-in-memory.ts'
import { SMALL } from '../../support/small-addon.ts'

test('without topologies there is one, with all components at once', () => {
  const { addon } = resolveInMemory(SMALL)
  expect(addon?.topologies).toMatchObject([{ name: 'cluster', isDefault: true, components: ['tiny'], provision: undefined }])
})

test('orders are batches, and the first topology is the default unless another is', () => {
  const { descriptor, files } = fixture('everything')
  const { addon } = resolveInMemory(descriptor, files)
  expect(addon?.topologies.map(({ name, isDefault }) => [name, isDefault])).toEqual([
    ['whole', true],
    ['single', false],
  ])
  expect(addon?.topologies[0]?.provision).toEqual([['rich', 'shard'], ['proxy']])
  const { addon: other } = resolveInMemory(descriptor.replace('    default: true\n    components: [rich', '    components: [rich'), files)
  expect(other?.topologies[0]?.isDefault).toBe(true)
})
