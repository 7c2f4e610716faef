import { expect, test } from 'vitest'
import { depthIn, mergeOver } from '../../../src/resolve/merge.ts'

test.for([
  ['maps merge by key, in the order of the base', { a: 1, b: { c: 1, d: 2 } }, { e: 5, b: { d: 3 } }, '{"a":1,"b":{"c":1,"d":3},"e":5}'],
  ['lists replace', { a: [1, 2] }, { a: [3] }, '{"a":[3]}'],
  ['null removes', { a: 1, b: { c: 1 } }, { a: null, b: { c: null } }, '{"b":{}}'],
  ['null of what is not there is nothing', { a: 1 }, { b: null, c: { d: null, e: 1 } }, '{"a":1,"c":{"e":1}}'],
  ['a text takes the place of a map, and a map that of a text', { a: { b: 1 }, c: 'x' }, { a: 'y', c: { d: 1 } }, '{"a":"y","c":{"d":1}}'],
  ['names of prototypes are names', {}, JSON.parse('{"__proto__": {"a": 1}, "constructor": 2}'), '{"__proto__":{"a":1},"constructor":2}'],
] as const)('%s', ([, base, over, expected]) => {
  expect(JSON.stringify(mergeOver(base, over))).toBe(expected)
})

test('how much of a path is there', () => {
  expect(depthIn({ a: { b: [{ c: 1 }] } }, ['a', 'b', 0, 'c'])).toBe(4)
  expect(depthIn({ a: { b: [] } }, ['a', 'b', 0, 'c'])).toBe(2)
  expect(depthIn({}, ['toString'])).toBe(0)
})
