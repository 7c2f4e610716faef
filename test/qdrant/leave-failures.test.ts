import path from 'node:path'
import { describe, expect } from 'vitest'
import { below, changes, expectIntact, expectMembers, fill, GUARD, SEVERAL, test } from './world.ts'

describe.each(SEVERAL)('leave of %i nodes when something is wrong', { timeout: GUARD, concurrent: true }, (nodes) => {
  const last = nodes - 1

  test('a transfer that fails is tried with another target', async ({ running }) => {
    const world = await running(nodes)
    fill(world, 'a', 30)
    const bad = world.cluster.at(0).peerId
    world.cluster.transfer = (t) => ({ outcome: t.to === bad ? 'fail' : 'finish', after: 10 })
    world.replicas(last)
    const ended = await world.leave(last)
    expect(ended.code, ended.err).toBe(0)
    expectMembers(world, below(last))
    expectIntact(world, 'a', 30)
  })

  test('transfers that all fail: not done, nothing lost, a later call finishes', async ({ running }) => {
    const world = await running(nodes)
    fill(world, 'a', 30)
    world.cluster.transfer = () => ({ outcome: 'fail', after: 10 })
    world.replicas(last)
    const ended = await world.leave(last, { LEAVE_TIMEOUT: '2' })
    expect(ended.code).toBe(1)
    expect(ended.err).toContain('has not left yet')
    expect(ended.ms).toBeLessThan(20_000)
    expectMembers(world, below(nodes))
    expectIntact(world, 'a', 30)
    world.cluster.transfer = () => ({ outcome: 'finish', after: 10 })
    expect((await world.leave(last)).code).toBe(0)
    expectMembers(world, below(last))
    expectIntact(world, 'a', 30)
  })

  test('a transfer that hangs: bounded, not done, and no second transfer of the shard is begun', async ({ running }) => {
    const world = await running(nodes)
    fill(world, 'a', 30)
    let transfers = 0
    world.cluster.transfer = () => {
      transfers += 1
      return { outcome: 'hang', after: 0 }
    }
    world.replicas(last)
    for (let call = 0; call < 2; call += 1) {
      const ended = await world.leave(last, { LEAVE_TIMEOUT: call === 0 ? '5' : '1' })
      expect(ended.code).toBe(1)
      if (call === 0) expect(ended.err).toContain('a transfer is under way')
      expect(ended.ms).toBeLessThan(20_000)
    }
    expect(transfers).toBe(1)
    expectMembers(world, below(nodes))
    expectIntact(world, 'a', 30)
  })

  test('a peer that is down: what others hold is dropped, an only copy is not given up', async ({ running }) => {
    const world = await running(nodes)
    fill(world, 'a', 30, { shard_number: nodes, replication_factor: 2 })
    fill(world, 'b', 30)
    world.cluster.at(last).health = 'down'
    world.replicas(last)
    const ended = await world.leave(last, { LEAVE_TIMEOUT: '8' }, 0)
    expect(ended.code).toBe(1)
    expect(ended.err).toContain('does not answer and holds the only copy')
    expectMembers(world, below(nodes))
    for (const name of ['a', 'b']) expectIntact(world, name, 30)
  })

  test('an active copy on a peer that is down does not count: the shard moves, none is dropped', async ({ running }) => {
    const world = await running(nodes)
    fill(world, 'a', 30, { shard_number: nodes, replication_factor: 2 })
    // It holds the other copy of a shard that leaves, and comes back when everything has moved: without it three nodes could not agree on a removal.
    const down = world.cluster.at(0)
    down.health = 'down'
    const isUp = (peer: number) => world.cluster.byPeer(peer)?.health === 'up'
    let unreadable: number[] | undefined
    world.cluster.intercept = (_, method) => {
      if (method === 'DELETE') {
        unreadable ??= [...world.cluster.collection('a').shards.values()]
          .filter(({ replicas }) => ![...replicas.keys()].some(isUp))
          .map(({ id }) => id)
        down.health = 'up'
      }
      return 'pass'
    }
    world.replicas(last)
    const ended = await world.leave(last)
    expect(ended.code, ended.err).toBe(0)
    expect(unreadable).toEqual([])
    expectMembers(world, below(last))
    expectIntact(world, 'a', 30)
  })
})

