import { expect, test } from 'vitest'
import { createSink } from '../../../src/diagnostics/index.ts'

test('a bound that differs between releases is reported once, with the smallest', () => {
  for (const limits of [
    [18, 16, 22],
    [16, 18],
  ]) {
    const sink = createSink()
    for (const limit of limits)
      sink.report({ code: 'target/name-too-long', message: 'the name is too long.', limit, hint: `at most ${limit}`, kubeblocks: [`r${limit}`] })
    expect(sink.all()).toEqual([expect.objectContaining({ hint: 'at most 16', kubeblocks: limits.map((limit) => `r${limit}`) })])
  }
})
