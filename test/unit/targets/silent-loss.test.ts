import { describe, expect, test } from 'vitest'
import { createSink, type Path } from '../../../src/diagnostics/index.ts'
import { parseYaml } from '../../../src/load/index.ts'
import type { ResolvedAddon } from '../../../src/model/addon.ts'
import { generate } from '../../../src/pipeline.ts'
import { resolve } from '../../../src/resolve/index.ts'
import { releases } from '../../../src/targets/index.ts'
import { validate } from '../../../src/validate/index.ts'
import { fixture } from '../../support/fixture-addon.ts'
import { memoryFolder } from '../../support/memory-folder.ts'

/** A part of a descriptor, with the fields that are asked for by name. */
type Descriptor = Readonly<Record<string, unknown>> & { readonly components?: unknown; readonly topologies?: unknown; readonly backup?: unknown }

/** What an addon becomes in a release: its objects without hashes in names, and the places of what is lost. */
interface Outcome {
  readonly chart: string
  readonly lost: readonly Path[]
}

/** A resolved descriptor, and what each release makes of it. Nothing when it is not whole. */
function outcomeOf(descriptor: unknown, files: Readonly<Record<string, string>>) {
  const sink = createSink()
  const parsed = parseYaml('addon.yaml', JSON.stringify(descriptor, null, 1))
  const source = { file: 'addon.yaml', folder: memoryFolder(files), value: parsed.value, locate: parsed.locate }
  const valid = validate(source, sink.report)
  const addon = valid === undefined ? undefined : resolve(valid, source, sink.report)
  if (addon === undefined || sink.has('error')) return undefined
  const outcomes = releases.map((release): Outcome | undefined => {
    const findings = createSink()
    const tree = generate({ source, addon }, release, findings.report)?.[0].tree
    if (tree === undefined) return undefined
    const parts = [...tree].filter(([path]) => /^(templates|files)\/|^values\.yaml$/.test(path) && !path.endsWith('NOTES.txt'))
    const chart = parts.map(([path, { bytes }]) => `${path}\n${Buffer.from(bytes).toString('utf8')}`).join('\n')
    return {
      chart: chart.replace(/-[0-9a-f]{6,}\b/g, ''),
      lost: findings.all().flatMap(({ place }) => (place?.path === undefined ? [] : [place.path])),
    }
  })
  return { meaning: meaningOf(addon), outcomes }
}

/** What an addon means, wherever it says it, and whether it says it or leaves it to a default. */
function meaningOf(addon: ResolvedAddon): string {
  return JSON.stringify(addon, (key, value: unknown) => (key === 'origin' || key === 'isTimed' ? undefined : value))
}

const isMap = (value: unknown): value is Descriptor => typeof value === 'object' && value !== null && !Array.isArray(value)

/** The paths of all keys between two depths. */
function pathsOf(value: unknown, least: number, most: number, path: Path = []): readonly Path[] {
  if (!isMap(value) || path.length === most) return path.length >= least ? [path] : []
  const below = Object.entries(value).flatMap(([key, item]) => pathsOf(item, least, most, [...path, key]))
  return path.length >= least ? [path, ...below] : below
}

function without(value: unknown, [key, ...rest]: Path): unknown {
  if (!isMap(value) || key === undefined) return value
  const entries = Object.entries(value).filter(([name]) => rest.length > 0 || name !== key)
  return Object.fromEntries(entries.map(([name, item]) => [name, name === key ? without(item, rest) : item]))
}

const isAbout = (a: Path, b: Path) => a.slice(0, b.length).every((step, index) => step === b[index])

/** What no object of any release holds, by its end: texts of the README, and what another field says as well. */
const ELSEWHERE: readonly RegExp[] = [/\.description$/, /\.replicas(\.(default|recommended))?$/, /\.memberLeave\.drain$/, /\.workload$/]

/** What the fixtures give as the releases have it anyway. */
const USUAL: readonly RegExp[] = [/\.updateStrategy$/, /\.memberLeave\.pods$/]

/** Releases in which something can go without a change of the chart and without a word about it. */
function silent(name: string): readonly string[] {
  const { descriptor, files } = fixture(name)
  const whole: unknown = parseYaml('addon.yaml', descriptor).value
  const before = outcomeOf(whole, files)
  if (before === undefined) throw new Error(`${name} does not compile`)
  const parts: Descriptor = isMap(whole) ? whole : {}
  const paths = [
    ...pathsOf(parts.components, 2, 4).flatMap((path) => (path.length < 4 || path[1] === 'lifecycle' ? [['components', ...path]] : [])),
    ...pathsOf(parts.topologies, 1, 2).map((path) => ['topologies', ...path]),
    ...pathsOf(parts.backup, 1, 2).map((path) => ['backup', ...path]),
  ]
  return paths.flatMap((path) => {
    const name = path.join('.')
    if ([...ELSEWHERE, ...USUAL].some((pattern) => pattern.test(name))) return []
    const after = outcomeOf(without(whole, path), files)
    // What others need cannot be taken away alone, and what only repeats a default says nothing.
    if (after === undefined || after.meaning === before.meaning) return []
    return releases.flatMap(({ version }, index) => {
      const [was, is] = [before.outcomes[index], after.outcomes[index]]
      const isSaid = was?.lost.some((place) => isAbout(place, path) || (place.length > 2 && isAbout(path, place)))
      return is !== undefined && was?.chart === is.chart && isSaid !== true ? [`${name} in ${version}`] : []
    })
  })
}

describe('whatever an addon says changes the chart, or is said to be lost', () => {
  test.each(['everything', 'primary', 'shards'])('%s', { timeout: 60_000 }, (name) => {
    expect(silent(name)).toEqual([])
  })
})
