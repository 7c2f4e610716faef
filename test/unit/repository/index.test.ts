import { describe, expect, test } from 'vitest'
import { addEntries, EMPTY_INDEX, entryOf, yankEntry } from '../../../src/repository/chart-index.ts'
import type { IndexEntry } from '../../../src/repository/entry.ts'
import { metadataOf } from '../../../src/repository/entry.ts'
import { readIndex } from '../../../src/repository/read-index.ts'
import { newestFirst, parseVersion } from '../../../src/repository/version.ts'
import { writeIndex } from '../../../src/repository/write-index.ts'

const options = { file: 'index.yaml', allowForeign: [] }
const digest = 'a'.repeat(64)
const entry = (name: string, version: string, more: Readonly<Record<string, unknown>> = {}): IndexEntry => ({
  name,
  version,
  apiVersion: 'v2',
  urls: [`${name}-${version}.tgz`],
  digest,
  created: '2026-01-02T03:04:05Z',
  ...more,
})
const told = (text: string) =>
  readIndex(text, options).findings.map(
    ({ code, message, place, hint }) => `${place?.line}:${place?.column} ${code} ${message}${hint === undefined ? '' : ` (${hint})`}`,
  )
const yaml = (...lines: readonly string[]) => `apiVersion: v1\nentries:\n${lines.map((line) => `  ${line}\n`).join('')}`

describe('order of versions', () => {
  test('newest first, as Helm has it', () => {
    const texts = [
      '1.10.0',
      '1.9.0',
      '1.9.0-rc.10',
      '1.9.0-rc.9',
      '1.9.0-rc',
      '1.9.0-9',
      '1.2',
      'v1.1.0',
      '1.0.0+b',
      '1.0.0+a',
      '99999999999999999999.0.0',
    ]
    const versions = texts.flatMap((text) => parseVersion(text) ?? [])
    expect(versions).toHaveLength(texts.length)
    expect(
      [...versions]
        .reverse()
        .sort(newestFirst)
        .map(({ text }) => text),
    ).toEqual([texts[10], ...texts.slice(0, 10)])
  })
  test.each(['', '1.', 'latest', '1.0.0.0', '1.0.0-', '1.0.0-a..b', '1.0.0\n', ' 1.0.0'])('%j is no version', (text) =>
    expect(parseVersion(text)).toBeUndefined(),
  )
})

describe('adding', () => {
  const first = addEntries(EMPTY_INDEX, [entry('x', '1.0.0'), entry('x', '1.1.0', { created: '2026-02-02T00:00:00Z' })]).index
  test('keeps what is there, and its date', () => {
    const again = addEntries(first, [entry('x', '1.0.0', { created: '2030-01-01T00:00:00Z' })])
    expect(again.outcomes).toEqual(['unchanged'])
    expect(writeIndex(again.index, 'json')).toEqual(writeIndex(first, 'json'))
    expect(first.generated).toBe('2026-02-02T00:00:00Z')
  })
  test('refuses the same version with another digest, or without one to compare', () => {
    expect(addEntries(first, [entry('x', '1.0.0', { digest: 'b'.repeat(64) })]).outcomes).toEqual(['conflict'])
    const { digest: _, ...without } = entry('y', '1.0.0')
    expect(addEntries(addEntries(first, [without]).index, [entry('y', '1.0.0')]).outcomes).toEqual(['conflict'])
  })
  test('sees a conflict among what it is given', () => {
    expect(addEntries(EMPTY_INDEX, [entry('x', '1.0.0'), entry('x', '1.0.0'), entry('x', '1.0.0', { digest: 'b'.repeat(64) })]).outcomes).toEqual([
      'added',
      'unchanged',
      'conflict',
    ])
  })
  test('gives one line to each entry', () => {
    expect(String(writeIndex(first, 'json')).replace(/[0-9a-f]{64}(?="},"entries)/, 'CHECKSUM')).toBe(
      [
        '{"apiVersion":"v1","generated":"2026-02-02T00:00:00Z","annotations":{"addonsmith.dev/checksum":"CHECKSUM"},"entries":{',
        '"x":[',
        `{"apiVersion":"v2","created":"2026-02-02T00:00:00Z","digest":"${digest}","name":"x","urls":["x-1.1.0.tgz"],"version":"1.1.0"},`,
        `{"apiVersion":"v2","created":"2026-01-02T03:04:05Z","digest":"${digest}","name":"x","urls":["x-1.0.0.tgz"],"version":"1.0.0"}`,
        ']',
        '}}',
        '',
      ].join('\n'),
    )
    expect(String(writeIndex(EMPTY_INDEX, 'json'))).toMatch(/^\{"apiVersion":"v1","generated":"1970-01-01T00:00:00Z",.*"entries":\{\n\}\}\n$/)
    for (const format of ['json', 'yaml'] as const) expect(readIndex(String(writeIndex(EMPTY_INDEX, format)), options).index?.charts.size).toBe(0)
  })
})

