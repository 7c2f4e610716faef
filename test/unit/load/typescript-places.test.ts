import { describe, expect, test } from 'vitest'
import type { Path } from '../../../src/diagnostics/index.ts'
import { locateInTypeScript } from '../../../src/load/typescript-places.ts'

/** A descriptor with `«` in front of the place that is meant, the path that is looked up, and whether its key or its value is. */
type Case = readonly [name: string, marked: string, path: Path, at?: 'key' | 'value']
const CASES: readonly Case[] = [
  ['a value', "export default defineAddon({ name: «'x' })", ['name']],
  ['a key', "export default defineAddon({ «name: 'x' })", ['name'], 'key'],
  ['a quoted key', `export default defineAddon({ «"tiny.yaml": 1 })`, ['tiny.yaml'], 'key'],
  ['a key in single quotes', "export default defineAddon({ 'a b': «1 })", ['a b']],
  ['a number as key', 'export default defineAddon({ 7: «1 })', ['7']],
  ['without defineAddon', 'export default { a: { b: «1 } }', ['a', 'b']],
  ['with a type argument', 'export default defineAddon<Addon>({ a: «1 })', ['a']],
  ['a list', 'export default { a: [1, «2, 3] }', ['a', 1]],
  ['lists in lists', 'export default { a: [[1], [2, [«3]]] }', ['a', 1, 1, 0]],
  ['maps in lists', 'export default { a: [{ b: 1 }, { b: «2 }] }', ['a', 1, 'b']],
  ['a line comment in between', 'export default {\n  // a: 1, {\n  a: // {\n    «2,\n}', ['a']],
  ['a block comment in between', 'export default { /* a: { */ a /* : */ : /* 1 */ «2 }', ['a']],
  ['a comment in a list', 'export default { a: [ /* [ */ 1, // ]\n «2] }', ['a', 1]],
  ['a text with brackets in front', `export default { b: "}],{", a: «1 }`, ['a']],
  ['a text with escaped quotes in front', `export default { b: 'it\\'s }', a: «1 }`, ['a']],
  ['a template literal in front', 'export default { b: `} ${x} {`, a: «1 }', ['a']],
  ['a call in front', 'export default { b: f({ a: 1 }, [2]), a: «2 }', ['a']],
  ['an arrow function in front', 'export default { b: () => { return { a: 1 } }, a: «2 }', ['a']],
  ['a spread in front', "export default { ...base, a: «'x' }", ['a']],
  ['a spread with a call in front', 'export default { ...make({ a: 1 }), a: «2 }', ['a']],
  ['a computed key in front', 'export default { [name]: 1, a: «2 }', ['a']],
  ['a method in front', 'export default { f() { return 1 }, a: «2 }', ['a']],
  ['a shorthand in front', 'export default { name, a: «2 }', ['a']],
  ['a value with `as`', 'export default { b: { c: «1 } as const, a: 2 }', ['b', 'c']],
  ['behind a value with `as`', 'export default { b: { c: 1 } as const, a: «2 }', ['a']],
  ['behind a value with `satisfies`', 'export default { b: [1] satisfies number[], a: «2 }', ['a']],
  ['a trailing comma', 'export default { a: [1, «2,], }', ['a', 1]],
  ['Windows line ends', 'export default {\r\n  a: 1,\r\n  b: «2,\r\n}', ['b']],
  ['a named constant', 'const addon = { a: «1 }\nexport default addon', ['a']],
  ['a named constant with a type', 'const addon: Addon = { a: «1 }\nexport default addon', ['a']],
  ['a named constant given to defineAddon', 'const addon = { a: «1 }\nexport default defineAddon(addon)', ['a']],
  ['what is spread has the place of the map', 'export default { a: «{ ...base } }', ['a', 'b']],
  ['what is computed has the place of the closest value', 'export default { a: «make() }', ['a', 'b', 0]],
  ['behind a spread in a list: the list', 'export default { a: «[...old, 1, 2] }', ['a', 1]],
  ['in front of a spread in a list', 'export default { a: [«1, ...old] }', ['a', 0]],
  ['what is not there', 'export default «{ a: 1 }', ['b']],
]

describe('places in a TypeScript descriptor', () => {
  test.each(CASES.map(([name, marked, path, at = 'value']) => ({ name, marked, path, at })))('$name', ({ marked, path, at }) => {
    const offset = marked.indexOf('«')
    const before = marked.slice(0, offset).split('\n')
    const place = locateInTypeScript('addon.ts', marked.replace('«', ''))(path, at)
    expect([place.line, place.column]).toEqual([before.length, (before.at(-1) ?? '').length + 1])
  })

  test.each([
    '',
    '\n',
    'export',
    'export default',
    'export default {',
    'export default { a: [',
    'export default { a: `',
    "export default { 'a",
    'export default { ]]] )',
    'const a = 1\nexport default a',
  ])('always gives a place inside of the text: %j', (text) => {
    const place = locateInTypeScript('addon.ts', text)(['a', 0, 'b'])
    expect(place.line).toBeGreaterThanOrEqual(1)
    expect(place.line).toBeLessThanOrEqual(text.split('\n').length)
    expect(place.column).toBeGreaterThanOrEqual(1)
    expect(place.column).toBeLessThanOrEqual((text.split('\n')[place.line - 1] ?? '').length + 1)
  })
})
