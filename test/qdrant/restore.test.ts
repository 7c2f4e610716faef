import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect } from 'vitest'
import { createCollection } from './fake/consensus.ts'
import { backUp, expectAll, json, restore, stored, target } from './jobs.ts'
import { changes, expectIntact, fill, GUARD, test } from './world.ts'

describe('restore', { timeout: GUARD }, () => {
  test('refuses a collection with points, before anything is changed', async ({ running }) => {
    const world = await running(3)
    for (const name of ['a', 'b']) fill(world, name, 20)
    const { other, store } = await target(running, world, 3)
    expectAll(await backUp(world, store, 'all', 'shared'))
    fill(other, 'b', 1)
    const [ended] = await restore(other, store, 'shared')
    expect(ended?.code).toBe(1)
    expect(ended?.err).toContain('b: exists and has 1 points')
    expect(changes(other)).toEqual([])
    expectIntact(other, 'b', 1)
  })

  test('refuses names that stand for something else, and other vectors', async ({ running }) => {
    const world = await running(1)
    for (const name of ['a', 'b', 'c']) fill(world, name, 5)
    await json(world, 'POST', '/collections/aliases', {
      actions: [{ create_alias: { alias_name: 'x', collection_name: 'a' } }, { create_alias: { alias_name: 'y', collection_name: 'a' } }],
    })
    const { other, store } = await target(running, world, 1)
    expectAll(await backUp(world, store, 'all', 'shared'))
    createCollection(other.cluster.consensus, 'y', { vectors: { size: 4, distance: 'Cosine' } })
    createCollection(other.cluster.consensus, 'b', { vectors: { size: 8, distance: 'Cosine' } })
    await json(other, 'POST', '/collections/aliases', {
      actions: [{ create_alias: { alias_name: 'x', collection_name: 'b' } }, { create_alias: { alias_name: 'c', collection_name: 'b' } }],
    })
    const [ended] = await restore(other, store, 'shared')
    for (const text of ['b: exists with other vectors', 'c: an alias has this name', 'alias x:', 'alias y:']) expect(ended?.err).toContain(text)
    expect(changes(other)).toEqual([])
  })

  test('an empty collection that fits is filled', async ({ running }) => {
    const world = await running(3)
    fill(world, 'a', 20)
    const { other, store } = await target(running, world, 3)
    expectAll(await backUp(world, store, 'all', 'shared'))
    fill(other, 'a', 0)
    expectAll(await restore(other, store, 'shared'))
    expectIntact(other, 'a', 20)
  })

  test('a job that failed half way runs again and finishes; meanwhile its points are not taken for others', async ({ running }) => {
    const world = await running(3)
    for (const name of ['a', 'b']) fill(world, name, 20, { shard_number: 2 })
    const { other, store } = await target(running, world, 3)
    expectAll(await backUp(world, store, 'all', 'shared'))
    let uploads = 0
    other.cluster.intercept = (_, __, requested) => {
      if (requested.endsWith('/upload')) uploads += 1
      return requested.endsWith('/upload') && uploads === 4 ? 'fail' : 'pass'
    }
    const [failed] = await restore(other, store, 'shared')
    expect(failed?.code).toBe(1)
    expect(failed?.err).toContain('broken by the test')
    expectAll(await restore(other, store, 'shared'))
    expect(other.cluster.consensus.aliases.size).toBe(0)
    for (const name of ['a', 'b']) expectIntact(other, name, 20)
    const [done] = await restore(other, store, 'shared')
    expect(done?.code, 'a finished restore is not run over').toBe(1)
  })

  test('a snapshot that changed in the store is refused by its checksum', async ({ running }) => {
    const world = await running(1)
    fill(world, 'a', 20)
    const { other, store } = await target(running, world, 1)
    expectAll(await backUp(world, store, 'all', 'shared'))
    const [snapshot] = stored(store).filter((f) => f.endsWith('.snapshot'))
    writeFileSync(path.join(store, snapshot ?? ''), '{"points":[]}')
    const [ended] = await restore(other, store, 'shared')
    expect(ended?.code).toBe(1)
    expect(ended?.err).toContain('Checksum mismatch')
  })

  test('a snapshot that is missing, and one with fewer points, are said', async ({ running }) => {
    const world = await running(1)
    fill(world, 'a', 20)
    const { other, store } = await target(running, world, 1)
    expectAll(await backUp(world, store, 'all', 'shared'))
    const manifest = path.join(store, 'manifest.json')
    const text = readFileSync(manifest, 'utf8')
    writeFileSync(manifest, text.replace('"points":20', '"points":21'))
    const [fewer] = await restore(other, store, 'shared')
    expect(fewer?.err).toContain('has 20 points, the backup has 21')
    for (const file of stored(store).filter((f) => f.endsWith('.snapshot'))) rmSync(path.join(store, file))
    const [missing] = await restore(other, store, 'shared')
    expect(missing?.code).toBe(1)
    writeFileSync(manifest, text.replace('"format":1', '"format":9'))
    expect((await restore(other, store, 'shared'))[0]?.err).toContain('does not know')
  })

  test('the input may be a pipe', async ({ running }) => {
    const world = await running(1)
    fill(world, 'a', 2000)
    const { other, store } = await target(running, world, 1)
    expectAll(await backUp(world, store, 'all', 'shared', { PIPED: '1' }))
    expectAll(await restore(other, store, 'shared', { PIPED: '1' }))
    expectIntact(other, 'a', 2000)
  })

  test('a collection that forbids exact counts', async ({ running }) => {
    const world = await running(1)
    fill(world, 'a', 20, { strict_mode_config: { enabled: true, search_allow_exact: false } })
    const { other, store } = await target(running, world, 1)
    expectAll(await backUp(world, store, 'all', 'shared'))
    const [first] = await restore(other, store, 'shared')
    expect(first?.code, first?.err).toBe(0)
    expect(first?.err).toContain('its points were not counted')
    const [again] = await restore(other, store, 'shared')
    expect(again?.err).toContain('exists and has about 20 points')
  })
})
