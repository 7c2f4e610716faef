import { expect, test } from 'vitest'
import { quantity } from '../../../src/operator/quantity.ts'

test.each([
  ['500m', 0.5],
  [1, 1],
  ['1.5', 1.5],
  ['.5', 0.5],
  ['1e3', 1000],
  ['1E3', 1000],
  ['2E', 2e18],
  ['1Ki', 1024],
  ['1k', 1000],
  ['-1', -1],
])('%s is worth %d', (text, worth) => expect(quantity(text)).toBe(worth))

test.each(['', 'x', '1 Gi', '1gi', '{{ .Values.cpu }}', undefined, null, {}])('%s is none', (text) => expect(quantity(text)).toBeUndefined())
