import { describe, expect, test } from 'vitest'
import { readCrd } from '../../../src/apimodel/convert/index.ts'
import { apiOf, type CrdSchema, modelOf, smallCrd } from '../../support/small-crd.ts'

const object = (properties: CrdSchema, more: CrdSchema = {}): CrdSchema => ({ type: 'object', properties, ...more })
const string = { type: 'string' }

/** The schema of `spec` in the file of the small kind. */
function specOf(files: ReadonlyMap<string, string>): unknown {
  const { schema } = JSON.parse(files.get('Thing.json') ?? '{}') as { schema: { fields: { spec: unknown } } }
  return schema.fields.spec
}

describe('what releases say is laid over each other', () => {
  test('fields, required and facts carry their releases only where they differ', () => {
    const files = modelOf({
      '0.8': [{ spec: object({ a: string, b: { type: 'integer', format: 'int32', minimum: 1 }, old: string }, { required: ['a'] }) }],
      '0.9': [{ spec: object({ a: string, b: { type: 'integer', format: 'int32', minimum: 2 } }, { required: ['a', 'b'] }) }],
      '1.0': [
        {
          spec: object(
            { a: string, b: { type: 'integer', format: 'int32', minimum: 2 }, list: { type: 'array', items: string } },
            { required: ['a', 'b'] },
          ),
        },
      ],
    })
    expect(specOf(files)).toEqual({
      required: ['a', 'b 0.9..'],
      fields: { a: 'string', b: { type: 'int32', 'minimum@': { '..0.8': 1, '0.9..': 2 } }, list: ['string', '1.0..'], old: 'string ..0.8' },
    })
  })

  test('a kind that moves to another group stays in one file', () => {
    const spec = object({ a: string })
    const files = modelOf({
      '0.9': [{ group: 'apps.kubeblocks.io', spec }],
      '1.0': [{ group: 'operations.kubeblocks.io', spec, served: ['v1alpha1'] }],
    })
    expect([...files.keys()]).toEqual(['Thing.json', 'index.json', 'shared.json'])
    expect(JSON.parse(files.get('Thing.json') ?? '')).toMatchObject({
      stored: { 'apps.kubeblocks.io/v1': '..0.9', 'operations.kubeblocks.io/v1': '1.0..' },
      served: { 'operations.kubeblocks.io/v1alpha1': '1.0..' },
    })
  })

  test('two groups that define a kind in the same release have a file each', async () => {
    const releases = {
      '0.9': [
        { group: 'a.kubeblocks.io', spec: object({ a: string }) },
        { group: 'b.kubeblocks.io', spec: object({ b: string }) },
      ],
      '1.0': [{ group: 'b.kubeblocks.io', spec: object({ b: string }) }],
    }
    expect([...modelOf(releases).keys()]).toEqual(['Thing.b.kubeblocks.io.json', 'Thing.json', 'index.json', 'shared.json'])
    const api = await apiOf(releases, '0.9')
    expect(api.kinds).toEqual(['Thing'])
    expect(api.schemaOf('a.kubeblocks.io/v1', 'Thing')?.has(['spec', 'a'])).toBe(true)
    expect(api.schemaOf('b.kubeblocks.io/v1', 'Thing')?.has(['spec', 'a'])).toBe(false)
    expect((await apiOf(releases, '1.0')).apiVersionOf('Thing')).toBe('b.kubeblocks.io/v1')
  })

  test('a structure that kinds share is written once, for the releases of both', () => {
    const pod = object({
      image: { type: 'string', maxLength: 100 },
      command: { type: 'array', items: string },
      args: { type: 'array', items: string },
    })
    const newer = object({ ...(pod.properties as CrdSchema), probe: string })
    const files = modelOf({
      '0.8': [{ spec: object({ pod, other: pod, x: string }) }],
      '0.9': [{ spec: object({ pod, x: string }) }, { kind: 'Other', spec: object({ pod }) }],
      '1.0': [{ kind: 'Other', spec: object({ pod: newer }) }],
    })
    expect(JSON.parse(files.get('shared.json') ?? '')).toEqual({
      types: { Pod: { fields: { args: ['string'], command: ['string'], image: { type: 'string', maxLength: 100 }, probe: 'string 1.0..' } } },
    })
    expect(specOf(files)).toEqual({ fields: { other: '#Pod ..0.8', pod: '#Pod', x: 'string' } })
  })

  test('equal definitions give equal bytes, in whatever order they come', () => {
    const kinds = ['A', 'B', 'C'].map((kind) => ({
      kind,
      spec: object({ x: { type: 'string', enum: ['a', 'b', 'c'], maxLength: 10, pattern: '^[a-z]+$', description: kind } }),
    }))
    const forwards = modelOf({ '1.0': kinds })
    const backwards = modelOf({ '1.0': [...kinds].reverse() })
    expect([...backwards]).toEqual([...forwards])
  })

  test('no sentence gets in', () => {
    const text = [
      ...modelOf({
        '1.0': [
          { spec: object({ a: { ...string, description: 'nobody', 'x-kubernetes-validations': [{ rule: "self != ''", message: 'somebody' }] } }) },
        ],
      }).values(),
    ].join('')
    expect(text).not.toMatch(/nobody|somebody|description|message/)
  })
})

