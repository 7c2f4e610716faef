import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect } from 'vitest'
import { ROOT } from './lab.ts'
import { below, changes, expectIntact, expectMembers, fill, GUARD, SEVERAL, test } from './world.ts'

describe.each(SEVERAL)('draining by hand before %i nodes become fewer', { timeout: GUARD }, (nodes) => {
  const last = nodes - 1

  test('the pod leaves while all replicas are wanted; the hook then finds nothing to do', async ({ running }) => {
    const world = await running(nodes)
    fill(world, 'a', 30)
    const drained = await world.leave(last, { LEAVE_REPLICAS: String(last) })
    expect(drained.code, drained.err).toBe(0)
    expectMembers(world, below(last))
    expectIntact(world, 'a', 30)
    const before = changes(world).length
    world.replicas(last)
    const hook = await world.run(last, 'pre-stop.sh')
    expect(hook.code, hook.err).toBe(0)
    expect(hook.err).toContain('is no member')
    expect(changes(world).length).toBe(before)
    expectMembers(world, below(last))
    expectIntact(world, 'a', 30)
  })

  test('two pods, one after another: nothing moves onto the second', async ({ running }) => {
    const world = await running(nodes)
    fill(world, 'a', 30)
    const targets: number[] = []
    world.cluster.transfer = (t) => {
      targets.push(t.to)
      return { outcome: 'finish', after: 10 }
    }
    for (const ordinal of [last, last - 1]) {
      const ended = await world.leave(ordinal, { LEAVE_REPLICAS: String(last - 1) })
      expect(ended.code, ended.err).toBe(0)
    }
    expect(targets).not.toContain(world.cluster.at(last - 1).peerId)
    expectMembers(world, below(last - 1))
    expectIntact(world, 'a', 30)
  })

  test('fewer replicas are wanted than the person said: nothing moves onto a pod that goes', async ({ running }) => {
    const world = await running(nodes)
    fill(world, 'a', 30)
    const targets = new Set<number>()
    world.cluster.transfer = (t) => {
      targets.add(t.to)
      return { outcome: 'finish', after: 10 }
    }
    world.replicas(1)
    const ended = await world.leave(last, { LEAVE_REPLICAS: String(last) })
    expect(ended.code, ended.err).toBe(0)
    expect([...targets]).toEqual([world.cluster.at(0).peerId])
    expectMembers(world, below(last))
    expectIntact(world, 'a', 30)
  })

  test('a drained pod that restarts before the cluster is scaled in joins again, and leaves by the hook', async ({ running }) => {
    const world = await running(nodes)
    fill(world, 'a', 30)
    expect((await world.leave(last, { LEAVE_REPLICAS: String(last) })).code).toBe(0)
    const restart = await world.run(last, 'pre-stop.sh')
    expect(restart.err).toContain('nothing is moved')
    world.cluster.stop(world.cluster.at(last))
    expect((await world.start(last)).code).toBe(0)
    expectMembers(world, below(nodes))
    world.replicas(last)
    const hook = await world.run(last, 'pre-stop.sh')
    expect(hook.code, hook.err).toBe(0)
    expectMembers(world, below(last))
    expectIntact(world, 'a', 30)
  })

  test('the cluster is stopped while a shard moves: it stays a member', async ({ running }) => {
    const world = await running(nodes)
    fill(world, 'a', 30)
    world.cluster.transfer = () => {
      world.replicas(0)
      return { outcome: 'finish', after: 10 }
    }
    expect((await world.leave(last, { LEAVE_REPLICAS: String(last) })).code).toBe(3)
    expectMembers(world, below(nodes))
    expectIntact(world, 'a', 30)
  })
})

test('the command of the guide drains the pod that it names', { timeout: GUARD }, async ({ running }) => {
  const guide = readFileSync(path.join(ROOT, 'addons/qdrant/guide.md'), 'utf8')
  const [, pod, env = '', script = ''] = /^kubectl exec (\S+) -c qdrant -- env (.*) \/qdrant\/scripts\/(\S+)$/m.exec(guide) ?? []
  const world = await running(3, { name: 'qdrant-qdrant' })
  fill(world, 'a', 30)
  expect(world.cluster.at(2).pod).toBe(pod)
  const ended = await world.run(2, script, Object.fromEntries(env.split(' ').map((word) => word.split('='))))
  expect(ended.code, ended.err).toBe(0)
  expectMembers(world, below(2))
  expectIntact(world, 'a', 30)
})
