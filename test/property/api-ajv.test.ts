import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Api, type CheckMode, loadApi, releasesOf } from '../../src/apimodel/index.ts'
import { deriveJsonSchema } from '../../src/apimodel/json-schema.ts'
import { SEED } from '../support/adversarial.ts'
import { readModel } from '../support/api-model.ts'
import { ADDONS, compileAddon, RELEASES } from '../support/compile-addon.ts'
import { chartOnDisk } from '../support/compile-qdrant.ts'
import { renderedObjects, runHelm, TESTED_HELMS } from '../support/helm.ts'
import { mutate, pickFrom, sample } from '../support/schema-samples.ts'

const settings = { seed: SEED, numRuns: Number(process.env.FUZZ_RUNS ?? 300) }

const apis: ReadonlyMap<string, Api> = new Map(
  await Promise.all(releasesOf(readModel).map(async (release) => [release, await loadApi(release, { read: readModel })] as const)),
)
const subjects = [...apis].flatMap(([release, api]) => api.kinds.map((kind) => ({ release, kind })))

const ajv = new Ajv({ strict: false, allErrors: true, verbose: true, logger: false, unicodeRegExp: false, inlineRefs: false })
ajv.addFormat('date-time', (text) => !Number.isNaN(Date.parse(text)) && text.length > 15)
const compiled = new Map<string, ValidateFunction>()

function validatorOf(api: Api, kind: string, mode: CheckMode): ValidateFunction {
  const key = `${api.release} ${kind} ${mode}`
  const validate = compiled.get(key) ?? ajv.compile(deriveJsonSchema(api, kind, { strict: mode === 'strict' }) ?? false)
  compiled.set(key, validate)
  return validate
}

const pointer = (path: readonly (string | number)[]) => path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')

/** Places that ajv finds fault with. */
function ajvPlaces(errors: readonly ErrorObject[]): readonly string[] {
  const places = errors.flatMap(({ keyword, instancePath, params, parentSchema, schemaPath }) => {
    // A field that may be null, or else what a type says: only the errors of the type count.
    if (keyword === 'anyOf' && parentSchema?.anyOf?.[1]?.type === 'null') return []
    if (keyword === 'type' && /\/anyOf\/1\/type$/.test(schemaPath) && parentSchema?.type === 'null') return []
    // ajv compares only items of the right type.
    if (keyword === 'uniqueItems' && errors.some((other) => other.keyword === 'type' && other.instancePath.replace(/\/\d+$/, '') === instancePath))
      return []
    if (keyword === 'required') return [instancePath + pointer([params.missingProperty])]
    if (keyword === 'additionalProperties') return [instancePath + pointer([params.additionalProperty])]
    return [instancePath]
  })
  return [...new Set(places)].sort()
}

/** Places that the walker finds fault with, as far as JSON Schema can say so: not keys of lists and not rules. A set is at fault, not its items. */
function walkerPlaces(api: Api, object: unknown, mode: CheckMode): readonly string[] {
  const problems = api.check(object, { mode })
  const wrong = problems.filter(({ kind }) => kind === 'type' || kind === 'null').map(({ path }) => pointer(path.slice(0, -1)))
  const places = problems.flatMap(({ kind, path, field, expected }) => {
    if (kind === 'rule' || (kind === 'duplicate' && expected !== undefined)) return []
    if (kind === 'duplicate' && wrong.includes(pointer(path.slice(0, -1)))) return []
    if (kind === 'duplicate') return [pointer(path.slice(0, -1))]
    return [pointer(field === undefined ? path : [...path, field])]
  })
  return [...new Set(places)].sort()
}

function agree(api: Api, object: unknown, mode: CheckMode): boolean {
  const validate = validatorOf(api, String(Reflect.get(Object(object), 'kind')), mode)
  validate(object)
  const walked = walkerPlaces(api, object, mode)
  expect(walked, `${mode} ${JSON.stringify(object)}`).toEqual(ajvPlaces(validate.errors ?? []))
  return walked.length === 0
}

const mode = fc.constantFrom<CheckMode>('strict', 'exact')

describe('the walker and ajv over the derived schemas agree', () => {
  test('on objects made from the model, and on mutations of them', () => {
    const counts = { valid: 0, invalid: 0 }
    fc.assert(
      fc.property(fc.constantFrom(...subjects), fc.integer(), fc.nat({ max: 3 }), mode, ({ release, kind }, seed, changes, checked) => {
        const api = apis.get(release)
        if (api === undefined) return
        const pick = pickFrom(seed)
        const apiVersion = api.apiVersionOf(kind) ?? ''
        const spec = sample(api.schemaOf(apiVersion, kind)?.field('spec'), pick)
        const object = { apiVersion, kind, metadata: { name: 'x', labels: { a: 'b' } }, spec }
        for (let i = 0; i < changes; i++) mutate(object, pick)
        counts[agree(api, object, checked) ? 'valid' : 'invalid']++
      }),
      settings,
    )
    // Both ways must have been taken often enough to mean something.
    expect(Math.min(counts.valid, counts.invalid) * 20).toBeGreaterThan(settings.numRuns)
  }, 600_000)

  describe.skipIf(TESTED_HELMS.length === 0)('on every chart of every addon (skipped without Helm)', () => {
    test('as it is, in every release that has its kind, and with mutations', async () => {
      const objects = await allObjects()
      const known = [...apis.values()].flatMap((api) =>
        objects
          .filter((object) => api.schemaOf(String(Reflect.get(Object(object), 'apiVersion')), String(Reflect.get(Object(object), 'kind'))))
          .map((object) => ({ api, object })),
      )
      expect(known.length).toBeGreaterThan(100)
      for (const { api, object } of known) for (const checked of ['strict', 'exact'] as const) agree(api, object, checked)
      fc.assert(
        fc.property(fc.nat({ max: known.length - 1 }), fc.integer(), fc.integer({ min: 1, max: 3 }), mode, (index, seed, changes, checked) => {
          const { api, object } = known[index] ?? {}
          if (api === undefined) return
          const pick = pickFrom(seed)
          const copy = structuredClone(object)
          for (let i = 0; i < changes; i++) mutate(copy, pick)
          agree(api, copy, checked)
        }),
        settings,
      )
    }, 600_000)
  })
})

/** Everything that the charts of all addons render, for every release. */
async function allObjects(): Promise<readonly unknown[]> {
  const [major = 3] = TESTED_HELMS
  const objects: unknown[] = []
  for (const [, folder] of ADDONS) {
    for (const release of RELEASES) {
      const { chart } = await compileAddon(folder, release)
      if (chart !== undefined) objects.push(...renderedObjects(runHelm(major, ['template', 'r', chartOnDisk(chart)])))
    }
  }
  return objects
}
