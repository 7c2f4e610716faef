import { describe, expect, test } from 'vitest'
import { parseYaml } from '../../../src/load/index.ts'

/** What is found in a text, as `line:column code`. */
function found(text: string): readonly string[] {
  return parseYaml('a.yaml', text).findings.map(({ code, place }) => `${place?.line}:${place?.column} ${code}`)
}

describe('what YAML does not say clearly is refused, at its place', () => {
  test.each([
    ['a second document', 'a: 1\n---\nb: 2\n', '2:1 load/yaml'],
    ['an alias without an anchor', 'a: 1\nb: *c\n', '2:4 load/yaml'],
    ['an alias in front of its anchor', 'a: *c\nb: &c 1\n', '1:4 load/yaml'],
    ['a control character', 'a: 1\nb: "x\u0007"\n', '2:6 load/yaml'],
    ['a key that is a number', 'a: 1\n7: 2\n', '2:1 load/integer-like-key'],
    ['a quoted key that looks like a number', '"7": 2\n', '1:1 load/integer-like-key'],
    ['a merge key', 'a: &a {b: 1}\nc: {<<: *a}\n', '2:5 load/key-type'],
    ['a key given twice', 'a: 1\nb: 2\na: 3\n', '3:1 load/duplicate-key'],
    ['a key given twice, once as __proto__', '__proto__: 1\n__proto__: 3\n', '2:1 load/duplicate-key'],
    ['infinity', 'a: .inf\n', '1:4 load/not-data'],
    ['a number that needs an exponent', 'a: 1e30\n', '1:4 load/not-data'],
    ['a tab as indentation', 'a:\n\tb: 1\n', '2:1 load/yaml'],
    ['a quote that is not closed, with a line end the parser does not count', '*a&a "\n\u0000', '2:1 load/yaml'],
  ])('%s', (_, text, expected) => {
    expect(found(text)).toContain(expected)
  })
})

test('only the first mistake in the syntax is told; the others follow from it', () => {
  expect(found('a: [1\nb: 2\nc: 3\nd: 4\n')).toHaveLength(1)
})

test('an alias stands for the last anchor of its name before it', () => {
  expect(parseYaml('a.yaml', 'a: &x 1\nb: *x\nc: &x 2\nd: *x\n')).toMatchObject({ value: { a: 1, b: 1, c: 2, d: 2 }, findings: [] })
})

test('a byte order mark is no column', () => {
  const { value, locate } = parseYaml('a.yaml', '\ufeffa: 1\nb: 2')
  expect(value).toEqual({ a: 1, b: 2 })
  expect(locate(['a'], 'key')).toMatchObject({ line: 1, column: 1 })
})

test('maps have no prototype, and keep __proto__ as a key', () => {
  const { value } = parseYaml('a.yaml', '__proto__: {x: 1}\nconstructor: 2\n')
  expect(Object.getPrototypeOf(value)).toBeNull()
  expect(Object.keys(value as object)).toEqual(['__proto__', 'constructor'])
})

test('places are right on the last line, with and without a line end', () => {
  for (const text of ['a: 1\nb: 2', 'a: 1\nb: 2\n', 'a: 1\r\nb: 2\r\n']) {
    expect(parseYaml('a.yaml', text).locate(['b'])).toMatchObject({ line: 2, column: 4 })
    expect(parseYaml('a.yaml', text).locate(['c'])).toMatchObject({ line: 1, column: 1 })
  }
})
