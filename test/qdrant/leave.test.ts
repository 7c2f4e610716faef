import { describe, expect } from 'vitest'
import { below, changes, expectIntact, expectMembers, fill, GUARD, SEVERAL, SIZES, test } from './world.ts'

describe.each(SEVERAL)('leave of %i nodes', { timeout: GUARD }, (nodes) => {
  const last = nodes - 1

  test('a follower leaves: its shards move to peers that stay, spread over them', async ({ running }) => {
    const world = await running(nodes)
    fill(world, 'a', 60, { shard_number: nodes * 2 })
    fill(world, 'b', 10)
    world.replicas(last)
    const ended = await world.leave(last)
    expect(ended.code, ended.err).toBe(0)
    expectMembers(world, below(last))
    expectIntact(world, 'a', 60)
    expectIntact(world, 'b', 10)
    const shards = [...world.cluster.consensus.collections.values()].flatMap((c) => [...c.shards.values()])
    const loads = world.cluster.servers.slice(0, last).map(({ peerId = 0 }) => shards.filter((s) => s.replicas.has(peerId)).length)
    expect(Math.max(...loads) - Math.min(...loads)).toBeLessThanOrEqual(1)
  })

  test('the leader leaves', async ({ running }) => {
    const world = await running(nodes)
    fill(world, 'a', 60)
    world.cluster.consensus.leader = world.cluster.at(last).peerId
    world.replicas(last)
    const ended = await world.leave(last)
    expect(ended.code, ended.err).toBe(0)
    expectMembers(world, below(last))
    expectIntact(world, 'a', 60)
  })

  test('two leave at once: they do not move onto each other', async ({ running }) => {
    const world = await running(nodes)
    fill(world, 'a', 60, { shard_number: nodes * 2 })
    const targets: number[] = []
    world.cluster.transfer = (t) => {
      targets.push(t.to)
      return { outcome: 'finish', after: 50 }
    }
    world.replicas(nodes - 2)
    const both = await Promise.all([world.leave(last), world.leave(last - 1)])
    for (const ended of both) expect(ended.code, ended.err).toBe(0)
    expectMembers(world, below(nodes - 2))
    expectIntact(world, 'a', 60)
    expect(targets).not.toContain(world.cluster.at(last).peerId)
    expect(targets).not.toContain(world.cluster.at(last - 1).peerId)
  })

  test('replication factor 2: copies that others hold are dropped, not moved', async ({ running }) => {
    const world = await running(nodes)
    fill(world, 'a', 60, { shard_number: nodes, replication_factor: 2 })
    let transfers = 0
    world.cluster.transfer = () => {
      transfers += 1
      return { outcome: 'finish', after: transfers }
    }
    world.replicas(last)
    expect((await world.leave(last)).code).toBe(0)
    expect(transfers).toBe(0)
    expectMembers(world, below(last))
    expectIntact(world, 'a', 60)
  })

  test('replication factor 2, both holders leave at once: the last copy moves', async ({ running }) => {
    const world = await running(nodes)
    fill(world, 'a', 60, { shard_number: nodes, replication_factor: 2 })
    world.replicas(nodes - 2)
    for (const ended of await Promise.all([world.leave(last), world.leave(last - 1)])) expect(ended.code, ended.err).toBe(0)
    expectMembers(world, below(nodes - 2))
    expectIntact(world, 'a', 60)
  })

  test('runs on any pod', async ({ running }) => {
    const world = await running(nodes)
    fill(world, 'a', 30)
    world.replicas(last)
    expect((await world.leave(last, {}, 0)).code).toBe(0)
    expectMembers(world, below(last))
    expectIntact(world, 'a', 30)
  })

  test('called three times: the slow move goes on, then it is done, then there is nothing to do', async ({ running }) => {
    const world = await running(nodes)
    fill(world, 'a', 30)
    world.cluster.transfer = () => ({ outcome: 'finish', after: 2500 })
    world.replicas(last)
    expect((await world.leave(last, { LEAVE_TIMEOUT: '1' })).code).toBe(1)
    expect((await world.leave(last)).code).toBe(0)
    const before = changes(world).length
    const third = await world.leave(last)
    expect(third.code).toBe(0)
    expect(third.err).toContain('is no member')
    expect(changes(world).length).toBe(before)
    expectMembers(world, below(last))
    expectIntact(world, 'a', 30)
  })

  test('the cluster grows again while a shard moves: the node stays a member', async ({ running }) => {
    const world = await running(nodes)
    fill(world, 'a', 30)
    world.replicas(last)
    world.cluster.transfer = () => {
      world.replicas(nodes)
      return { outcome: 'finish', after: 10 }
    }
    expect((await world.leave(last)).code).toBe(3)
    expectMembers(world, below(nodes))
    expectIntact(world, 'a', 30)
  })
})

