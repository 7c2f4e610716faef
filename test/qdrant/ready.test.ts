import { describe, expect } from 'vitest'
import { GUARD, test } from './world.ts'

describe('readiness', { timeout: GUARD }, () => {
  test('a working consensus thread', async ({ running }) => {
    const world = await running(1)
    expect((await world.run(0, 'ready.sh')).code).toBe(0)
  })

  test('a thread that stopped, since the peer was removed', async ({ running }) => {
    const world = await running(3)
    world.cluster.removePeer(world.cluster.consensus, world.cluster.at(2).peerId ?? 0)
    const ended = await world.run(2, 'ready.sh')
    expect(ended.code).toBe(1)
    expect(ended.err).toContain('not working: stopped')
  })

  test('a key with any characters is used', async ({ running }) => {
    const world = await running(1, { apiKey: 'a "b" \\c' })
    expect((await world.run(0, 'ready.sh')).code).toBe(0)
  })
})
