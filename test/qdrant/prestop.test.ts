import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect } from 'vitest'
import { below, changes, expectIntact, expectMembers, fill, GUARD, SEVERAL, SIZES, test } from './world.ts'

describe.each(SIZES)('the preStop hook of %i nodes', { timeout: GUARD, concurrent: true }, (nodes) => {
  test('a restart moves nothing', async ({ running }) => {
    const world = await running(nodes)
    fill(world, 'a', 30)
    for (const ordinal of below(nodes)) {
      const ended = await world.run(ordinal, 'pre-stop.sh')
      expect(ended.code).toBe(0)
      expect(ended.err).toContain('nothing is moved')
    }
    expect(changes(world)).toEqual([])
    expectMembers(world, below(nodes))
    expectIntact(world, 'a', 30)
  })

  test('scale to zero and back: nothing moves, everybody comes back', async ({ running }) => {
    const world = await running(nodes)
    fill(world, 'a', 30)
    world.replicas(0)
    for (const server of world.cluster.servers) {
      expect((await world.run(server.ordinal, 'pre-stop.sh')).code).toBe(0)
      world.cluster.stop(server)
    }
    expect(changes(world)).toEqual([])
    world.replicas(nodes)
    for (const server of world.cluster.servers) expect((await world.start(server.ordinal)).code).toBe(0)
    expectMembers(world, below(nodes))
    expectIntact(world, 'a', 30)
  })

  test('an unknown number of replicas moves nothing, and fails visibly', async ({ running }) => {
    const world = await running(nodes)
    fill(world, 'a', 30)
    for (const value of ['', 'x', '-1']) {
      world.replicas(value)
      expect((await world.run(nodes - 1, 'pre-stop.sh')).code).toBe(1)
    }
    expect(changes(world)).toEqual([])
    expectMembers(world, below(nodes))
    expectIntact(world, 'a', 30)
  })
})

describe.each(SEVERAL)('the preStop hook when %i nodes become fewer', { timeout: GUARD, concurrent: true }, (nodes) => {
  const last = nodes - 1

  test('the last node leaves, in as many attempts as it takes', async ({ running }) => {
    const world = await running(nodes)
    fill(world, 'a', 30)
    world.cluster.transfer = () => ({ outcome: 'finish', after: 3500 })
    world.replicas(last)
    const ended = await world.run(last, 'pre-stop.sh', { LEAVE_TIMEOUT: '3', PRE_STOP_TIMEOUT: '40' })
    expect(ended.code, ended.err).toBe(0)
    expect(ended.err).toContain('has not left yet')
    expect(ended.err).toContain(`${world.cluster.at(last).pod} has left`)
    expectMembers(world, below(last))
    expectIntact(world, 'a', 30)
  })

  test('a number that is updated late is waited for', async ({ running }) => {
    const world = await running(nodes)
    fill(world, 'a', 30)
    const run = world.run(last, 'pre-stop.sh', { PRE_STOP_STABLE: '3' })
    setTimeout(() => world.replicas(last), 800)
    expect((await run).code).toBe(0)
    expectMembers(world, below(last))
    expectIntact(world, 'a', 30)
  })

  test('a move that hangs ends with the time that there is; nothing is lost', async ({ running }) => {
    const world = await running(nodes)
    fill(world, 'a', 30)
    world.cluster.transfer = () => ({ outcome: 'hang', after: 0 })
    world.replicas(last)
    const ended = await world.run(last, 'pre-stop.sh', { PRE_STOP_TIMEOUT: '2', LEAVE_TIMEOUT: '1' })
    expect(ended.code).toBe(1)
    expect(ended.err).toContain('has not left within 2 s')
    expectMembers(world, below(nodes))
    expectIntact(world, 'a', 30)
  })

  test('the cluster grows again in the meantime: the node stays', async ({ running }) => {
    const world = await running(nodes)
    fill(world, 'a', 30)
    world.cluster.transfer = () => {
      world.replicas(nodes)
      return { outcome: 'hang', after: 0 }
    }
    world.replicas(last)
    const ended = await world.run(last, 'pre-stop.sh', { LEAVE_TIMEOUT: '1' })
    expect(ended.code).toBe(0)
    expect(ended.err).toContain('nothing is moved')
    expectMembers(world, below(nodes))
    expectIntact(world, 'a', 30)
  })
})

describe('the preStop hook', { timeout: GUARD, concurrent: true }, () => {
  test('a number that never stays the same moves nothing', async ({ running }) => {
    const world = await running(3)
    const timer = setInterval(() => world.replicas(1 + (Math.floor(Date.now() / 300) % 2)), 100)
    const ended = await world.run(2, 'pre-stop.sh', { PRE_STOP_STABLE: '2', PRE_STOP_TIMEOUT: '3', PRE_STOP_POLL: '0.2' })
    clearInterval(timer)
    expect(ended.code).toBe(1)
    expect(changes(world)).toEqual([])
  })

  test('a pod without an ordinal moves nothing', async ({ running }) => {
    const world = await running(3)
    writeFileSync(path.join(world.directory, 'c-qdrant-2/scripts/facts.sh'), 'POD_NAME=odd\nPEER_FQDNS=odd.ns\nREPLICAS=1\n')
    expect((await world.run(2, 'pre-stop.sh')).code).toBe(1)
    expect(changes(world)).toEqual([])
  })
})
