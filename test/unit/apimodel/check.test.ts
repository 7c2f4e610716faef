import { describe, expect, test } from 'vitest'
import { type CheckMode, loadRules } from '../../../src/apimodel/index.ts'
import { apiOf, type CrdSchema, thing } from '../../support/small-crd.ts'

/** Problems of a spec, as `kind path: message`. */
async function problems(schema: CrdSchema, spec: unknown, mode: CheckMode = 'strict'): Promise<readonly string[]> {
  const api = await apiOf({ '1.0': [{ spec: schema }] }, '1.0')
  return api
    .check(thing(spec), { mode, rules: await loadRules() })
    .map(({ kind, message, hint }) => `${kind}: ${message}${hint === undefined ? '' : ` (${hint})`}`)
}

const object = (properties: CrdSchema, more: CrdSchema = {}): CrdSchema => ({ type: 'object', properties, ...more })
const string = { type: 'string' }

describe('fields', () => {
  test('an unknown field comes with what was meant', async () => {
    expect(await problems(object({ replicas: { type: 'integer' } }), { replica: 1 })).toEqual([
      'unknown-field: There is no field "replica" in spec. (did you mean "replicas"?)',
    ])
  })

  test('a missing field is told at its parent, unless the API server fills it in', async () => {
    const schema = object({ a: string, b: { type: 'string', default: 'x' } }, { required: ['a', 'b'] })
    const [problem] = (await apiOf({ '1.0': [{ spec: schema }] }, '1.0')).check(thing({}))
    expect(problem).toMatchObject({ kind: 'missing', path: ['spec'], field: 'a' })
    expect(await problems(schema, {})).toHaveLength(1)
  })

  test('fields that are listed close a place, preserved or not; exact leaves preserved ones open', async () => {
    const pod = object({ spec: object({ image: string }, { 'x-kubernetes-preserve-unknown-fields': true }) })
    expect(await problems(pod, { spec: { imag: 'x' } })).toEqual(['unknown-field: There is no field "imag" in spec.spec. (did you mean "image"?)'])
    expect(await problems(pod, { spec: { imag: 'x' } }, 'exact')).toEqual([])
    // What is below a preserved place is checked again where it is listed.
    const deep = object({ spec: object({ c: object({ image: string }) }, { 'x-kubernetes-preserve-unknown-fields': true }) })
    expect(await problems(deep, { spec: { c: { imag: 'x' } } }, 'exact')).toHaveLength(1)
  })

  test('a map takes any key, an object without fields none, a preserved one everything', async () => {
    const schema = object({
      map: { type: 'object', additionalProperties: string },
      bare: { type: 'object' },
      open: { 'x-kubernetes-preserve-unknown-fields': true },
    })
    expect(await problems(schema, { map: { x: 'y' }, open: [{ any: null }] })).toEqual([])
    expect(await problems(schema, { map: { x: 1 }, bare: { x: 1 } })).toEqual([
      'type: spec.map.x must be a text, not a whole number. (quote it: "1")',
      'unknown-field: There is no field "x" in spec.bare. (there is none to choose from)',
    ])
  })

  test('names from the prototype are names', async () => {
    expect(await problems(object({ a: string }), JSON.parse('{"__proto__": 1, "constructor": 1, "toString": 1}'))).toHaveLength(3)
  })

  test('an embedded object may have a head', async () => {
    const schema = object({ inner: object({ spec: { type: 'object' } }, { 'x-kubernetes-embedded-resource': true }) })
    expect(await problems(schema, { inner: { apiVersion: 'v1', kind: 'Pod', metadata: {} } })).toEqual([])
  })
})

describe('null', () => {
  const schema = object(
    { a: string, b: { type: 'string', nullable: true }, c: { type: 'array', items: string }, d: { type: 'object', additionalProperties: string } },
    { required: ['a'] },
  )
  test('strict says that it has no effect', async () => {
    expect(await problems(schema, { a: 'x', b: null, c: [null], d: { x: null } })).toEqual([
      'null: spec.c[0] is null. (leave the field out, or give it a value)',
      'null: spec.d.x is null. (leave the field out, or give it a value)',
    ])
  })
  test('exact drops it from fields, as the API server does, and misses what is required then', async () => {
    expect(await problems(schema, { a: null, b: null, c: null, d: { x: null } }, 'exact')).toEqual(['missing: spec has no "a".'])
    expect(await problems(schema, { a: 'x', c: [null] }, 'exact')).toHaveLength(1)
  })
})

