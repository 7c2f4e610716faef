import path from 'node:path'
import { describe, expect } from 'vitest'
import type { Health } from './fake/cluster.ts'
import { backUp, expectAll, restore } from './jobs.ts'
import { below, changes, expectIntact, expectMembers, fill, GUARD, SIZES, test } from './world.ts'

/** What is wrong, the state of the servers, the key that scripts have, what they say. */
const TROUBLES = [
  ['a wrong key', 'up', 'x', 'HTTP 401: Invalid API key or JWT'],
  ['no key', 'up', '', 'HTTP 401: Must provide an API key'],
  ['servers that are not up', 'down', 'right', 'no answer'],
  ['servers that never answer', 'hanging', 'right', 'no answer'],
] as const satisfies readonly (readonly [string, Health, string, string])[]

describe.each(SIZES)('with %i nodes', { timeout: GUARD }, (nodes) => {
  test.for(TROUBLES)('%s: scripts end in time with their codes, say why, and change nothing', async ([, health, key, message], { running }) => {
    const world = await running(nodes, { apiKey: 'right' })
    fill(world, 'a', 30)
    const store = path.join(world.directory, 'store')
    expectAll(await backUp(world, store, 'all', 'shared'))
    const before = changes(world).length
    for (const server of world.cluster.servers) server.health = health
    const env = { QDRANT__SERVICE__API_KEY: key }
    const last = nodes - 1
    // The only node can never leave; of several, the last one is to.
    world.replicas(Math.max(last, 1))
    const [ready, leave, hook, backups, restores] = await Promise.all([
      world.run(0, 'ready.sh', { ...env, REQUEST_TIMEOUT: '2' }),
      world.leave(last, { ...env, LEAVE_TIMEOUT: '4' }),
      world.run(last, 'pre-stop.sh', { ...env, LEAVE_TIMEOUT: '4', PRE_STOP_TIMEOUT: '4' }),
      backUp(world, path.join(world.directory, 'other'), 'one', 'per-pod', env),
      restore(world, store, 'shared', env),
    ])
    for (const ended of [ready, ...backups, ...restores]) {
      expect(ended.code, ended.err).toBe(1)
      expect(ended.err).toContain(message)
    }
    expect([leave.code, hook.code]).toEqual(nodes === 1 ? [3, 0] : [1, 1])
    if (nodes > 1) for (const { err } of [leave, hook]) expect(err).toContain(health === 'up' ? message : 'no peer that stays answers')
    for (const { ms } of [ready, leave, hook, ...backups, ...restores]) expect(ms).toBeLessThan(20_000)
    expect(changes(world).length).toBe(before)
    for (const server of world.cluster.servers) server.health = 'up'
    expectMembers(world, below(nodes))
    expectIntact(world, 'a', 30)
  })

  test.for(TROUBLES)('%s: a member starts with what its disk says', async ([, health, key], { running }) => {
    const world = await running(nodes, { apiKey: 'right' })
    fill(world, 'a', 30)
    world.cluster.stop(world.cluster.at(0))
    for (const other of world.cluster.servers.slice(1)) other.health = health
    const ended = await world.start(0, { QDRANT__SERVICE__API_KEY: key })
    expect(ended.code, ended.err).toBe(0)
    expect(ended.err).not.toContain('--bootstrap')
    expect(ended.ms).toBeLessThan(20_000)
    for (const other of world.cluster.servers) other.health = 'up'
    expectMembers(world, below(nodes))
    expectIntact(world, 'a', 30)
  })
})