describe('definitions that give no model', () => {
  const problemsOf = (change: (crd: { apiVersion: string; spec: Record<string, unknown> }) => void): readonly string[] => {
    const crd = structuredClone(smallCrd({ spec: object({ a: string }) })) as { apiVersion: string; spec: Record<string, unknown> }
    change(crd)
    const read = readCrd(crd)
    return 'problems' in read ? read.problems.map(({ path, message }) => `${path.join('.')}: ${message}`) : []
  }
  const storedSchema = (spec: CrdSchema): readonly string[] => {
    const read = readCrd(smallCrd({ spec }))
    return 'problems' in read ? read.problems.map(({ path, message }) => `${path.slice(6).join('.')}: ${message}`) : []
  }

  test.each<[string, (crd: { apiVersion: string; spec: Record<string, unknown> }) => void, string]>([
    [
      'v1beta1',
      (crd) => Object.assign(crd, { apiVersion: 'apiextensions.k8s.io/v1beta1' }),
      'apiVersion: The definition is of apiextensions.k8s.io/v1beta1; apiextensions.k8s.io/v1 is read.',
    ],
    ['no kind', (crd) => Object.assign(crd.spec, { names: {} }), 'spec.names.kind: There is no text here.'],
    [
      'a kind that is a path',
      (crd) => Object.assign(crd.spec, { names: { kind: '../x' } }),
      'spec.names.kind: The text does not have the form that Kubernetes asks for.',
    ],
    ['no versions', (crd) => Object.assign(crd.spec, { versions: [] }), 'spec.versions: The definition of Thing has no version that is stored.'],
    [
      'no schema',
      (crd) => Object.assign(crd.spec, { versions: [{ name: 'v1', storage: true }] }),
      'spec.versions.0.schema.openAPIV3Schema: The stored version of Thing has no schema.',
    ],
  ])('%s', (_, change, problem) => {
    expect(problemsOf(change)).toEqual([problem])
  })

  test('a schema that is not structural', () => {
    expect(storedSchema(object({ a: {}, b: { $ref: '#/x' }, c: { type: 'array' }, d: { type: 'text' }, e: 'string' }))).toEqual([
      'spec.properties.a: The schema is not structural: there is no type.',
      'spec.properties.b.$ref: A structural schema has no references.',
      'spec.properties.c: The schema is not structural: the list has no items.',
      'spec.properties.d.type: There is no type "text".',
      'spec.properties.e: A schema is a map.',
    ])
  })

  test('a schema that nests for ever', () => {
    let deep: CrdSchema = string
    for (let i = 0; i < 200; i++) deep = object({ a: deep })
    expect(storedSchema(deep).join()).toContain('nests deeper')
  })

  test('what is no object at all', () => {
    for (const value of [null, 1, 'x', [], { kind: 'CustomResourceDefinition' }]) expect(readCrd(value)).toHaveProperty('problems')
  })
})