describe.each(SIZES)('leave is refused: one of %i nodes', { timeout: GUARD }, (nodes) => {
  test.for([
    ['all are wanted', nodes, {}, 3, 'is one of the'],
    ['more are wanted', 99, {}, 3, 'is one of the 99 wanted replicas'],
    ['the cluster stops', 0, {}, 3, 'the cluster stops'],
    ['the cluster stops, and somebody drains', 0, { LEAVE_REPLICAS: '1' }, 3, 'the cluster stops'],
    ['an unknown number', '', {}, 3, 'is not known'],
    ['an unknown number, and somebody drains', '', { LEAVE_REPLICAS: '1' }, 3, 'is not known'],
    ['a number that is none', 'three', {}, 3, 'is not known'],
    ['somebody drains a pod that stays', nodes, { LEAVE_REPLICAS: String(nodes) }, 3, `is one of the ${nodes} wanted replicas`],
    ['somebody drains all', nodes, { LEAVE_REPLICAS: '0' }, 2, 'at least 1'],
    ['somebody drains to what is no number', nodes, { LEAVE_REPLICAS: '-1' }, 2, 'at least 1'],
    ['no pod is named', nodes, { LEAVE_POD_NAME: '' }, 2, 'LEAVE_POD_NAME'],
    ['the pod has no ordinal', nodes, { LEAVE_POD_NAME: 'odd' }, 3, 'does not end in an ordinal'],
  ] as const)('%s', async ([, replicas, env, code, message], { running }) => {
    const world = await running(nodes)
    fill(world, 'a', 30)
    world.replicas(replicas)
    const ended = await world.leave(nodes - 1, env)
    expect(ended.code, ended.err).toBe(code)
    expect(ended.err).toContain(message)
    expect(changes(world)).toEqual([])
    expectMembers(world, below(nodes))
    expectIntact(world, 'a', 30)
  })
})

describe('leave', { timeout: GUARD }, () => {
  test('5 to 1: four leave at once', async ({ running }) => {
    const world = await running(5)
    fill(world, 'a', 50, { shard_number: 10, replication_factor: 2 })
    world.replicas(1)
    const ended = await Promise.all([1, 2, 3, 4].map((o) => world.leave(o, { LEAVE_TIMEOUT: '40' })))
    for (const e of ended) expect(e.code, e.err).toBe(0)
    expectMembers(world, [0])
    expectIntact(world, 'a', 50)
  })

  test('names of collections with any characters', async ({ running }) => {
    const world = await running(3)
    const names = ['with blank', 'ümläut', "quote'", '$(x)', '[a]{b}', 'per%cent', '日本', 'a&b=c#d', '-K']
    for (const name of names) fill(world, name, 9)
    world.replicas(2)
    const ended = await world.leave(2)
    expect(ended.code, ended.err).toBe(0)
    expectMembers(world, below(2))
    for (const name of names) expectIntact(world, name, 9)
  })

  test('a node that is no member has left', async ({ running }) => {
    const world = await running(3)
    world.replicas('2\n')
    world.cluster.consensus.members.delete(world.cluster.at(2).peerId ?? 0)
    const ended = await world.leave(2)
    expect(ended.code, ended.err).toBe(0)
    expect(changes(world)).toEqual([])
  })
})
