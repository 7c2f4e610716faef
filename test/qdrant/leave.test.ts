import { describe, expect, test } from 'vitest'
import { needsScripts } from './tools.ts'
import { changes, expectIntact, expectMembers, fill, GUARD, holdsNothing, running } from './world.ts'

const below = (n: number): number[] => Array.from({ length: n }, (_, i) => i)

describe.each([3, 5])('leave of %i nodes', { timeout: GUARD }, (nodes) => {
  const last = nodes - 1

  test('a follower leaves: its shards move to peers that stay, spread over them', async (context) => {
    needsScripts(context)
    const world = await running(nodes)
    fill(world, 'a', 60, { shard_number: nodes * 2 })
    fill(world, 'b', 10)
    world.replicas(last)
    const ended = await world.leave(last)
    expect(ended.code, ended.err).toBe(0)
    expectMembers(world, below(last))
    expectIntact(world, 'a', 60)
    expectIntact(world, 'b', 10)
    const loads = world.cluster.servers
      .slice(0, last)
      .map(
        (s) =>
          [...world.cluster.consensus.collections.values()].flatMap((c) => [...c.shards.values()]).filter((x) => x.replicas.has(s.peerId ?? 0))
            .length,
      )
    expect(Math.max(...loads) - Math.min(...loads)).toBeLessThanOrEqual(1)
  })

  test('the leader leaves', async (context) => {
    needsScripts(context)
    const world = await running(nodes)
    fill(world, 'a', 60)
    world.cluster.consensus.leader = world.cluster.at(last).peerId
    world.replicas(last)
    const ended = await world.leave(last)
    expect(ended.code, ended.err).toBe(0)
    expectMembers(world, below(last))
    expectIntact(world, 'a', 60)
  })

  test('two leave at once: they do not move onto each other', async (context) => {
    needsScripts(context)
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

  test('replication factor 2: copies that others hold are dropped, not moved', async (context) => {
    needsScripts(context)
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

  test('replication factor 2, both holders leave at once: the last copy moves', async (context) => {
    needsScripts(context)
    const world = await running(nodes)
    fill(world, 'a', 60, { shard_number: nodes, replication_factor: 2 })
    world.replicas(nodes - 2)
    for (const ended of await Promise.all([world.leave(last), world.leave(last - 1)])) expect(ended.code, ended.err).toBe(0)
    expectMembers(world, below(nodes - 2))
    expectIntact(world, 'a', 60)
  })

  test('runs on any pod', async (context) => {
    needsScripts(context)
    const world = await running(nodes)
    fill(world, 'a', 30)
    world.replicas(last)
    expect((await world.leave(last, {}, 0)).code).toBe(0)
    expectMembers(world, below(last))
    expectIntact(world, 'a', 30)
  })

  test.each([
    ['one that stays', '99', 3, 'is one of the 99 wanted replicas'],
    ['a cluster that stops', '0', 3, 'the cluster stops'],
    ['an unknown number', '', 3, 'is not known'],
    ['a number that is none', 'three', 3, 'is not known'],
  ])('refuses: %s', async (_, replicas, code, message) => {
    const world = await running(nodes)
    fill(world, 'a', 30)
    world.replicas(replicas)
    const ended = await world.leave(last)
    expect(ended.code).toBe(code)
    expect(ended.err).toContain(message)
    expect(changes(world)).toEqual([])
  })
})

describe('leave', { timeout: GUARD }, () => {
  test('of the only node is refused: it is one of the wanted', async (context) => {
    needsScripts(context)
    const world = await running(1)
    fill(world, 'a', 10)
    expect((await world.leave(0)).code).toBe(3)
    expectIntact(world, 'a', 10)
  })

  test('5 to 1: four leave at once', async (context) => {
    needsScripts(context)
    const world = await running(5)
    fill(world, 'a', 50, { shard_number: 10, replication_factor: 2 })
    world.replicas(1)
    const ended = await Promise.all([1, 2, 3, 4].map((o) => world.leave(o, { LEAVE_TIMEOUT: '40' })))
    for (const e of ended) expect(e.code, e.err).toBe(0)
    expectMembers(world, [0])
    expectIntact(world, 'a', 50)
  })

  test('without LEAVE_POD_NAME, or with one that has no ordinal', async (context) => {
    needsScripts(context)
    const world = await running(3)
    expect((await world.run(2, 'member-leave.sh')).code).toBe(2)
    expect((await world.run(2, 'member-leave.sh', { LEAVE_POD_NAME: 'odd' })).code).toBe(3)
  })

  test('the cluster grows again while a shard moves: the node stays a member', async (context) => {
    needsScripts(context)
    const world = await running(3)
    fill(world, 'a', 30)
    world.replicas(2)
    world.cluster.transfer = () => {
      world.replicas(3)
      return { outcome: 'finish', after: 10 }
    }
    const ended = await world.leave(2)
    expect(ended.code).toBe(3)
    expectMembers(world, [0, 1, 2])
    expectIntact(world, 'a', 30)
  })

  test('names of collections with any characters', async (context) => {
    needsScripts(context)
    const world = await running(3)
    const names = ['with blank', 'ümläut', "quote'", '$(x)', '[a]{b}', 'per%cent', '日本', 'a&b=c#d', '-K']
    for (const name of names) fill(world, name, 9)
    world.replicas(2)
    const ended = await world.leave(2, { LEAVE_TIMEOUT: '30' })
    expect(ended.code, ended.err).toBe(0)
    for (const name of names) expectIntact(world, name, 9)
    expect(holdsNothing(world, world.cluster.at(2))).toBe(true)
  })

  test('a node that is no member has left', async (context) => {
    needsScripts(context)
    const world = await running(3)
    world.replicas('2\n')
    world.cluster.consensus.members.delete(world.cluster.at(2).peerId ?? 0)
    const ended = await world.leave(2)
    expect(ended.code, ended.err).toBe(0)
    expect(changes(world)).toEqual([])
  })
})
