import { describe, expect, test } from 'vitest'
import { type ChartSource, unsafeSchemaReferences } from '../../../src/check/index.ts'
import { sourceRules } from '../../../src/check/rules/index.ts'
import { globMatcher, hiddenPaths } from '../../../src/check/source/ignored.ts'
import { readLines } from '../../../src/check/source/lines.ts'
import { goNumber, readAs } from '../../../src/check/source/scalar.ts'

function findings(files: Readonly<Record<string, string>>): readonly string[] {
  const chart: ChartSource = {
    name: 'c',
    paths: Object.keys(files).sort(),
    read: (path) => files[path],
    rendered: new Set(),
  }
  return sourceRules.flatMap((rule) => rule.check(chart).map(({ file, message }) => `${rule.code} ${file}: ${message}`))
}

// What Helm 3.17.2 and 4.1.4 made of these in values.yaml, printed with %v.
test.for([
  ['yes', 'true'],
  ['Y', 'true'],
  ['off', 'false'],
  ['0777', 'the number 511'],
  ['0o777', 'the number 511'],
  ['0899', 'the number 899'],
  ['0x1F', 'the number 31'],
  ['0b11', 'the number 3'],
  ['1_000.5', 'the number 1000.5'],
  ['1.10', 'the number 1.1'],
  ['10.', 'the number 10'],
  ['.5', 'the number 0.5'],
  ['12e03', 'the number 12000'],
  ['1234567e8', 'the number 1.234567e+14'],
  ['999999', 'the number 999999'],
  ['1000000', 'the number 1e+06'],
  ['12345678901234567890', 'the number 1.2345678901234567e+19'],
  ['+5', 'the number 5'],
  ['~', 'null'],
  ['1:30', undefined],
  ['190:20:30', undefined],
  ['2020-01-01', undefined],
  ['tRue', undefined],
  ['1.2.3', undefined],
  ['=', undefined],
  ['-', undefined],
  ['', undefined],
] as const)('Helm reads %s as %s', ([source, read]) => expect(readAs(source)).toBe(read))

test.for([
  [0.00001, '1e-05'],
  [0.0001, '0.0001'],
  [123456, '123456'],
  [-2500000, '-2.5e+06'],
  [0, '0'],
] as const)('Go prints %d as %s', ([value, printed]) => expect(goNumber(value)).toBe(printed))

// As Helm 3.17.2 and 4.1.4 hid and matched them.
test('.helmignore hides as Helm does', () => {
  const paths = ['d/b.hid', 'd/sub/s.txt', 'd/x/sub/s.txt', 'x/sub/a', 'a.txt', 'logs', 'k/logs/a', 'keep.txt']
  expect([...hiddenPaths('*.hid\n/d/sub/\nx/sub\n# a.txt\nlogs/\n!keep.txt\n', paths)]).toEqual(['d/b.hid', 'd/sub/s.txt', 'x/sub/a', 'k/logs/a'])
})

test.for([
  ['**.txt', ['a.txt', 'd/a.txt', 'd/x/s.txt']],
  ['d/*', ['d/a.txt']],
  ['d/**', ['d/a.txt', 'd/x/s.txt']],
  ['**/a.txt', ['d/a.txt']],
  ['d/{a,b}.txt', ['d/a.txt']],
  ['[a-b].txt', ['a.txt']],
  ['?.txt', ['a.txt']],
] as const)('%s matches %j', ([pattern, matched]) => expect(['a.txt', 'd/a.txt', 'd/x/s.txt'].filter(globMatcher(pattern))).toEqual(matched))

test('lines of a template know their keys, and leave texts out', () => {
  const lines = readLines(
    'a:\n  {{- if .x }}\n  b: 1 # c\n  {{- end }}\n  t: |\n    no: 1\n\n    no\n  l:\n  - n: {{ .y }}\n    m: "q # r"\n  - i\n{{/*\nz: 1\n*/}}\nf: {g: 1,\n  h: 2}\nk: >-\n  x\n',
  )
  expect(lines.map(({ key, value, parents }) => `${[...parents, key ?? '-'].join('/')}=${value}`)).toEqual([
    'a=',
    'a/b=1',
    'a/t=|',
    'a/l=',
    'a/l/n={{ .y }}',
    'a/l/m="q # r"',
    'a/l/-=i',
    'f={g: 1,',
    'k=>-',
  ])
})

