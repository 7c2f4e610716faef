import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { needsScripts } from './tools.ts'
import { changes, expectIntact, expectMembers, fill, GUARD, running } from './world.ts'

const below = (n: number): number[] => Array.from({ length: n }, (_, i) => i)

describe.each([3, 5])('leave of %i nodes when something is wrong', { timeout: GUARD, concurrent: true }, (nodes) => {
  const last = nodes - 1

  test('a transfer that fails is tried with another target', async (context) => {
    needsScripts(context)
    const world = await running(nodes, {}, context)
    fill(world, 'a', 30)
    const bad = world.cluster.at(0).peerId
    world.cluster.transfer = (t) => ({ outcome: t.to === bad ? 'fail' : 'finish', after: 10 })
    world.replicas(last)
    const ended = await world.leave(last)
    expect(ended.code, ended.err).toBe(0)
    expectMembers(world, below(last))
    expectIntact(world, 'a', 30)
  })

  test('transfers that all fail: not done, nothing lost, a later call finishes', async (context) => {
    needsScripts(context)
    const world = await running(nodes, {}, context)
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

  test('a transfer that hangs: bounded, not done, and no second transfer of the shard is begun', async (context) => {
    needsScripts(context)
    const world = await running(nodes, {}, context)
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

  test('called three times: the slow move goes on, then it is done, then there is nothing to do', async (context) => {
    needsScripts(context)
    const world = await running(nodes, {}, context)
    fill(world, 'a', 30)
    world.cluster.transfer = () => ({ outcome: 'finish', after: 2500 })
    world.replicas(last)
    expect((await world.leave(last, { LEAVE_TIMEOUT: '1' })).code).toBe(1)
    expect((await world.leave(last, { LEAVE_TIMEOUT: '30' })).code).toBe(0)
    const before = changes(world).length
    const third = await world.leave(last)
    expect(third.code).toBe(0)
    expect(third.err).toContain('is no member')
    expect(changes(world).length).toBe(before)
    expectMembers(world, below(last))
    expectIntact(world, 'a', 30)
  })

  test('a peer that is down: what others hold is dropped, an only copy is not given up', async (context) => {
    needsScripts(context)
    const world = await running(nodes, {}, context)
    fill(world, 'a', 30, { shard_number: nodes, replication_factor: 2 })
    fill(world, 'b', 30)
    world.cluster.at(last).health = 'down'
    world.replicas(last)
    const ended = await world.leave(last, { LEAVE_TIMEOUT: '8' }, 0)
    expect(ended.code).toBe(1)
    expect(ended.err).toContain('does not answer and holds the only copy')
    expectMembers(world, below(nodes))
    expectIntact(world, 'b', 30)
  })

  test('an active copy on a peer that is down does not count: the shard moves, none is dropped', async (context) => {
    needsScripts(context)
    const world = await running(nodes, {}, context)
    fill(world, 'a', 30, { shard_number: nodes, replication_factor: 2 })
    // The second holder of the last node's shards is down, but consensus has not noticed.
    world.cluster.at(0).health = nodes === 3 ? 'up' : 'down'
    if (nodes === 3) return
    world.cluster.settle(world.cluster.consensus)
    world.replicas(last)
    const ended = await world.leave(last)
    expect(ended.code, ended.err).toBe(0)
    expectIntact(world, 'a', 30)
    for (const shard of world.cluster.collection('a').shards.values()) {
      expect(
        [...shard.replicas.keys()].some((p) => world.cluster.byPeer(p)?.health === 'up'),
        `shard ${shard.id} can be read`,
      ).toBe(true)
    }
  })
})

describe('leave when something is wrong', { timeout: GUARD, concurrent: true }, () => {
  test('a copy that is not active, which nobody else has, is not given up', async (context) => {
    needsScripts(context)
    const world = await running(3, {}, context)
    fill(world, 'a', 30)
    for (const shard of world.cluster.collection('a').shards.values()) {
      const replica = shard.replicas.get(world.cluster.at(2).peerId ?? 0)
      if (replica !== undefined) replica.state = 'Dead'
    }
    world.replicas(2)
    const ended = await world.leave(2, { LEAVE_TIMEOUT: '5' })
    expect(ended.code).toBe(1)
    expect(ended.err).toContain('its copy is Dead')
    expectMembers(world, [0, 1, 2])
  })

  test('a dead copy on the only target: never moved onto, it is waited for', async (context) => {
    needsScripts(context)
    const world = await running(3, {}, context)
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
  })

  test('a wrong key, servers that are down, servers that hang: bounded, and nothing changes', async (context) => {
    needsScripts(context)
    const world = await running(3, { apiKey: 'k' }, context)
    fill(world, 'a', 30)
    world.replicas(2)
    const wrong = await world.leave(2, { LEAVE_TIMEOUT: '4', QDRANT__SERVICE__API_KEY: 'x' })
    expect(wrong.code).toBe(1)
    expect(wrong.err).toContain('HTTP 401: Invalid API key or JWT')
    const none = await world.leave(2, { LEAVE_TIMEOUT: '4', QDRANT__SERVICE__API_KEY: '' })
    expect(none.err).toContain('Must provide an API key')
    for (const health of ['down', 'hanging'] as const) {
      for (const server of world.cluster.servers) server.health = health
      const ended = await world.leave(2, { LEAVE_TIMEOUT: '1' })
      expect(ended.code).toBe(1)
      expect(ended.err).toContain('no peer that stays answers')
      expect(ended.ms).toBeLessThan(20_000)
    }
    expect(changes(world)).toEqual([])
    for (const server of world.cluster.servers) server.health = 'up'
    expect((await world.leave(2)).code).toBe(0)
    expectIntact(world, 'a', 30)
  })

  test('a removal or a drop that the server refuses is tried again', async (context) => {
    needsScripts(context)
    const world = await running(3, {}, context)
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
    expectIntact(world, 'a', 30)
  })

  test('answers that fail while shards are read: it goes on when they work again', async (context) => {
    needsScripts(context)
    const world = await running(3, {}, context)
    fill(world, 'a', 30)
    world.replicas(2)
    world.cluster.intercept = (_, __, requested) => (requested.startsWith('/collections') ? 'fail' : 'pass')
    const ended = await world.leave(2, { LEAVE_TIMEOUT: '5' })
    expect(ended.code).toBe(1)
    expect(ended.err).toContain('the shards cannot be read')
    expectMembers(world, [0, 1, 2])
  })

  test('the file of tries is only a hint', async (context) => {
    needsScripts(context)
    const world = await running(3, {}, context)
    fill(world, 'a', 30)
    world.replicas(2)
    const ended = await world.leave(2, { LEAVE_TRIES_FILE: path.join(world.directory, 'missing/tries') })
    expect(ended.code, ended.err).toBe(0)
    expectIntact(world, 'a', 30)
  })
})
