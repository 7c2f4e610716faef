import { expect, test } from 'vitest'
import type { Diagnostic, Path } from '../../src/diagnostics/index.ts'
import type { CompiledChart } from '../../src/pipeline.ts'
import { nastySample, PIECES, SEED, TEXTS } from '../support/adversarial.ts'
import { compileInMemory } from '../support/compile-in-memory.ts'
import { isWellFormed } from '../support/every-text.ts'
import { HELMS } from '../support/helm.ts'
import { renderAddons } from '../support/rendered-addons.ts'
import { FIELD_NAMES, FIELDS, type FieldName, richAddon } from '../support/rich-addon.ts'
import { found } from '../support/rich-found.ts'
import { needHelm } from '../support/scratch-chart.ts'

/** Texts that go through every field: all pieces alone and in company, and a random sample. */
const BASE = [...new Set([...PIECES, ...TEXTS.filter((_, index) => index % 40 === 0), ...nastySample(20)])].filter(isWellFormed)

type Texts = Partial<Record<FieldName, string>>

interface Variant {
  readonly name: string
  readonly texts: Texts
  readonly chart: CompiledChart
  readonly refused: readonly FieldName[]
}

/** Whether a finding stands where the text of a field is. */
function pointsAt({ place }: Diagnostic, field: FieldName, texts: Texts, lines: readonly string[]): boolean {
  if (place === undefined || place.line < 1 || place.column < 1) return false
  const { path } = place
  // What the loader finds has a line and no path.
  if (place.file === 'addon.yaml' && path === undefined) return lines[place.line - 1]?.includes(JSON.stringify(texts[field])) === true
  return FIELDS[field].paths.some((candidate: Path | string) =>
    typeof candidate === 'string'
      ? place.file === candidate
      : place.file === 'addon.yaml' && path !== undefined && candidate.every((step, index) => path[index] === step),
  )
}

/** Compiles with every field set, takes out the fields that a located error refuses, and says which those were. */
function variant(index: number): Variant {
  const name = `v${index}`
  const texts: Texts = {}
  FIELD_NAMES.forEach((field, position) => {
    const text = BASE[(index + position * 7) % BASE.length] ?? ''
    // Fields that want a form, such as a URL, get it in every third variant, with the text behind it.
    texts[field] = index % 3 === 1 ? FIELDS[field].usual + text : text
  })
  const refused: FieldName[] = []
  for (let round = 0; round < 12; round++) {
    const { descriptor, files } = richAddon(name, texts)
    const { chart, diagnostics } = compileInMemory(descriptor, files)
    if (chart !== undefined) return { name, texts, chart, refused }
    const lines = JSON.stringify(descriptor, null, 1).split('\n')
    const errors = diagnostics.filter(({ severity }) => severity === 'error')
    const blamed = FIELD_NAMES.filter((field) => texts[field] !== undefined && errors.some((error) => pointsAt(error, field, texts, lines)))
    expect(blamed, `an error that points at no text: ${JSON.stringify(errors)}`).not.toEqual([])
    for (const field of blamed) delete texts[field]
    refused.push(...blamed)
  }
  throw new Error(`${name} cannot be compiled`)
}

const variants = BASE.map((_, index) => variant(index))

test('every field is reached, and free text is not refused', () => {
  expect(BASE.length).toBeGreaterThan(150)
  const accepted = (field: FieldName) => variants.filter(({ texts }) => texts[field] !== undefined).length
  const free: readonly FieldName[] = [
    'description',
    'license',
    'knobDefault',
    'command',
    'argument',
    'envText',
    'podValue',
    'podItem',
    'scriptText',
    'configText',
    'dashboardText',
  ]
  for (const field of free) expect(accepted(field), field).toBeGreaterThan(BASE.length * 0.6)
  for (const field of FIELD_NAMES) expect(accepted(field), field).toBeGreaterThan(0)
})

test.for(HELMS)(`every text of a descriptor comes out of Helm %i where it belongs (seed ${SEED})`, (major, context) => {
  needHelm(context, major)
  const rendered = renderAddons(
    major,
    variants.map(({ name, chart }) => ({ name, tree: chart.tree })),
  )
  const wrong: object[] = []
  for (const { name, texts } of variants) {
    const result = rendered.get(name)
    if (result === undefined) throw new Error(`${name} was not rendered`)
    for (const field of FIELD_NAMES) {
      const text = texts[field]
      if (text === undefined) continue
      const [expected, actual] = found(field, text, name, result)
      if (JSON.stringify(expected) !== JSON.stringify(actual)) wrong.push({ name, field, text, expected, actual })
    }
  }
  expect(wrong.length, JSON.stringify(wrong.slice(0, 6), null, 1)).toBe(0)
})
