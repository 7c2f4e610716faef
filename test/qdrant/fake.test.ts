import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import { beforeAll, describe, expect } from 'vitest'
import type { FakeCluster } from './fake/cluster.ts'
import { createCollection, startTransfer } from './fake/consensus.ts'
import { member } from './fake/model.ts'
import { upsert } from './fake/points.ts'
import { route } from './fake/routes.ts'
import { fill, GUARD, test } from './world.ts'

/** The version of Qdrant whose API description the fake was compared with. */
const VERSION = 'v1.18.3'

/** The API description: a file that QDRANT_OPENAPI names, or that of a copy of Qdrant's repository (QDRANT_REPOSITORY). */
function openapi(): unknown {
  const file = process.env.QDRANT_OPENAPI
  if (file !== undefined) return JSON.parse(readFileSync(file, 'utf8'))
  const repository = process.env.QDRANT_REPOSITORY
  if (repository === undefined) return undefined
  const shown = spawnSync('git', ['-C', repository, 'show', `${VERSION}:docs/redoc/master/openapi.json`], { encoding: 'utf8', maxBuffer: 1e8 })
  return shown.status === 0 ? JSON.parse(shown.stdout) : undefined
}

/** OpenAPI 3.0 says nullable where JSON Schema says null. */
function toJsonSchema(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toJsonSchema)
  if (typeof value !== 'object' || value === null) return value
  const { nullable, example, ...rest } = Object.fromEntries(Object.entries(value).map(([k, v]) => [k, toJsonSchema(v)])) as Record<string, unknown>
  void example
  if (nullable !== true) return rest
  return Object.keys(rest).length === 0 ? { type: 'null' } : { anyOf: [rest, { type: 'null' }] }
}

/** Every request that scripts and tests make, uploads aside. */
const CALLS: readonly (readonly [method: string, path: string, template: string, body?: unknown])[] = [
  ['GET', '/cluster', '/cluster'],
  ['GET', '/collections', '/collections'],
  ['GET', '/aliases', '/aliases'],
  ['GET', '/collections/a', '/collections/{collection_name}'],
  ['GET', '/collections/a/cluster', '/collections/{collection_name}/cluster'],
  ['POST', '/collections/a/points/count', '/collections/{collection_name}/points/count', { exact: true }],
  ['POST', '/collections/a/points/search', '/collections/{collection_name}/points/search', { vector: [1, 0, 0, 0], limit: 3 }],
  ['POST', '/collections/a/points/query', '/collections/{collection_name}/points/query', { query: [1, 0, 0, 0], limit: 3 }],
  [
    'POST',
    '/collections/a/points/query',
    '/collections/{collection_name}/points/query',
    { query: [1, 0, 0, 0], limit: 3, filter: { must: [{ key: 'n', match: { value: 1 } }], should: [{ key: 'city', match: { value: 'London' } }] } },
  ],
  ['PUT', '/collections/b', '/collections/{collection_name}', { vectors: { size: 4, distance: 'Dot' } }],
  ['PUT', '/collections/a/index', '/collections/{collection_name}/index', { field_name: 'n', field_schema: 'integer' }],
  ['PUT', '/collections/a/points', '/collections/{collection_name}/points', { points: [{ id: 1, vector: [1, 0, 0, 0], payload: {} }] }],
  ['POST', '/collections/aliases', '/collections/aliases', { actions: [{ create_alias: { alias_name: 'x', collection_name: 'a' } }] }],
  ['POST', '/collections/a/shards/0/snapshots', '/collections/{collection_name}/shards/{shard_id}/snapshots'],
  ['GET', '/collections/a/shards/0/snapshots', '/collections/{collection_name}/shards/{shard_id}/snapshots'],
  ['POST', '/collections/a/cluster', '/collections/{collection_name}/cluster', { move_shard: { shard_id: 1, from_peer_id: 1002, to_peer_id: 1003 } }],
  ['POST', '/collections/copied/cluster', '/collections/{collection_name}/cluster', { drop_replica: { shard_id: 0, peer_id: 1001 } }],
  ['PATCH', '/collections/a', '/collections/{collection_name}', { params: { read_fan_out_factor: 2 } }],
  ['PUT', '/collections/keyed/shards', '/collections/{collection_name}/shards', { shard_key: 'eu', shards_number: 2 }],
  ['POST', '/collections/keyed/shards/delete', '/collections/{collection_name}/shards/delete', { shard_key: 'us' }],
  ['GET', '/collections/keyed/cluster', '/collections/{collection_name}/cluster'],
  ['DELETE', '/collections/a', '/collections/{collection_name}'],
  ['DELETE', '/cluster/peer/1004', '/cluster/peer/{peer_id}'],
]

