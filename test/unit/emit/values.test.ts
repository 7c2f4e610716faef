import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { dataYaml } from '../../../src/emit/data-yaml.ts'
import { valuesSchema, valuesYaml } from '../../../src/emit/values.ts'
import type { Value } from '../../../src/model/chart.ts'
import { nasty, SEED, TEXTS } from '../../support/adversarial.ts'
import { compileInMemory } from '../../support/compile-in-memory.ts'
import { isWellFormed } from '../../support/every-text.ts'
import { HELMS, runHelm } from '../../support/helm.ts'
import { chartYaml, folderOf, needHelm } from '../../support/scratch-chart.ts'
import { SMALL } from '../../support/small-addon.ts'

const RUNS = { seed: SEED, numRuns: Number(process.env.FUZZ_RUNS ?? 300) }

const leaf = fc.oneof(nasty, fc.integer(), fc.boolean(), fc.constantFrom(0.5, -2.25), fc.constant({}), fc.constant([]))
const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
  tree: fc.oneof({ depthSize: 'small' }, leaf, fc.array(tie('tree'), { maxLength: 3 }), fc.dictionary(nasty, tie('tree'), { maxKeys: 3 })),
}))

describe('plain data', () => {
  test('is the same to readers of YAML 1.1 and 1.2', () => {
    fc.assert(
      fc.property(fc.dictionary(nasty, tree, { minKeys: 1, maxKeys: 4 }), (data) => {
        const text = dataYaml(data)
        const plain = JSON.stringify(data)
        for (const version of ['1.1', '1.2'] as const) {
          const read = parse(text, { version, merge: version === '1.1' }) as unknown
          // Null prototypes and key order aside.
          expect(sorted(read)).toEqual(sorted(JSON.parse(plain)))
        }
      }),
      RUNS,
    )
  })
})

/** The same data with the keys of maps in order, as text. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return Object.is(value, -0) ? 0 : value
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, inner]) => [key, sorted(inner)])
}

const texts = TEXTS.filter((text) => isWellFormed(text) && !/[^\P{Cc}\t\n\r]|[\ufeff\ufffe\uffff]/u.test(text))
const values: readonly Value[] = texts.map((text, index) => ({
  kind: 'leaf',
  name: `v${index}`,
  description: TEXTS[index] ?? '',
  default: text,
  schema: { type: 'string' },
}))

describe.for(HELMS)('Helm %i reads', (major) => {
  test('values.yaml as it was meant, whatever stands in its comments', (context) => {
    needHelm(context, major)
    const dump = '{{ range $k, $v := .Values }}\n---\n{{ $k }}: {{ $v | toString | b64enc }}\n{{ end }}'
    const folder = folderOf([
      chartYaml('scratch'),
      ['values.yaml', valuesYaml(values)],
      ['values.schema.json', JSON.stringify(valuesSchema(values))],
      ['templates/dump.yaml', dump],
    ])
    const output = runHelm(major, ['template', 'x', folder])
    const read = new Map(
      [...output.matchAll(/^(v\d+):(.*)$/gm)].map(([, key = '', value = '']) => [key, Buffer.from(value, 'base64').toString('utf8')]),
    )
    expect(read.size).toBe(texts.length)
    expect(texts.filter((text, index) => read.get(`v${index}`) !== text)).toEqual([])
  })

  test('Chart.yaml and values.yaml back with its show command', (context) => {
    needHelm(context, major)
    const description = 'Fast: "quoted" #1, {{ .x }} \\ 100% é😀'
    const knobs = { text: { type: 'string', default: 'yes: {{ x }} # "y"\n- on', description: 'Line one\n# line two\u2028three: x' } }
    const components = { tiny: { containers: { tiny: { image: 'tiny', env: { T: { knob: 'text' } } } } } }
    const { chart } = compileInMemory({ ...SMALL, description, license: '1.0', keywords: ['on', '0777'], values: knobs, components })
    if (chart === undefined) throw new Error('not compiled')
    const folder = folderOf([...chart.tree].map(([path, { bytes }]) => [path, bytes]))
    const shown = parse(runHelm(major, ['show', 'chart', folder]), { version: '1.1' }) as unknown
    expect(shown).toMatchObject({
      name: 'tiny',
      version: '1.0.0',
      appVersion: '1.0.0',
      description,
      keywords: ['on', '0777'],
      annotations: { 'artifacthub.io/license': '1.0' },
    })
    const printed = runHelm(major, ['show', 'values', folder])
    expect(printed.trimEnd()).toBe(
      Buffer.from(chart.tree.get('values.yaml')?.bytes ?? [])
        .toString('utf8')
        .trimEnd(),
    )
    expect(parse(printed, { version: '1.1' })).toMatchObject({ text: knobs.text.default, image: { registry: 'docker.io' } })
  })
})

test('the schema of values carries descriptions and allowed values as they are', () => {
  const knobs = Object.fromEntries(
    ['{{ x }}', '<no value>', '\u2028', 'a"b\\'].map((text, index) => [
      `k${index}`,
      { type: 'string', default: text, enum: [text, 'other'], description: `About ${text}` },
    ]),
  )
  const env = Object.fromEntries(Object.keys(knobs).map((knob) => [knob.toUpperCase(), { knob }]))
  const { chart } = compileInMemory({ ...SMALL, values: knobs, components: { tiny: { containers: { tiny: { image: 'tiny', env } } } } })
  const schema = JSON.parse(Buffer.from(chart?.tree.get('values.schema.json')?.bytes ?? []).toString('utf8')) as {
    readonly properties: Readonly<Record<string, unknown>>
    readonly required: readonly string[]
  }
  for (const [name, knob] of Object.entries(knobs)) {
    expect(schema.properties[name]).toMatchObject(knob)
    expect(schema.required).toContain(name)
  }
})
