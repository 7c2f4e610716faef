import { expect, test } from 'vitest'
import { locateIn, readYaml } from '../../../src/goyaml/index.ts'

const problemOf = (text: string) => readYaml(text).problem

test('aliases that multiply are refused', () => {
  const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]']
  for (let level = 1; level < 10; level++)
    lines.push(
      `a${level}: &a${level} [${Array(10)
        .fill(`*a${level - 1}`)
        .join(', ')}]`,
    )
  expect(problemOf(lines.join('\n'))?.message).toBe('it has too many aliases')
  expect(problemOf(lines.slice(0, 3).join('\n'))).toBeUndefined()
})

test.each([
  ['brackets', '['.repeat(20_000)],
  ['items', '- '.repeat(20_000)],
  ['keys', Array.from({ length: 20_000 }, (_, depth) => `${' '.repeat(Math.min(depth, 600))}a:`).join('\n')],
])('20,000 levels of %s are refused', (_, text) => {
  expect(problemOf(text)?.message).toBe('it is nested deeper than 500 levels')
})

test('500 levels can be read', () => {
  expect(problemOf('['.repeat(499) + ']'.repeat(499))).toBeUndefined()
})

test.each([
  ['a quoted line', `a: "${'x'.repeat(1_000_000)}"`],
  ['a plain line', `a: ${'x '.repeat(500_000)}`],
  ['a line of items', `a: [${'x, '.repeat(300_000)}]`],
  ['open quotes', `a: ${'"'.repeat(999_999)}`],
  ['empty lines', `a: b${'\n'.repeat(1_000_000)}c: d`],
  ['colons', ':'.repeat(1_000_000)],
  ['keys', Array.from({ length: 100_000 }, (_, index) => `k${index}: v`).join('\n')],
])('1 MB of %s takes time in proportion', (_, text) => {
  readYaml(text)
})

test('the place of a problem is known', () => {
  expect(problemOf('a: 1\nb: "x')).toEqual({ message: 'a quoted text is not closed', offset: 8 })
  expect(problemOf('a: *b')).toEqual({ message: 'there is no anchor "b"', offset: 3 })
})

test('keys that are there again are known, not those in texts', () => {
  expect(readYaml('a:\n- {b: 1, b: 2}\n').duplicates).toEqual([{ path: ['a', 0, 'b'], offset: 12 }])
  expect(readYaml('1: a\n"1": b\n').duplicates).toEqual([{ path: ['1'], offset: 5 }])
  expect(readYaml('a: |\n  b: 1\n  b: 2\n').duplicates).toEqual([])
  expect(readYaml('x: &x {b: 1}\na:\n  <<: *x\n  b: 2\n').duplicates).toEqual([])
})

test('fields are located by key, items by their beginning, through aliases and merges', () => {
  const text = 'x: &x {b: 1}\na:\n  - c: 2\n  - <<: *x\n    d: *x\n'
  const at = (...path: readonly (string | number)[]) => text.slice(locateIn(text)(path)).split('\n')[0]
  expect(at('a', 0, 'c')).toBe('c: 2')
  expect(at('a', 1)).toBe('<<: *x')
  expect(at('a', 1, 'b')).toBe('b: 1}')
  expect(at('a', 1, 'd', 'b')).toBe('b: 1}')
  expect(at('a', 0, 'z', 'y')).toBe('c: 2')
})
