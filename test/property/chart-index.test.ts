import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readYaml } from '../../src/goyaml/index.ts'
import { addEntries, type ChartIndex, EMPTY_INDEX, entryOf, yankEntry } from '../../src/repository/chart-index.ts'
import type { IndexEntry } from '../../src/repository/entry.ts'
import { readUnchanged } from '../../src/repository/index-lines.ts'
import { readIndex, readWrittenIndex } from '../../src/repository/read-index.ts'
import { writeIndex } from '../../src/repository/write-index.ts'
import { PIECES, SEED } from '../support/adversarial.ts'
import { runHelm, TESTED_HELMS } from '../support/helm.ts'

const settings = { seed: SEED, numRuns: Number(process.env.FUZZ_RUNS ?? 200) }

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.array(fc.constantFrom(...PIECES), { maxLength: 3 }).map((pieces) => pieces.join('')),
)
const version = fc.oneof(
  fc.constantFrom(
    '1.0.0',
    '1.0.0+b',
    '1.0.0+a',
    '1.0.0-rc.1',
    '1.0.0-rc.10',
    'v1.0.0',
    '1.0',
    '2',
    '10.0.0',
    '9.0.0',
    '0777.1.1',
    '1e3.0.0'.replace('e', '1'),
  ),
  fc.tuple(fc.nat(12), fc.nat(12), fc.nat(12)).map((numbers) => numbers.join('.')),
)
/** Names that YAML 1.1 takes for something else, and such that are properties of every object. */
const name = fc.constantFrom('x', 'y', 'on', 'null', '0777', '1e3', 'constructor', 'toString', '1.10', 'qdrant-cluster')
const time = fc.constantFrom('2026-01-02T03:04:05Z', '2026-01-02T03:04:05.123456789Z', '2025-12-31T23:59:59-08:00')
const entry: fc.Arbitrary<IndexEntry> = fc
  .record(
    {
      name,
      version,
      digest: fc.constantFrom('a', 'b').map((digit) => digit.repeat(64)),
      created: time,
      apiVersion: fc.constantFrom('v1', 'v2'),
      description: text,
      appVersion: text,
      icon: text,
      keywords: fc.array(text, { maxLength: 2 }),
      annotations: fc.dictionary(text, text, { maxKeys: 2 }),
      deprecated: fc.boolean(),
      dependencies: fc.array(fc.record({ name: fc.constantFrom('a', 'b'), version: fc.constant('1.x'), repository: text }), { maxLength: 1 }),
      maintainers: fc.array(fc.record({ name: text }), { maxLength: 1 }),
    },
    { requiredKeys: ['name', 'version', 'digest', 'created', 'apiVersion'] },
  )
  .map((one) => ({ ...one, urls: [`${one.name}-${one.version}.tgz`] }))
/** Entries of which no two are of one version. */
const entries = fc.uniqueArray(entry, { maxLength: 12, selector: (one) => `${one.name} ${one.version}` })

const read = (bytes: Uint8Array): ChartIndex => {
  const { index, findings } = readIndex(Buffer.from(bytes).toString('utf8'), { file: 'index.yaml', allowForeign: [] })
  expect(findings).toEqual([])
  return index ?? EMPTY_INDEX
}
const bytesOf = (index: ChartIndex) => writeIndex(index, 'json').toString('utf8')

test('an index is the same, in whatever order and however often its entries are added', () => {
  fc.assert(
    fc.property(
      entries.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }), fc.nat(all.length))),
      ([all, shuffled, cut]) => {
        const whole = addEntries(EMPTY_INDEX, all).index
        const steps = addEntries(addEntries(EMPTY_INDEX, shuffled.slice(0, cut)).index, shuffled).index
        const again = addEntries(whole, shuffled)
        expect(bytesOf(steps)).toBe(bytesOf(whole))
        expect(bytesOf(again.index)).toBe(bytesOf(whole))
        expect(again.outcomes.every((outcome) => outcome === 'unchanged')).toBe(true)
      },
    ),
    settings,
  )
})

test('what is there keeps its date, whatever comes later', () => {
  fc.assert(
    fc.property(entries, fc.array(entry, { maxLength: 12 }), (before, later) => {
      const first = addEntries(EMPTY_INDEX, before).index
      const second = addEntries(
        first,
        later.map((one) => ({ ...one, created: '2030-01-01T00:00:00Z' })),
      ).index
      for (const [chart, versions] of first.charts)
        for (const stored of versions.all) expect(second.charts.get(chart)?.all.map((other) => other.text)).toContain(stored.text)
    }),
    settings,
  )
})