describe(`answers of the fake against the API description of ${VERSION}`, { timeout: GUARD }, () => {
  let description: unknown
  beforeAll(() => {
    description = openapi()
  })

  test.for(CALLS)('%s %s', async ([method, target, template, body], { skip, running }) => {
    if (description === undefined) return skip('missing: QDRANT_OPENAPI, the path of docs/redoc/master/openapi.json')
    const world = await running(4)
    fill(world, 'a', 10, { shard_number: 3, metadata: { owner: 'x' } })
    fill(world, 'copied', 10, { shard_number: 1, replication_factor: 2 })
    createCollection(world.cluster.consensus, 'keyed', { vectors: { size: 4, distance: 'Dot' }, sharding_method: 'custom', shard_number: 1 })
    await ask(world.cluster, 'PUT', '/collections/keyed/shards', { shard_key: 'us' })
    startTransfer(world.cluster.consensus, world.cluster.collection('a'), { shard: 0, from: 1001, to: 1002, sync: true }, Date.now() + 60_000, 'hang')
    const answer = { result: await ask(world.cluster, method, target, body), status: 'ok', time: 0.001 }
    const operation = member(member(member(description, 'paths'), template), method.toLowerCase())
    if (body !== undefined) expectDescribed(description, member(operation, 'requestBody'), body)
    expectDescribed(description, member(member(operation, 'responses'), '200'), answer)
  })
})

/** A value is as a body in the API description says. */
function expectDescribed(description: unknown, body: unknown, value: unknown): void {
  const schema = member(member(member(body, 'content'), 'application/json'), 'schema')
  expect(schema).toBeDefined()
  const ajv = new Ajv({ strict: false, validateFormats: false })
  ajv.addSchema({ $id: 'qdrant', components: toJsonSchema(member(description, 'components')) })
  const validate = ajv.compile(JSON.parse(JSON.stringify(toJsonSchema(schema)).replaceAll('"#/components', '"qdrant#/components')) as object)
  validate(JSON.parse(JSON.stringify(value)))
  expect(validate.errors ?? []).toEqual([])
}

async function ask(cluster: FakeCluster, method: string, target: string, body: unknown): Promise<unknown> {
  const asked = {
    method,
    url: new URL(`http://x${target}`),
    body: Buffer.from(body === undefined ? '' : JSON.stringify(body)),
    type: 'application/json',
  }
  return (await route(cluster, cluster.at(0), asked)).result
}

describe('filters of the fake', { timeout: GUARD }, () => {
  test('all of must, and one of should where there are any; a list has each of its values', async ({ running }) => {
    const world = await running(3)
    createCollection(world.cluster.consensus, 'a', { vectors: { size: 4, distance: 'Cosine' } })
    const payloads = [{ city: 'Berlin' }, { city: ['Berlin', 'London'] }, { city: ['London'], n: 1 }, { n: 1 }, {}]
    upsert(
      world.cluster.collection('a'),
      payloads.map((payload, index) => ({ id: index + 1, vector: [1, index, 0, 0], payload })),
    )
    const has = (key: string, value: unknown) => ({ key, match: { value } })
    const found = async (filter: unknown): Promise<unknown> => {
      const answer = await ask(world.cluster, 'POST', '/collections/a/points/search', { vector: [1, 0, 0, 0], limit: 9, filter })
      return (answer as readonly { readonly id: number }[]).map(({ id }) => id)
    }
    expect(await found(undefined)).toEqual([1, 2, 3, 4, 5])
    expect(await found({ must: [has('city', 'Berlin')] })).toEqual([1, 2])
    expect(await found({ must: has('city', 'London') })).toEqual([2, 3])
    expect(await found({ must: [has('city', 'London'), has('n', 1)] })).toEqual([3])
    expect(await found({ should: [has('city', 'London'), has('n', 1)] })).toEqual([2, 3, 4])
    expect(await found({ must: [has('n', 1)], should: [has('city', 'London'), has('city', 'Berlin')] })).toEqual([3])
    await expect(found({ must: [has('n', 1.5)] })).rejects.toThrow('Format error')
  })
})
