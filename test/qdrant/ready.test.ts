import { describe, expect, test } from 'vitest'
import { needsScripts } from './tools.ts'
import { GUARD, running } from './world.ts'

describe('readiness', { timeout: GUARD }, () => {
  test('a working consensus thread', async (context) => {
    needsScripts(context)
    const world = await running(1)
    expect((await world.run(0, 'ready.sh')).code).toBe(0)
  })

  test('a thread that stopped, since the peer was removed', async (context) => {
    needsScripts(context)
    const world = await running(3)
    world.cluster.removePeer(world.cluster.consensus, world.cluster.at(2).peerId ?? 0)
    const ended = await world.run(2, 'ready.sh')
    expect(ended.code).toBe(1)
    expect(ended.err).toContain('not working: stopped')
  })

  test.each(['down', 'hanging'] as const)('a server that is %s: within 3 seconds', async (health) => {
    const world = await running(1)
    world.cluster.at(0).health = health
    const ended = await world.run(0, 'ready.sh', { CONNECT_TIMEOUT: '1', REQUEST_TIMEOUT: '2' })
    expect(ended.code).toBe(1)
    expect(ended.err).toContain('no answer')
  })

  test('the API key is used, and a wrong one is said', async (context) => {
    needsScripts(context)
    const world = await running(1, { apiKey: 'a "b" \\c' })
    expect((await world.run(0, 'ready.sh')).code).toBe(0)
    expect((await world.run(0, 'ready.sh', { QDRANT__SERVICE__API_KEY: 'x' })).err).toContain('HTTP 401')
  })
})
