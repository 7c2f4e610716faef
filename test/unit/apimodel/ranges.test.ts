import { expect, test } from 'vitest'
import { createRanges } from '../../../src/apimodel/ranges.ts'

const ranges = createRanges(['0.8', '0.9', '1.0', '1.1'])

test.each([
  ['0.8', 0b0001],
  ['0.9..1.0', 0b0110],
  ['..0.9', 0b0011],
  ['1.0..', 0b1100],
  ['..', 0b1111],
  ['0.8,1.0..', 0b1101],
])('%s', (text, set) => {
  expect(ranges.parse(text)).toBe(set)
})

test.each(['', '2.0', '1.0..0.9', '0.8....0.9', '0.8,', '...'])('%j is no range', (text) => {
  expect(ranges.parse(text)).toBeUndefined()
})

test('what is printed is read back, within what it stands in', () => {
  for (let within = 1; within <= ranges.all; within++) {
    for (let set = 1; set <= within; set++) {
      if ((set & within) !== set) continue
      const text = ranges.print(set, within)
      expect(text === undefined ? within : (ranges.parse(text) ?? 0) & within).toBe(set)
      expect(text === undefined).toBe(set === within)
    }
  }
})

test('a range that goes on is written so that a new release does not change it', () => {
  expect(ranges.print(0b1100, ranges.all)).toBe('1.0..')
  expect(ranges.print(0b0011, ranges.all)).toBe('..0.9')
  // What stands in a kind that ended goes on for as long as the kind.
  expect(ranges.print(0b0010, 0b0011)).toBe('0.9..')
})

test.each([
  [0b1100, 'from 1.0 on'],
  [0b0011, 'until 0.9'],
  [0b0110, 'from 0.9 to 1.0'],
  [0b0100, 'in 1.0'],
  [0b1000, 'in 1.1'],
  [0b1001, 'in 0.8 and in 1.1'],
  [0b1111, 'from 0.8 on'],
])('%i in words', (set, words) => {
  expect(ranges.say(set)).toBe(words)
})
