import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readYaml } from '../../src/goyaml/index.ts'
import { HELMS } from '../support/helm.ts'
import { chartYaml, decoded, folderOf, needHelm, templateText } from '../support/scratch-chart.ts'
import { placesOf, SCALARS, TEXTS } from '../support/yaml-cases.ts'

/** What Helm reads each text as; nothing where it refuses it. */
function readByHelm(major: 3 | 4, texts: readonly string[]): readonly unknown[] {
  const name = (index: number) => String(index).padStart(6, '0')
  const folder = folderOf([
    chartYaml('scratch'),
    ['templates/a.yaml', '{{ range $path, $_ := .Files.Glob "x/*" }}---\nread: {{ $.Files.Get $path | fromYaml | toJson | b64enc }}\n{{ end }}'],
    ...texts.map((text, index) => [`x/${name(index)}`, text] as const),
  ])
  return decoded(templateText(major, folder)).map((value) => {
    const { Error: problem } = value as { readonly Error?: unknown }
    return typeof problem === 'string' ? undefined : value
  })
}

/** What we read; nothing where we refuse it. What is no mapping Helm's fromYaml does not take. */
function readByUs(text: string): unknown {
  const { value, problem } = readYaml(text)
  if (problem !== undefined || (typeof value !== 'object' && value !== null) || Array.isArray(value)) return undefined
  return value ?? {}
}

/** Helm does not look at values that a later equal key replaces; we refuse them where JSON cannot have them. */
function isBeyondJson(text: string): boolean {
  return /^(a key is neither|JSON has no)/.test(readYaml(text).problem?.message ?? '')
}

test.for(HELMS)('scalars and texts have the values that Helm %s gives them', (major, context) => {
  needHelm(context, major)
  const texts = [...SCALARS.flatMap(placesOf), ...TEXTS]
  const values = readByHelm(major, texts)
  expect(values.length).toBe(texts.length)
  expect(texts.map((text) => ({ text, value: readByUs(text) }))).toEqual(texts.map((text, index) => ({ text, value: values[index] })))
})

test.for(HELMS)('broken and joined texts are read as Helm %s reads them', (major, context) => {
  needHelm(context, major)
  const base = [...TEXTS.filter((text) => text.length < 100), ...SCALARS.map((scalar) => `a: ${scalar}\n`)]
  const bits = [
    '\n',
    ' ',
    ':',
    ': ',
    '- ',
    '? ',
    '#',
    '"',
    "'",
    '[',
    ']',
    '{',
    '}',
    ',',
    '&a ',
    '*a',
    '!!str ',
    '|',
    '>',
    '\t',
    '---\n',
    '\\',
    'x',
    '<<: ',
    '\r\n',
  ]
  const text = fc
    .tuple(fc.constantFrom(...base), fc.constantFrom('', ...base), fc.array(fc.tuple(fc.nat(), fc.constantFrom('', ...bits)), { maxLength: 4 }))
    .map(([first, second, edits]) =>
      edits.reduce((whole, [at, bit]) => {
        const place = at % (whole.length + 1)
        return whole.slice(0, place) + bit + whole.slice(bit === '' ? place + 1 : place)
      }, first + second),
    )
    .filter((whole) => whole.isWellFormed() && !whole.includes('!!binary'))
  const texts = fc
    .sample(text, { seed: Number(process.env.FUZZ_SEED ?? 42), numRuns: Number(process.env.FUZZ_RUNS ?? 1500) })
    .filter((whole) => !isBeyondJson(whole))
  const values = readByHelm(major, texts)
  expect(texts.map((whole) => ({ whole, value: readByUs(whole) }))).toEqual(texts.map((whole, index) => ({ whole, value: values[index] })))
})
