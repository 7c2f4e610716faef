import { expect, test } from 'vitest'
import { rangeOf } from '../../../src/targets/index.ts'

test.each([
  ['0.5', '0.5', '>=0.5.0, <0.6.0'],
  ['0.5', '0.9', '>=0.5.0, <1.0.0'],
  ['1.0', '1.1', '>=1.0.0, <1.2.0'],
  ['1.0', '1.2-alpha', '>=1.0.0, <1.3.0-0'],
  ['1.2-alpha', '1.2-alpha', '>=1.2.0-alpha.0, <1.3.0-0'],
])('%s to %s is %s', (first, last, range) => expect(rangeOf(first, last)).toBe(range))