describe('yanking', () => {
  const index = addEntries(EMPTY_INDEX, [entry('x', '1.0.0', { description: 'A chart.' }), entry('x', '1.1.0')]).index
  const now = '2026-03-01T00:00:00Z'
  const first = yankEntry(index, 'x', '1.0.0', 'loses data', now)
  const of = (of: typeof index) => of.charts.get('x')?.all.map(entryOf)
  test('marks and keeps', () => {
    expect(of(first)?.[1]).toMatchObject({
      deprecated: true,
      annotations: { 'addonsmith.dev/yanked': 'loses data' },
      description: '[YANKED: loses data] A chart.',
      created: '2026-01-02T03:04:05Z',
    })
    expect(of(first)?.[0]).toEqual(of(index)?.[0])
    expect(first.generated).toBe(now)
  })
  test('twice is once; another reason takes the place of the first', () => {
    expect(yankEntry(first, 'x', '1.0.0', 'loses data', '2030-01-01T00:00:00Z')).toBe(first)
    expect(of(yankEntry(first, 'x', '1.0.0', 'is slow', now))?.[1]?.description).toBe('[YANKED: is slow] A chart.')
  })
})

describe('what Chart.yaml says', () => {
  test('only fields of Helm, printable, without nulls', () => {
    const problems: unknown[] = []
    const metadata = metadataOf(
      { name: 'x', version: '1.0.0', icon: null, foo: 1, description: 'a\u001b[31m\nb\u202e', annotations: { k: 'a\nb' } },
      (problem) => problems.push(problem),
    )
    expect(metadata).toEqual({ name: 'x', version: '1.0.0', description: 'a[31m b', annotations: { k: 'a\nb' } })
    expect(problems).toEqual([])
  })
  test('wrong types, names and versions are told', () => {
    const messages: string[] = []
    metadataOf(
      { name: '../x', version: 'one', appVersion: 1.1, annotations: { a: 1 }, maintainers: [{ name: 1 }, null], deprecated: 'no' },
      ({ message }) => messages.push(message),
    )
    expect(messages).toEqual([
      'appVersion is a number, not a text.',
      'a is a number, not a text.',
      'name is a number, not a text.',
      'An item of maintainers is null, not a map.',
      'deprecated is a text, not true or false.',
      '"../x" cannot be the name of a chart.',
      '"one" is no semantic version.',
    ])
  })
})