test('JSON and YAML are read alike, by lines and as a whole, and written again with the same bytes', () => {
  fc.assert(
    fc.property(entries, (all) => {
      const index = addEntries(EMPTY_INDEX, all).index
      const [json, yaml] = [writeIndex(index, 'json'), writeIndex(index, 'yaml')]
      const indented = Buffer.from(JSON.stringify(JSON.parse(json.toString('utf8')), null, 2))
      for (const one of [json, yaml, indented]) {
        expect(bytesOf(read(one))).toBe(json.toString('utf8'))
        expect(writeIndex(read(one), 'yaml')).toEqual(yaml)
      }
      const { annotations: _, ...data } = JSON.parse(json.toString('utf8'))
      expect(readYaml(yaml.toString('utf8')).value).toEqual(data)
      const [first] = all
      if (first === undefined) return
      const yanked = yankEntry(index, first.name, first.version, 'why', '2030-01-01T00:00:00Z')
      expect(bytesOf(read(writeIndex(yanked, 'json')))).toBe(bytesOf(yanked))
    }),
    settings,
  )
})

test('what was written is read without a look at its entries, and is the same; one change, and every entry is looked at', () => {
  fc.assert(
    fc.property(entries, entry, fc.nat(), (all, later, where) => {
      const index = addEntries(EMPTY_INDEX, all).index
      const json = bytesOf(index)
      const quick = readWrittenIndex(json, { file: 'index.yaml', allowForeign: [] }).index ?? EMPTY_INDEX
      expect(bytesOf(quick)).toBe(json)
      const [slowly, quickly] = [addEntries(index, [later]), addEntries(quick, [later])]
      expect(quickly.outcomes).toEqual(slowly.outcomes)
      expect(bytesOf(quickly.index)).toBe(bytesOf(slowly.index))
      const at = json.indexOf('\n') + (where % (json.length - json.indexOf('\n')))
      const changed = `${json.slice(0, at)}?${json.slice(at)}`
      const options = { file: 'index.yaml', allowForeign: [] }
      expect(readWrittenIndex(changed, options)).toEqual(readIndex(changed, options))
      expect(readUnchanged(json, [])).toBeDefined()
      expect(readUnchanged(changed, [])).toBeUndefined()
      expect(readUnchanged(json, ['https://example.com/'])).toBeUndefined()
    }),
    settings,
  )
})

test('no text at all ends in anything but an index or findings', () => {
  const good = bytesOf(addEntries(EMPTY_INDEX, fc.sample(entries, { seed: SEED, numRuns: 1 })[0] ?? []).index)
  const broken = fc.tuple(fc.nat(good.length), fc.nat(20), text).map(([from, count, put]) => good.slice(0, from) + put + good.slice(from + count))
  fc.assert(
    fc.property(fc.oneof(text, broken), (bytes) => {
      const { index, findings } = readIndex(bytes, { file: 'index.yaml', allowForeign: [] })
      expect(index === undefined).toBe(findings.length > 0)
      for (const { message } of findings) expect(message).toMatch(/[.]$/)
    }),
    settings,
  )
})

test.each(TESTED_HELMS)('Helm %i reads what is written, as JSON and as YAML alike', (major) => {
  const folder = mkdtempSync(join(tmpdir(), 'addonsmith-index-'))
  try {
    mkdirSync(join(folder, 'cache'))
    writeFileSync(join(folder, 'repositories.yaml'), 'apiVersion: ""\nrepositories:\n- name: r\n  url: http://127.0.0.1:1\n')
    const search = (bytes: Uint8Array): readonly { readonly name: string; readonly version: string; readonly description: string }[] => {
      writeFileSync(join(folder, 'cache/r-index.yaml'), bytes)
      const options = ['--repository-config', join(folder, 'repositories.yaml'), '--repository-cache', join(folder, 'cache')]
      return JSON.parse(runHelm(major, ['search', 'repo', '--devel', '-l', '-o', 'json', ...options]))
    }
    for (const all of fc.sample(entries, { seed: SEED, numRuns: 15 })) {
      const { index } = addEntries(EMPTY_INDEX, all)
      const [json, yaml] = [search(writeIndex(index, 'json')), search(writeIndex(index, 'yaml'))]
      expect(yaml).toEqual(json)
      const ours = [...index.charts].flatMap(([chart, versions]) => versions.all.map((stored) => `r/${chart} ${entryOf(stored).version}`))
      expect(json.map((one) => `${one.name} ${one.version}`).sort()).toEqual(ours.sort())
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
