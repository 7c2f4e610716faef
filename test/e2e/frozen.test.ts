import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { at } from '../../src/objects/index.ts'
import { frozenPart, nameMatches, operatorRelease } from '../../src/operator/index.ts'
import type { CompiledChart } from '../../src/pipeline.ts'
import { releases } from '../../src/targets/index.ts'
import { ADDONS, compileAddon } from '../support/compile-addon.ts'
import { chartOnDisk } from '../support/compile-qdrant.ts'
import { renderedObjects, runHelm, TESTED_HELMS } from '../support/helm.ts'

/** The releases whose operators freeze definitions under their names. */
const FREEZING = releases.filter(({ family }) => family === 'componentdefinition').map(({ version }) => version)

const [helm] = TESTED_HELMS

/** Every leaf of values.yaml. */
function leaves(value: unknown, path: readonly string[] = []): readonly { readonly path: readonly string[]; readonly value: unknown }[] {
  if (typeof value !== 'object' || value === null || Object.keys(value).length === 0) return [{ path, value }]
  return Object.entries(value).flatMap(([key, item]) => leaves(item, [...path, key]))
}

/** Another value of the same kind, as the schema allows. */
function other(path: readonly string[], value: unknown, schema: unknown): unknown {
  const choices = at(schema, 'enum')
  if (Array.isArray(choices)) return choices.find((choice) => choice !== value)
  if (typeof value === 'string') return path.at(-1)?.endsWith('Name') === true ? 'another' : `${value}x`
  if (typeof value === 'number') return value + 1
  if (typeof value === 'boolean') return !value
  return { team: 'data' }
}

const schemaAt = (schema: unknown, path: readonly string[]): unknown => path.reduce((inner, key) => at(inner, 'properties', key), schema)
const nested = (path: readonly string[], value: unknown): unknown => path.reduceRight<unknown>((inner, key) => ({ [key]: inner }), value)
const idOf = (object: unknown) => `${String(at(object, 'kind'))} ${String(at(object, 'metadata', 'name'))}`

function render(chart: CompiledChart, values: unknown): readonly unknown[] {
  if (helm === undefined) return []
  return renderedObjects(runHelm(helm, ['template', 'r', chartOnDisk(chart), '--values', '-'], JSON.stringify(values)))
}

async function chartOf(folder: string, version: string): Promise<CompiledChart> {
  const { chart } = await compileAddon(folder, version)
  if (chart === undefined) throw new Error('there is no chart')
  return chart
}

describe.skipIf(helm === undefined).each(ADDONS.filter(([name]) => name === 'qdrant' || name === 'everything'))('%s', (_, folder) => {
  test.each(FREEZING)('in KubeBlocks %s, no value changes a frozen object under its name', async (version) => {
    const chart = await chartOf(folder, version)
    const file = (path: string) => Buffer.from(chart.tree.get(path)?.bytes ?? []).toString('utf8')
    const schema: unknown = JSON.parse(file('values.schema.json'))
    const before = new Map(render(chart, {}).map((object) => [idOf(object), frozenPart(operatorRelease(version), object)]))
    const renamed: string[] = []
    for (const { path, value } of leaves(parse(file('values.yaml')))) {
      const objects = render(chart, nested(path, other(path, value, schemaAt(schema, path))))
      for (const object of objects) {
        const frozen = frozenPart(operatorRelease(version), object)
        if (frozen === undefined) continue
        if (before.has(idOf(object))) expect(frozen, `${path.join('.')} changes ${idOf(object)}`).toEqual(before.get(idOf(object)))
        else renamed.push(path.join('.'))
      }
    }
    // Values that reach the definition give it another name; others do not.
    expect(renamed).toContain('image.pullPolicy')
    expect(renamed).not.toContain('commonLabels')
    expect(renamed).not.toContain('nameOverride')
  })

  test.each(FREEZING)('in KubeBlocks %s, references match the definitions of this rendering and no others', async (version) => {
    const chart = await chartOf(folder, version)
    const operator = operatorRelease(version)
    const plain = render(chart, {})
    const changed = render(chart, { image: { pullPolicy: 'Always' } })
    const named = (objects: readonly unknown[]) =>
      objects.filter((object) => at(object, 'kind') === 'ComponentDefinition').map((object) => String(at(object, 'metadata', 'name')))
    const own = named(plain)
    const foreign = [
      ...named(changed),
      // The published chart, older and newer charts of ours, and other addons, as far as names can be alike.
      ...own.flatMap((name) => [
        chart.name,
        `${chart.name}-${chart.version}`,
        `${name}0`,
        `${name}-rc.1`,
        `x${name}`,
        name.replaceAll('.', '-'),
        name.replace(/\d+$/, '99'),
        `${name}-abcdef`,
      ]),
    ].filter((name) => !own.includes(name))
    const patterns = plain.flatMap((object) => patternsOf(object))
    expect(patterns.length).toBeGreaterThan(1)
    for (const pattern of patterns) {
      expect(
        own.some((name) => nameMatches(operator, name, pattern)),
        `${pattern} matches something`,
      ).toBe(true)
      expect(
        foreign.filter((name) => nameMatches(operator, name, pattern)),
        `${pattern} matches nothing else`,
      ).toEqual([])
    }
    expect(new Set(named(changed)).size).toBe(own.length)
    expect(named(changed).filter((name) => own.includes(name))).toEqual([])
  })
})

/** Patterns that refer to ComponentDefinitions. */
function patternsOf(object: unknown): readonly string[] {
  const found: string[] = []
  const visit = (value: unknown, key: string): void => {
    if (typeof value === 'string' && ['compDef', 'compDefs', 'componentDefs'].includes(key)) found.push(value)
    else if (Array.isArray(value)) for (const item of value) visit(item, key)
    else if (typeof value === 'object' && value !== null) for (const [inner, item] of Object.entries(value)) visit(item, inner)
  }
  visit(at(object, 'spec'), '')
  return found
}
