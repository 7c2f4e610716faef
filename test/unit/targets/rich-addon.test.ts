import { expect, test } from 'vitest'
import { compileInMemory } from '../../support/compile-in-memory.ts'
import { richAddon } from '../../support/rich-addon.ts'

test('the addon that uses every text field compiles', () => {
  const { descriptor, files } = richAddon('rich')
  const { chart, diagnostics } = compileInMemory(descriptor, files)
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
  expect([...(chart?.tree.keys() ?? [])]).toContain('templates/backuptool.yaml')
})
