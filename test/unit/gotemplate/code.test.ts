import { expect, test } from 'vitest'
import { Code, fileContent, firstOf, goString, goText, include, isTame, release, toJson, values, yamlString } from '../../../src/gotemplate/index.ts'

test('values are read by field as long as keys are identifiers, then by index', () => {
  expect(values('image', 'registry').go).toBe('.Values.image.registry')
  expect(values('images', 'a-b', 'tags', '1.2').go).toBe('index .Values.images "a-b" "tags" "1.2"')
  expect(values('"}}{{ fail `x`').go).toBe('index .Values "\\"}}{{ fail `x`"')
})

test('code is made of quoted names only', () => {
  expect(release('Name').go).toBe('.Release.Name')
  expect(include('a"b').go).toBe('include "a\\"b" .')
  expect(fileContent('files/}}').go).toBe('.Files.Get "files/}}"')
  expect(toJson(values('a')).go).toBe('.Values.a | toJson')
  expect(firstOf(values('a'), values('b-c')).go).toBe('.Values.a | default (index .Values "b-c")')
  expect(goString('a\u2028"\\\n')).toBe('"a\u2028\\"\\\\\\n"')
})

test('Code cannot be made from a text outside its module but by of()', () => {
  expect(Object.keys(new (Code as unknown as { new (go: string): object })('x'))).toEqual(['go', 'reads'])
})

test.for([
  ['{{', '{{`{`}}{{`{`}}'],
  ['{', '{{`{`}}'],
  ['{a', '{a'],
  ['{{a', '{{`{`}}{a'],
  ['}}', '}}'],
] as const)('goText %j', ([text, source]) => {
  expect(goText(text)).toBe(source)
})

test.for(['y', 'No', 'on', 'OFF', 'null', '~', '', '1', '-', 'a b', 'a:', '.5', '<<', '=', '@x', 'é', '\u0085'])('yamlString quotes %j', (text) => {
  expect(yamlString(text).startsWith('"')).toBe(true)
})

test.for(['a', 'yes-but', 'a.b/c', '/x', '_x', 'v1.2'])('yamlString leaves %j', (text) => {
  expect(yamlString(text)).toBe(text)
})

test.for([
  'a \nb',
  'a\u00a0',
  'a\u3000\nb',
  ' a',
  '\ta',
  '\na',
  'a\n\n',
  'a\r\nb',
  'a\u2028b',
  'a\u0085b',
  '\ufeffa',
  'a<no value>b',
  'a\u0000',
  '\ud800',
  '',
])('%j is not tame', (text) => {
  expect(isTame(text)).toBe(false)
})

test.for(['a', 'a\n', 'a\n\nb', 'a\n  b\n', '#!/bin/sh\n\tx\n', '{{ x }}\n', 'é😀\n'])('%j is tame', (text) => {
  expect(isTame(text)).toBe(true)
})
