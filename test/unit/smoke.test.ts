import { expect, test } from 'vitest'
import { compileInMemory } from '../support/compile-in-memory.ts'
import { SMALL } from '../support/small-addon.ts'

test('the smallest addon compiles', () => {
  const { chart, diagnostics } = compileInMemory(SMALL)
  expect(diagnostics).toEqual([])
  expect([...(chart?.tree.keys() ?? [])]).toContain('templates/clusterdefinition.yaml')
})
