import { describe, expect } from 'vitest'
import { below, expectIntact, expectMembers, fill, GUARD, SEVERAL, test } from './world.ts'

/** What the action says where the operator has decided that a member goes, and nobody tells the wanted number of replicas. */
const DECIDED = { LEAVE_DECIDED: 'yes' }

describe.each(SEVERAL)('leave of %i nodes, decided by the operator', { timeout: GUARD }, (nodes) => {
  const last = nodes - 1

  test('the last node leaves although the wanted number is that of before', async ({ running }) => {
    const world = await running(nodes)
    fill(world, 'a', 60, { shard_number: nodes * 2 })
    const ended = await world.leave(last, DECIDED)
    expect(ended.code, ended.err).toBe(0)
    expectMembers(world, below(last))
    expectIntact(world, 'a', 60)
  })

  test('the last node leaves although the number is not known', async ({ running }) => {
    const world = await running(nodes)
    fill(world, 'a', 30)
    world.replicas('')
    const ended = await world.leave(last, DECIDED)
    expect(ended.code, ended.err).toBe(0)
    expectMembers(world, below(last))
    expectIntact(world, 'a', 30)
  })

  test('a node in the middle leaves, and the first: others stay', async ({ running }) => {
    const world = await running(nodes)
    fill(world, 'a', 60, { shard_number: nodes })
    for (const ordinal of [1, 0]) {
      const ended = await world.leave(ordinal, DECIDED, last)
      expect(ended.code, ended.err).toBe(0)
    }
    expectMembers(
      world,
      below(nodes).filter((ordinal) => ordinal > 1),
    )
    expectIntact(world, 'a', 60)
  })

  test('shards go to lower ordinals first, since higher ones may be on their way out as well', async ({ running }) => {
    const world = await running(nodes)
    fill(world, 'a', 60, { shard_number: nodes * 2 })
    const targets: number[] = []
    world.cluster.transfer = (transfer) => {
      targets.push(transfer.to)
      return { outcome: 'finish', after: 20 }
    }
    const both = await Promise.all([world.leave(last, DECIDED), world.leave(last - 1, DECIDED)])
    for (const ended of both) expect(ended.code, ended.err).toBe(0)
    expectMembers(world, below(nodes - 2))
    expectIntact(world, 'a', 60)
    expect(targets).not.toContain(world.cluster.at(last).peerId)
  })

  test('a copy that others hold is dropped', async ({ running }) => {
    const world = await running(nodes)
    fill(world, 'a', 30, { shard_number: nodes, replication_factor: 2 })
    let transfers = 0
    world.cluster.transfer = () => {
      transfers += 1
      return { outcome: 'finish', after: 0 }
    }
    expect((await world.leave(last, DECIDED)).code).toBe(0)
    expect(transfers).toBe(0)
    expectIntact(world, 'a', 30)
  })
})

describe('leave of one node, decided by the operator', { timeout: GUARD }, () => {
  test('the only node keeps what it holds: it is not done, and says what it waits for', async ({ running }) => {
    const world = await running(1)
    fill(world, 'a', 30)
    const ended = await world.leave(0, { ...DECIDED, LEAVE_TIMEOUT: '2' })
    expect(ended.code).toBe(1)
    expect(ended.err).toContain('no peer that stays answers')
    expectMembers(world, [0])
    expectIntact(world, 'a', 30)
  })
})
