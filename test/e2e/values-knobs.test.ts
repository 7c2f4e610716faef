import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { compileInMemory } from '../support/compile-in-memory.ts'
import { chartOnDisk } from '../support/compile-qdrant.ts'
import { HELMS } from '../support/helm.ts'
import { at, renderAddons } from '../support/rendered-addons.ts'
import { richAddon } from '../support/rich-addon.ts'
import { needHelm, templateText } from '../support/scratch-chart.ts'

type Path = readonly string[]

/** The leaves of values.yaml; an empty map is a leaf. */
function leaves(value: unknown, path: Path = []): readonly { readonly path: Path; readonly value: unknown }[] {
  if (typeof value !== 'object' || value === null || Object.keys(value).length === 0) return [{ path, value }]
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, [...path, key]))
}

/** Another valid value for a leaf. */
function another(path: Path, value: unknown, schema: unknown): unknown {
  const allowed = at(schema, 'enum')
  if (Array.isArray(allowed)) return allowed.find((candidate) => candidate !== value)
  if (path.join('.') === 'commonLabels') return { team: 'storage' }
  if (typeof value === 'string') return value === '' ? 'other' : `${value}2`
  return typeof value === 'number' ? value + 1 : !value
}

/** Values in which only the given leaves are set. */
function valuesOf(set: readonly (readonly [Path, unknown])[]): object {
  const root: Record<string, unknown> = {}
  for (const [path, value] of set) {
    let target = root
    for (const key of path.slice(0, -1)) {
      const next = target[key] ?? {}
      target[key] = next
      target = next as Record<string, unknown>
    }
    target[path.at(-1) ?? ''] = value
  }
  return root
}

function schemaOf(schema: unknown, path: Path): unknown {
  return path.reduce<unknown>((inner, key) => at(inner, 'properties', key), schema)
}

/** What Helm says to values it refuses; nothing when it takes them. */
function refusal(major: 3 | 4, folder: string, values: object): string {
  try {
    templateText(major, folder, values)
    return ''
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

const { descriptor, files } = richAddon('rich')

/** The chart of an addon with knobs of its own on disk, and its values. */
function facts() {
  const { chart } = compileInMemory(descriptor, files)
  if (chart === undefined) throw new Error('the rich addon does not compile')
  const read = (path: string) => Buffer.from(chart.tree.get(path)?.bytes ?? []).toString('utf8')
  const schema: unknown = JSON.parse(read('values.schema.json'))
  const all = leaves(parse(read('values.yaml'))).map(({ path, value }) => ({ path, value, other: another(path, value, schemaOf(schema, path)) }))
  return { all, folder: chartOnDisk(chart) }
}

test.for(HELMS)('each value changes the rendering of Helm %i, also beside all others', (major, context) => {
  needHelm(context, major)
  const { all, folder } = facts()
  expect(all.map(({ path }) => path.join('.'))).toEqual(expect.arrayContaining(['text', 'choice', 'images.rich.registry', 'images.rich.tags.1.0.0']))
  // Some have an effect only beside others, so each is taken back from a rendering in which all are changed.
  const changed = (except: Path) => valuesOf(all.filter(({ path }) => path !== except).map(({ path, other }) => [path, other] as const))
  const everything = templateText(major, folder, changed([]))
  for (const { path } of all) expect(templateText(major, folder, changed(path)) === everything, path.join('.')).toBe(false)
})

test.for(HELMS)('null, another type and unknown values are refused by name, Helm %i', (major, context) => {
  needHelm(context, major)
  const { all, folder } = facts()
  for (const { path } of all) {
    expect(refusal(major, folder, valuesOf([[path, null]])), path.join('.')).toContain(path.at(-1))
    expect(refusal(major, folder, valuesOf([[path, [7]]])), path.join('.')).toContain(path.at(-1))
  }
  for (const path of [['unknown'], ['image', 'unknown'], ['images', 'unknown'], ['images', 'rich', 'unknown']])
    expect(refusal(major, folder, valuesOf([[path, 'x']])), path.join('.')).toContain('unknown')
})

test.for(HELMS)('numbers of an install-time knob arrive as people write them, Helm %i', (major, context) => {
  needHelm(context, major)
  const numbers = [0, 1, 999_999, 1_000_000, 12_345_678, 2_147_483_648, -5_000_000, 0.5, 1234567.25]
  const addon = (index: number) => ({
    apiVersion: 'addonsmith.dev/v1',
    name: `n${index}`,
    version: '1.0.0',
    engine: 'n',
    description: 'Numbers.',
    values: { amount: { type: Number.isInteger(numbers[index]) ? 'integer' : 'number', default: numbers[index], description: 'A number.' } },
    images: { n: 'example/n' },
    versions: [{ version: '1.0.0', images: { n: '1.0.0' } }],
    components: { n: { containers: { n: { image: 'n', env: { AMOUNT: { knob: 'amount' } } } } } },
  })
  const made = numbers.map((_, index) => {
    const { chart } = compileInMemory(addon(index))
    if (chart === undefined) throw new Error('not compiled')
    return { name: `n${index}`, tree: chart.tree }
  })
  const rendered = renderAddons(major, made)
  const amount = (index: number) =>
    at(
      rendered.get(`n${index}`)?.objects.get(`ClusterDefinition/n${index}`),
      'spec',
      'componentDefs',
      0,
      'podSpec',
      'containers',
      0,
      'env',
      0,
      'value',
    )
  expect(numbers.map((_, index) => amount(index))).toEqual(numbers.map(String))
})

test('leaves are found by walking', () => {
  expect(leaves({ a: { b: 1, c: {} }, d: '' }).map(({ path }) => path.join('.'))).toEqual(['a.b', 'a.c', 'd'])
})