describe('leave when something is wrong', { timeout: GUARD, concurrent: true }, () => {
  test('a copy that is not active, which nobody else has, is not given up', async ({ running }) => {
    const world = await running(3)
    fill(world, 'a', 30)
    for (const shard of world.cluster.collection('a').shards.values()) {
      const replica = shard.replicas.get(world.cluster.at(2).peerId ?? 0)
      if (replica !== undefined) replica.state = 'Dead'
    }
    world.replicas(2)
    const ended = await world.leave(2, { LEAVE_TIMEOUT: '5' })
    expect(ended.code).toBe(1)
    expect(ended.err).toContain('its copy is Dead')
    expect(changes(world)).toEqual([])
    expectMembers(world, [0, 1, 2])
  })

  test('a dead copy on the only target: never moved onto, it is waited for', async ({ running }) => {
    const world = await running(3)
    fill(world, 'a', 30, { shard_number: 1, replication_factor: 2 })
    const [shard] = world.cluster.collection('a').shards.values()
    if (shard === undefined) throw new Error('no shard')
    shard.replicas.clear()
    const [zero, , two] = world.cluster.servers
    const copy = new Map([[1, { id: 1, vector: [1, 0, 0, 0], payload: {} }]])
    shard.replicas.set(two?.peerId ?? 0, { state: 'Active', points: copy }).set(zero?.peerId ?? 0, { state: 'Dead', points: new Map() })
    world.replicas(1)
    const ended = await world.leave(2, { LEAVE_TIMEOUT: '5' })
    expect(ended.code).toBe(1)
    expect(ended.err).toContain('no peer that stays and answers is without a copy')
    expect(changes(world)).toEqual([])
    expectMembers(world, [0, 1, 2])
    expectIntact(world, 'a', 1)
  })

  test('a removal or a drop that the server refuses is tried again', async ({ running }) => {
    const world = await running(3)
    fill(world, 'a', 30, { shard_number: 3, replication_factor: 2 })
    fill(world, 'b', 30)
    const broken = new Set<string>()
    world.cluster.intercept = (_, method, requested) => {
      if (method === 'GET' || broken.has(requested)) return 'pass'
      broken.add(requested)
      return 'fail'
    }
    world.replicas(2)
    const ended = await world.leave(2)
    expect(ended.code, ended.err).toBe(0)
    expect(ended.err).toContain('cannot be removed')
    expect(ended.err).toContain('cannot be dropped')
    expect(ended.err).toContain('cannot be moved')
    expectMembers(world, [0, 1])
    for (const name of ['a', 'b']) expectIntact(world, name, 30)
  })

  test('answers that fail while shards are read: it goes on when they work again', async ({ running }) => {
    const world = await running(3)
    fill(world, 'a', 30)
    world.replicas(2)
    world.cluster.intercept = (_, __, requested) => (requested.startsWith('/collections') ? 'fail' : 'pass')
    const ended = await world.leave(2, { LEAVE_TIMEOUT: '5' })
    expect(ended.code).toBe(1)
    expect(ended.err).toContain('the shards cannot be read')
    expect(changes(world)).toEqual([])
    world.cluster.intercept = () => 'pass'
    expect((await world.leave(2)).code).toBe(0)
    expectMembers(world, [0, 1])
    expectIntact(world, 'a', 30)
  })

  test('the file of tries is only a hint', async ({ running }) => {
    const world = await running(3)
    fill(world, 'a', 30)
    world.replicas(2)
    const ended = await world.leave(2, { LEAVE_TRIES_FILE: path.join(world.directory, 'missing/tries') })
    expect(ended.code, ended.err).toBe(0)
    expectMembers(world, [0, 1])
    expectIntact(world, 'a', 30)
  })
})
