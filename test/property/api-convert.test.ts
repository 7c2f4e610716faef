import fc from 'fast-check'
import { expect, test } from 'vitest'
import { factsOf } from '../../src/apimodel/convert/facts.ts'
import { convert, type ReleaseCrds, readCrd } from '../../src/apimodel/convert/index.ts'
import { deriveCrdSchema } from '../../src/apimodel/derive-crd.ts'
import { canonical } from '../../src/apimodel/json.ts'
import { openModel } from '../../src/apimodel/model.ts'
import { createResolver } from '../../src/apimodel/schema.ts'
import { SEED } from '../support/adversarial.ts'
import { type CrdSchema, smallCrd } from '../support/small-crd.ts'

const settings = { seed: SEED, numRuns: Number(process.env.FUZZ_RUNS ?? 300) }

// Few names and facts, so that releases and kinds agree often, and differ often.
const fieldName = fc.constantFrom('a', 'b', 'list', 'constructor', '__proto__', 'in', 'type', 'required', 'a.b/c', '*', 'two words 1.0')
const leaf: fc.Arbitrary<CrdSchema> = fc.oneof(
  fc.constantFrom<CrdSchema>(
    { type: 'string' },
    { type: 'string', format: 'date-time' },
    { type: 'string', format: 'x' },
    { type: 'integer', format: 'int32' },
    { type: 'integer', format: 'int64', minimum: 0, default: 0 },
    { type: 'number' },
    { type: 'boolean', default: false },
    { anyOf: [{ type: 'integer' }, { type: 'string' }], 'x-kubernetes-int-or-string': true, pattern: '^[0-9]+$' },
    { 'x-kubernetes-int-or-string': true },
    { 'x-kubernetes-preserve-unknown-fields': true },
    { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
    { type: 'object', additionalProperties: true },
    { type: 'object', default: {}, nullable: true },
  ),
  fc.record({
    type: fc.constant('string'),
    enum: fc.uniqueArray(fc.constantFrom('A', 'B', 'C'), { minLength: 1 }),
    maxLength: fc.constantFrom(1, 2),
  }),
)
const { schema } = fc.letrec<{ schema: CrdSchema; object: CrdSchema }>((tie) => ({
  schema: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    tie('object'),
    tie('schema').map((items): CrdSchema => ({ type: 'array', items })),
    tie('object').map((items): CrdSchema => ({ type: 'array', items, 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': ['a'] })),
    tie('schema').map((items): CrdSchema => ({ type: 'array', items, 'x-kubernetes-list-type': 'set', maxItems: 3 })),
    tie('schema').map((additionalProperties): CrdSchema => ({ type: 'object', additionalProperties })),
  ),
  object: fc
    .record({
      fields: fc.array(fc.tuple(fieldName, tie('schema')), { maxLength: 4 }),
      required: fc.uniqueArray(fieldName, { maxLength: 2 }),
      rules: fc.constantFrom<readonly CrdSchema[]>(
        [],
        [{ rule: 'has(self.a)', message: 'm' }],
        [{ rule: 'self == oldSelf', reason: 'FieldValueInvalid' }],
      ),
      preserve: fc.boolean(),
    })
    .map(
      ({ fields, required, rules, preserve }): CrdSchema => ({
        type: 'object',
        // Object.fromEntries makes own properties of every name.
        properties: Object.fromEntries(fields),
        ...(required.length > 0 ? { required } : {}),
        ...(rules.length > 0 ? { 'x-kubernetes-validations': rules } : {}),
        ...(preserve ? { 'x-kubernetes-preserve-unknown-fields': true } : {}),
      }),
    ),
}))

const kinds = ['Thing', 'Other']
const release = fc.record({ Thing: fc.option(schema), Other: fc.option(schema), group: fc.constantFrom('a.kubeblocks.io', 'b.kubeblocks.io') })

test('whatever releases say, each comes back exactly', () => {
  let compared = 0
  fc.assert(
    fc.property(fc.array(release, { minLength: 1, maxLength: 5 }), fc.boolean(), (releases, repeat) => {
      // Half of the time releases repeat each other, as real ones do.
      const said = repeat ? releases.flatMap((one) => [one, one]) : releases
      const input: ReleaseCrds[] = said.map((one, index) => ({
        release: `1.${index}`,
        crds: kinds.flatMap((kind) => {
          const spec = kind === 'Thing' ? one.Thing : one.Other
          if (spec === null) return []
          const read = readCrd(smallCrd({ kind, group: one.group, spec }))
          return 'crd' in read ? [read.crd] : []
        }),
      }))
      const files = convert(input)
      const model = openModel((name) => files.get(name))
      for (const [index, { crds }] of input.entries()) {
        for (const crd of crds) {
          compared++
          const facts = model.kind(crd.kind)
          const derived = createResolver(facts, model.ranges, index)(facts.schema)
          expect(derived && canonical(factsOf(deriveCrdSchema(derived)))).toBe(canonical(crd.schema))
        }
      }
    }),
    settings,
  )
  expect(compared).toBeGreaterThan(settings.numRuns)
}, 600_000)