describe('values', () => {
  const cases: readonly (readonly [name: string, schema: CrdSchema, good: unknown, bad: unknown, kind: string])[] = [
    ['type', { type: 'boolean' }, true, 'true', 'type'],
    ['whole number', { type: 'integer' }, 1, 1.5, 'type'],
    ['number or text', { 'x-kubernetes-int-or-string': true, anyOf: [{ type: 'integer' }, { type: 'string' }] }, '50%', 1.5, 'type'],
    ['number or text, not spelled out', { 'x-kubernetes-int-or-string': true }, 1, true, 'type'],
    ['int32', { type: 'integer', format: 'int32' }, 2147483647, 2147483648, 'range'],
    ['int64', { type: 'integer', format: 'int64' }, 2147483648, 2 ** 63, 'range'],
    ['enum', { type: 'string', enum: ['Serial', 'Parallel'] }, 'Serial', 'serial', 'enum'],
    ['pattern', { type: 'string', pattern: '^[a-z]+$' }, 'x', 'X', 'pattern'],
    ['minLength', { type: 'string', minLength: 1 }, 'x', '', 'length'],
    ['maxLength in characters', { type: 'string', maxLength: 1 }, '😀', 'xx', 'length'],
    ['minimum', { type: 'integer', minimum: 1 }, 1, 0, 'range'],
    ['maximum', { type: 'integer', maximum: 1 }, 1, 2, 'range'],
    ['exclusive minimum', { type: 'integer', minimum: 1, exclusiveMinimum: true }, 2, 1, 'range'],
    ['exclusive maximum', { type: 'integer', maximum: 1, exclusiveMaximum: true }, 0, 1, 'range'],
    ['multiple', { type: 'integer', multipleOf: 4 }, 8, 6, 'range'],
    ['minItems', { type: 'array', items: string, minItems: 1 }, ['x'], [], 'size'],
    ['maxItems', { type: 'array', items: string, maxItems: 1 }, ['x'], ['x', 'y'], 'size'],
    ['maxProperties', { type: 'object', additionalProperties: string, maxProperties: 1 }, { a: 'x' }, { a: 'x', b: 'x' }, 'size'],
    ['date-time', { type: 'string', format: 'date-time' }, '2024-01-02T03:04:05Z', 'yesterday', 'format'],
    ['set', { type: 'array', items: string, 'x-kubernetes-list-type': 'set' }, ['x', 'y'], ['x', 'x'], 'duplicate'],
    ['allOf', { type: 'string', allOf: [{ enum: ['a', 'b'] }, { enum: ['b', 'c'] }] }, 'b', 'a', 'enum'],
    ['anyOf', object({ a: string, b: string }, { anyOf: [{ required: ['a'] }, { required: ['b'] }] }), { b: 'x' }, {}, 'combination'],
    ['oneOf', object({ a: string, b: string }, { oneOf: [{ required: ['a'] }, { required: ['b'] }] }), { a: 'x' }, { a: 'x', b: 'x' }, 'combination'],
    ['not', { type: 'string', not: { enum: ['x'] } }, 'y', 'x', 'combination'],
  ]
  test.each(cases)('%s', async (_, schema, good, bad, kind) => {
    for (const mode of ['strict', 'exact'] as const) {
      expect(await problems(object({ value: schema }), { value: good }, mode)).toEqual([])
      const found = await problems(object({ value: schema }), { value: bad }, mode)
      expect(found.map((text) => text.split(':')[0])).toEqual([kind])
    }
  })

  test('items of a list with keys are told apart by them, defaults counted', async () => {
    const port = object({ port: { type: 'integer' }, protocol: { type: 'string', default: 'TCP' } }, { required: ['port'] })
    const schema = object({
      ports: { type: 'array', items: port, 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': ['port', 'protocol'] },
    })
    expect(await problems(schema, { ports: [{ port: 1, protocol: 'UDP' }, { port: 1 }] })).toEqual([])
    expect(await problems(schema, { ports: [{ port: 1 }, { port: 1, protocol: 'TCP' }] })).toEqual([
      'duplicate: spec.ports[1] has the same port 1 and protocol "TCP" as spec.ports[0]. (rename one of them)',
    ])
  })

  test('a pattern that JavaScript cannot read is said, not passed', async () => {
    const api = await apiOf({ '1.0': [{ spec: object({ a: { type: 'string', pattern: '(?i)x' } }) }] }, '1.0')
    expect(api.examine(thing({ a: 'x' })).skipped).toEqual([{ path: ['spec', 'a'], rule: '(?i)x', why: 'unreadable' }])
  })
})

describe('metadata is what the API server says, not the CRD', () => {
  test.each([
    [{ name: 'x', labels: { a: 'b' } }, []],
    [{ name: 'X_y' }, ['pattern']],
    [{ name: 'x', label: {} }, ['unknown-field']],
    [{ name: 'x', labels: { a: 1 } }, ['type']],
    [{ name: 'x', labels: { a: 'x'.repeat(64) } }, ['length']],
    [{ name: 'x', creationTimestamp: null }, []],
  ])('%j', async (metadata, kinds) => {
    const api = await apiOf({ '1.0': [{ spec: { type: 'object' } }] }, '1.0')
    expect(api.check(thing({}, { metadata })).map(({ kind }) => kind)).toEqual(kinds)
  })
})