describe('bad indexes', () => {
  const good = ['x:', '- name: x', '  version: 1.0.0', '  urls: [x-1.0.0.tgz]']
  test('a good one has no findings', () => expect(told(yaml(...good))).toEqual([]))
  test.each<[string, string, readonly string[]]>([
    ['nothing', ' \n', ['1:1 repository/index The index is empty.']],
    ['a list', '- 1\n', ['1:1 repository/index The index is a list, not a map.']],
    ['no apiVersion', 'entries: {}\n', ['1:1 repository/index The apiVersion of an index is v1.']],
    ['no entries', 'apiVersion: v1\n', ['1:1 repository/index There are no entries.']],
    ['null entries', 'apiVersion: v1\nentries: null\n', ['2:1 repository/index entries is null, not a map.']],
    ['a null list', yaml('x:'), ['3:3 repository/index The versions of x are null, not a list.']],
    [
      'a null entry',
      yaml('x:', '- null', '-'),
      ['4:5 repository/index An entry is null, not a map. (remove it)', '5:4 repository/index An entry is null, not a map. (remove it)'],
    ],
    [
      'wrong types',
      yaml(...good.slice(0, 3), '  appVersion: 1.10', '  keywords: [1]', '  urls: x'),
      [
        '6:5 repository/index appVersion is a number, not a text. (quote it)',
        '7:16 repository/index An item of keywords is a number, not a text.',
        '8:5 repository/index urls is a text, not a list.',
      ],
    ],
    ['an unknown field', yaml(...good, '  digset: x'), ['7:5 repository/index "digset" is no field that Helm knows here. (did you mean "digest"?)']],
    [
      'a version twice',
      yaml(...good, ...good.slice(1)),
      ['8:5 repository/duplicate x 1.0.0 is in the index twice; the first is entry 1 of the chart.'],
    ],
    [
      'a foreign URL',
      yaml(...good.slice(0, 3), '  urls: ["https://evil.example/x.tgz"]'),
      ['6:12 repository/foreign-url The package is at "https://evil.example/x.tgz", which is not in the repository.'],
    ],
    [
      'a URL that climbs out',
      yaml(...good.slice(0, 3), '  urls: ["..%2f..%2fx.tgz"]'),
      ['6:12 repository/foreign-url The URL "..%2f..%2fx.tgz" leads out of the repository.'],
    ],
    [
      'a host without a scheme',
      yaml(...good.slice(0, 3), '  urls: ["//evil.example/x.tgz"]'),
      ['6:12 repository/foreign-url The URL "//evil.example/x.tgz" leads out of the repository.'],
    ],
    ['another name', yaml('z:', ...good.slice(1)), ['4:5 repository/index The entry is of the chart "x", and stands below "z".']],
    ['no version', yaml('x:', '- name: x', '  urls: [x]'), ['4:5 repository/index There is no version.']],
    ['no urls', yaml(...good.slice(0, 3)), ['4:5 repository/index The entry has no urls, so that Helm cannot fetch the package.']],
    ['a wrong digest', yaml(...good, '  digest: sha256'), ['7:5 repository/index The digest is no SHA-256 in hexadecimal.']],
    [
      'a wrong time',
      yaml(...good, '  created: yesterday'),
      ['7:5 repository/index created is "yesterday", not a time. (write it like 2026-01-31T12:00:00Z)'],
    ],
    [
      'keys twice in JSON',
      '{"apiVersion":"v1","entries":{"x":[],"x":[]}}',
      ['1:1 repository/index A key is in a map twice, and only one of them counts.'],
    ],
    ['half of JSON', '{"apiVersion":"v1","entries":{\n"x":[\n{"name":"x"', ['3:12 repository/index The index is not YAML: "," or "}" is expected.']],
    ['a key twice in YAML', yaml(...good, '  urls: [y]'), ['7:5 repository/index The key "urls" is in a map twice, and only one of them counts.']],
  ])('%s', (_, text, expected) => {
    const { index } = readIndex(text, options)
    expect(index).toBeUndefined()
    expect(told(text)).toEqual(expected)
  })
  test('a broken generator does not drown the report', () => {
    const text = `{"apiVersion":"v1","entries":{\n"x":[\n${Array.from({ length: 1000 }, () => 'null').join(',\n')}\n]\n}}\n`
    expect(told(text)).toHaveLength(101)
    expect(told(text).at(-1)).toContain('900 more')
  })
  test('URLs that are allowed', () => {
    const at = (url: string, ...allowForeign: readonly string[]) =>
      readIndex(yaml(...good.slice(0, 3), `  urls: ["${url}"]`), { ...options, allowForeign }).findings.length
    expect(at('https://good.example/a/x.tgz', 'https://good.example/a')).toBe(0)
    expect(at('https://good.example/b/x.tgz', 'https://good.example/a')).toBe(1)
    expect(at('https://good.example/ab/x.tgz', 'https://good.example/a')).toBe(1)
    expect(at('https://good.example@evil.example/a/x.tgz', 'https://good.example/')).toBe(1)
    expect(at('https://good.example/a/../b/x.tgz', 'https://good.example/a')).toBe(1)
    expect(at('http://good.example/a/x.tgz', 'https://good.example/a')).toBe(1)
  })
})