describe('what is not judged', () => {
  const wrong = { 'templates/a.yaml': 'kind: {{ default .Values.x "y" }}{{ .Files.Get "none" }}', 'values.yaml': 'x: 1\nx: 2\n' }

  test('is judged in a chart', () => expect(findings({ ...wrong, 'Chart.yaml': 'name: c\n' }).length).toBeGreaterThan(3))
  test('a library', () => expect(findings({ ...wrong, 'Chart.yaml': 'name: c\ntype: library\n' })).toEqual([]))
  test('charts in a chart', () =>
    expect(findings(Object.fromEntries(Object.entries(wrong).map(([path, text]) => [`charts/x/${path}`, text])))).toEqual([]))
  test('values and helpers, when a dependency is not there', () => {
    const files = { 'templates/_h.tpl': '{{ define "h" }}{{ end }}', 'values.yaml': 'a: 1\n', 'values.schema.json': '{}' }
    expect(findings(files).length).toBe(2)
    expect(findings({ ...files, 'Chart.yaml': 'dependencies: [{name: lib}]\n' })).toEqual([])
    expect(findings({ ...files, 'Chart.yaml': 'dependencies: [{name: lib}]\n', 'charts/lib/Chart.yaml': 'name: lib\n' }).length).toBe(2)
  })
  test.for([
    'a: *none\n',
    `a: &a [1,1,1,1,1,1,1,1]\n${Array.from({ length: 9 }, (_, i) => `${'bcdefghij'[i]}: &${'bcdefghij'[i]} [${`*${'abcdefghi'[i]},`.repeat(8)}]`).join('\n')}\n`,
  ])('aliases that lead nowhere, or to too much', (text) =>
    expect(() => findings({ 'Chart.yaml': text, 'requirements.yaml': text, 'values.yaml': text })).not.toThrow(),
  )
  test('lists in lists', () => {
    const text = `a: ${'['.repeat(1500)}${']'.repeat(1500)}\n`
    expect(() => findings({ 'Chart.yaml': text, 'values.yaml': text })).not.toThrow()
  })
  test('what cannot be read', () =>
    expect(findings({ 'templates/a.yaml': '{{ if', 'values.yaml': `${'['.repeat(20_000)}`, 'Chart.yaml': '{', 'charts/x.tgz': '' })).toEqual([
      'source/never-rendered templates/a.yaml: The template gives no object, and no value changes that.',
    ]))
})

describe('references of a schema', () => {
  test.for([
    '{"$ref":"#"}',
    '{"allOf":[{"$ref":""}]}',
    '{"$ref":"other.json"}',
    '{"items":{"$ref":"FILE:///x"}}',
    '{"$schema":"file:///x"}',
    '{"\\u0024ref":"http://x"}',
    '{} trailing',
    '\ufeff{}',
    '',
    `${'{"a":'.repeat(300)}1${'}'.repeat(300)}`,
    `{"properties":{"p":{"$ref":"#/properties/p"}}}`,
  ])('%j is unsafe', (text) => expect(unsafeSchemaReferences(text).length).toBeGreaterThan(0))

  test.for(['{}', 'true', 'null', '[]', '{"properties":{"a":{"$ref":"#"}}}', '{"$ref":1}', '{"enum":[{"$ref":"file:///x"}]}', '{"$ref":"#/none"}'])(
    '%j is safe',
    (text) => expect(unsafeSchemaReferences(text)).toEqual([]),
  )
})

test('the cost is that of the size', () => {
  const line = 'x'.repeat(1_000_000)
  const many = (text: string, count: number) => Array.from({ length: count }, (_, i) => text.replaceAll('#', String(i))).join('\n')
  const chain = Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`d${i}`, { $ref: `#/definitions/d${i + 1}` }]))
  const files = {
    'templates/a.yaml': `a: ${line}\nb: "${line}"\n{{ printf "${line}" }}\n# ${line}\n`,
    'templates/b.yaml': many('  k#: {{- .Values.v# | default "#" -}}', 10_000),
    'templates/c.yaml': many('{{- define "n#" }}{{- include "n#" . }}{{- .Files.Get "f#" }}{{- end }}', 5_000),
    'templates/d.yaml': many('{{- if .Values.v# }}', 10_000),
    'templates/e.yaml': `{{${' '.repeat(1_000_000)}.a }}${'{{- /* x */ -}}'.repeat(20_000)}${'{'.repeat(500_000)}`,
    'templates/f.yaml': many('- - - "a: #', 20_000),
    'values.yaml': `${many('v#: # ', 5_000)}\nlong: ${line}\n`,
    'values.schema.json': JSON.stringify({ definitions: chain }),
  }
  expect(findings(files).length).toBeGreaterThan(5_000)
})
