import { expect, test } from 'vitest'
import { isInert, operatorRelease, renderLiterals, templateUse, templateVocabulary, unknownFunctions } from '../../../src/operator/index.ts'

test('a text without an action is inert', () => {
  expect(isInert('a } }} { b')).toBe(true)
  expect(isInert('a {{ b')).toBe(false)
})

test.for([
  ['plain', 'plain'],
  ['a {{ "{{" }} b', 'a {{ b'],
  ['{{`{`}}{ x }}', '{{ x }}'],
  ['a {{- /* }} */ -}} b', 'ab'],
  ['a\n{{- "x" }}\nb', 'ax\nb'],
  ['a {{ "\\n\\u0041\\"" -}}  b', 'a \nA"b'],
  ['{{ .x }}', undefined],
  ['{{ "a" | quote }}', undefined],
  ['{{ "a', undefined],
  ['{{ "\\x41" }}', undefined],
] as const)('%j renders to %j', ([text, expected]) => {
  expect(renderLiterals(text)).toBe(expected)
})

test('what a template uses', () => {
  const text =
    '{{ if and .A $.B.c }}{{ range $i, $e := splitList "," .LIST }}{{ $e.name | upper }}{{ (index $x 0).y }}{{ "no(.W)" }}{{ end }}{{ end }}{{/* .C */}}'
  expect(templateUse(text)).toEqual({ functions: ['and', 'index', 'splitList', 'upper'], fields: ['A', 'B', 'LIST'], isBroken: false })
  for (const broken of ['{{ .a', '{{ .a }', '{{ if .a }}', '{{ end }}', '{{ .a | }}']) expect(templateUse(broken).isBroken, broken).toBe(true)
})

test('functions differ by release and renderer', () => {
  const text = '{{ getVolumePathByName .x "data" }}{{ getCAFile }}{{ getPVCSize .y }}{{ upper "a" }}'
  const unknown = (version: string, renderer: 'component' | 'parameters') => unknownFunctions(operatorRelease(version), renderer, text)
  expect(unknown('0.5', 'component')).toEqual(['getPVCSize'])
  expect(unknown('0.6', 'component')).toEqual([])
  expect(unknown('1.0', 'parameters')).toEqual(['getCAFile'])
  expect(unknown('1.1', 'component')).toEqual(['getCAFile', 'getPVCSize', 'getVolumePathByName'])
  expect(templateVocabulary(operatorRelease('0.7'), 'component').objects.has('version')).toBe(true)
  expect(templateVocabulary(operatorRelease('0.8'), 'component').objects.has('version')).toBe(false)
  expect(templateVocabulary(operatorRelease('1.2'), 'component').objects.size).toBe(0)
})
