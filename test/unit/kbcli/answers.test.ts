import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { type ClusterSchemas, flagsOf, kbcliRelease, kebabCase, lowerCamelCase, valuesFrom } from '../../../src/kbcli/index.ts'

/**
 * What the functions of kbcli itself answered, release by release: BuildFlagsBySchema, getValuesFromFlags and buildHelmValues of the branches
 * release-0.6 to release-1.1, run with random schemas; and go-strcase v1.2.0 with random names, as [name, kebab case, camel case]. Without
 * `helm`, kbcli crashed when it checked the values.
 */
interface Case extends ClusterSchemas {
  readonly answers: readonly { readonly releases: readonly string[]; readonly answer: Answer }[]
}
interface Answer {
  readonly refused?: true
  readonly flags: Readonly<Record<string, string>>
  readonly required: readonly string[]
  readonly checked: unknown
  readonly helm?: unknown
}

const [head = '', ...lines] = readFileSync(new URL('answers.jsonl', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
const { names } = JSON.parse(head) as { readonly names: readonly (readonly [string, string, string])[] }
const cases = lines.map((line) => JSON.parse(line) as Case)

test('names change as in kbcli', () => {
  expect(names.map(([name]) => [name, kebabCase(name), lowerCamelCase(name)])).toEqual(names)
})

const asked = cases.flatMap((schemas, index) =>
  schemas.answers.flatMap(({ releases, answer }) => releases.map((release) => ({ index, schemas, release, answer }))),
)

test.each(asked)('schemas $index have the flags and values of kbcli $release', ({ schemas, release, answer }) => {
  const kbcli = kbcliRelease(release)
  if (kbcli === undefined) throw new Error(`there is no kbcli ${release}`)
  const { flags, problems } = flagsOf(schemas, kbcli)
  expect(problems.some(({ kind }) => kind === 'refused')).toBe(answer.refused === true)
  if (answer.refused) return
  // kbcli reads flags of other types as texts, and gets none.
  const type = (name: string, own: string) => (own === 'other' ? answer.flags[name] : own)
  expect(Object.fromEntries(flags.map(({ name, type: own }) => [name, type(name, own)]))).toEqual(answer.flags)
  expect(flags.flatMap(({ name, isRequired }) => (isRequired ? [name] : [])).sort()).toEqual(answer.required)
  const { checked, helm } = valuesFrom(schemas, kbcli, {})
  // A version that no flag gives is looked up in Kubernetes.
  const found = (values: Readonly<Record<string, unknown>>) => {
    const { version, ...others } = values
    return kbcli.clusterVersion !== undefined && !flags.some(({ key }) => key === 'version') ? others : values
  }
  expect(found(checked)).toEqual(answer.checked)
  if (answer.helm !== undefined) expect(found(helm)).toEqual(answer.helm)
})

test('the answers are of every release that differs', () => {
  expect([...new Set(asked.map(({ release }) => release))].sort()).toEqual(['0.6', '0.7', '0.8', '0.9', '1.0', '1.1'])
  expect(asked.length).toBeGreaterThan(200)
})
