import path from 'node:path'
import { describe, expect } from 'vitest'
import { createCollection } from './fake/consensus.ts'
import { upsert } from './fake/points.ts'
import { backUp, expectAll, json, restore, stored, target } from './jobs.ts'
import type { Lab } from './lab.ts'
import { below, changes, expectIntact, expectMembers, fill, GUARD, points, SIZES, test } from './world.ts'

const CASES = [
  ['one job that visits all', 'all', 'shared'],
  ['a job per pod with folders of their own', 'one', 'per-pod'],
  ['a job per pod in one folder', 'one', 'shared'],
] as const

describe.each(SIZES)('backup and restore of %i nodes', { timeout: GUARD }, (nodes) => {
  test.for([0, 1])('%i collections', async (count, { running }) => {
    const world = await running(nodes)
    if (count === 1) fill(world, 'only', 20)
    const { other, store } = await target(running, world, nodes)
    expectAll(await backUp(world, store, 'one', 'per-pod'))
    expectAll(await restore(other, store, 'per-pod'))
    for (const cluster of [world, other]) {
      expect(cluster.cluster.consensus.collections.size).toBe(count)
      if (count === 1) expectIntact(cluster, 'only', 20)
      expectMembers(cluster, below(nodes))
    }
  })

  // Every way in which jobs can lie for three nodes, one of them for the others.
  test.for(nodes === 3 ? CASES : CASES.slice(0, 1))('many collections, aliases, indexes, copies: %s', async ([, pods, storage], { running }) => {
    const world = await running(nodes)
    const names = ['a', "it's a ümläut"]
    for (const name of names) fill(world, name, 20, { shard_number: 2, replication_factor: 2, metadata: { owner: name } })
    fill(world, 'empty', 0, { shard_number: 1 })
    await json(world, 'PUT', '/collections/a/index', { field_name: 'n', field_schema: 'integer' })
    await json(world, 'PUT', '/collections/a/index', { field_name: 'city', field_schema: { type: 'keyword', is_tenant: true } })
    await json(world, 'POST', '/collections/aliases', { actions: [{ create_alias: { alias_name: 'now "x"', collection_name: "it's a ümläut" } }] })
    const { other, store } = await target(running, world, nodes)
    expectAll(await backUp(world, store, pods, storage))
    for (const server of world.cluster.servers) expect(server.snapshots.size, 'no snapshot is left on a server').toBe(0)
    expectAll(await restore(other, store, storage))
    for (const cluster of [world, other]) {
      for (const name of names) expectIntact(cluster, name, 20)
      expectIntact(cluster, 'empty', 0)
      expectMembers(cluster, below(nodes))
    }
    expect([...other.cluster.consensus.aliases]).toEqual([['now "x"', "it's a ümläut"]])
    expect([...other.cluster.collection('a').payloadSchema]).toEqual([
      ['n', 'integer'],
      ['city', { type: 'keyword', is_tenant: true }],
    ])
    expect(other.cluster.collection('a').config).toEqual(world.cluster.collection('a').config)
    // Each copy got its points exactly once.
    const uploads = other.cluster.requests.filter((r) => r.endsWith('/snapshots/upload'))
    expect(uploads.length).toBe(
      [...other.cluster.consensus.collections.values()].flatMap((c) => [...c.shards.values()].map((s) => s.replicas.size)).reduce((a, b) => a + b, 0),
    )
  })

  test('into fewer and more nodes', async ({ running }) => {
    const world = await running(nodes)
    fill(world, 'a', 40, { shard_number: 2 })
    const store = path.join(world.directory, 'store')
    expectAll(await backUp(world, store, 'one', 'per-pod'))
    for (const count of [1, nodes + 1]) {
      const other = await running(count, { name: 'd-qdrant' })
      expectAll(await restore(other, store, 'per-pod').then((ended) => ended.filter((_, i) => i < nodes)))
      expectIntact(other, 'a', 40)
    }
  })
})

describe('backup', { timeout: GUARD }, () => {
  test('shard keys come back with the ids that their shards had, gaps included', async ({ running }) => {
    const world = await running(3)
    createCollection(world.cluster.consensus, 'k', { vectors: { size: 4, distance: 'Dot' }, sharding_method: 'custom', shard_number: 2 })
    for (const key of ['gone', 'eu west', 7]) await json(world, 'PUT', '/collections/k/shards', { shard_key: key })
    await json(world, 'POST', '/collections/k/shards/delete', { shard_key: 'gone' })
    upsert(world.cluster.collection('k'), points(20), 'eu west')
    upsert(world.cluster.collection('k'), points(20, 100), 7)
    const { other, store } = await target(running, world, 3)
    expectAll(await backUp(world, store, 'all', 'shared'))
    expectAll(await restore(other, store, 'shared'))
    expectIntact(other, 'k', 40)
    const keys = (l: Lab): unknown => [...l.cluster.collection('k').shards.values()].map((s) => [s.id, s.key])
    expect(keys(other)).toEqual(keys(world))
  })

  test('a shard that one peer cannot give comes from another copy', async ({ running }) => {
    const world = await running(3)
    fill(world, 'a', 30, { shard_number: 3, replication_factor: 2 })
    world.cluster.intercept = (server, method, requested) =>
      server.ordinal === 1 && method === 'POST' && requested.endsWith('/snapshots') ? 'fail' : 'pass'
    const { other, store } = await target(running, world, 3)
    expectAll(await backUp(world, store, 'all', 'shared'))
    expectAll(await restore(other, store, 'shared'))
    expectIntact(other, 'a', 30)
  })

  test('a shard that nobody gives: the backup fails, and there is no manifest', async ({ running }) => {
    const world = await running(3)
    fill(world, 'a', 30)
    world.cluster.at(1).health = 'down'
    const store = path.join(world.directory, 'store')
    const [ended] = await backUp(world, store, 'all', 'shared')
    expect(ended?.code).toBe(1)
    expect(ended?.err).toContain('no peer gave shard 1 of a')
    expect(stored(store)).not.toContain('manifest.json')
    const other = await running(1, { name: 'd-qdrant' })
    const [refused] = await restore(other, store, 'shared')
    expect(refused?.err).toContain('the backup is not complete')
    expect(changes(other)).toEqual([])
  })

  test('a download that is cut off, and contents that changed on the way, fail the backup', async ({ running }) => {
    const world = await running(1)
    fill(world, 'a', 30)
    const store = path.join(world.directory, 'store')
    world.cluster.intercept = (_, method, requested) => (method === 'GET' && requested.endsWith('.snapshot') ? 'fail' : 'pass')
    const [cut] = await backUp(world, store, 'all', 'shared')
    expect(cut?.code).toBe(1)
    expect(cut?.err).toContain('was not received')
    expect(world.cluster.at(0).snapshots.size).toBe(0)
    world.cluster.intercept = () => 'pass'
    world.cluster.at(0).snapshots.set = () => world.cluster.at(0).snapshots
    const [changed] = await backUp(world, store, 'all', 'shared')
    expect(changed?.code).toBe(1)
    expect(stored(store)).toEqual([])
  })
})
