import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect } from 'vitest'
import { below, expectIntact, expectMembers, fill, GUARD, SEVERAL, SIZES, test } from './world.ts'

describe.each(SIZES)('start of %i nodes', { timeout: GUARD }, (nodes) => {
  test('in order: the first founds, the others join', async ({ lab }) => {
    const world = await lab(nodes)
    for (const ordinal of below(nodes)) expect((await world.start(ordinal)).code).toBe(0)
    expectMembers(world, below(nodes))
    expect(readFileSync(path.join(world.directory, world.cluster.at(0).pod, 'args'), 'utf8')).not.toContain('--bootstrap')
  })

  test('out of order: nobody but the first founds; the others wait, fail, and join later', async ({ lab }) => {
    const world = await lab(nodes)
    for (const ordinal of below(nodes).slice(1)) {
      const early = await world.start(ordinal, { JOIN_WAIT: '0' })
      expect(early.code).toBe(1)
      expect(early.err).toContain('no peer that can be joined answered')
    }
    const waiting = below(nodes)
      .slice(1)
      .map((ordinal) => world.start(ordinal, { JOIN_WAIT: '20' }))
    expect((await world.start(0)).code).toBe(0)
    for (const ended of await Promise.all(waiting)) expect(ended.code).toBe(0)
    expectMembers(world, below(nodes))
  })

  test('restart of each node, one after another', async ({ running }) => {
    const world = await running(nodes)
    fill(world, 'a', 20)
    for (const server of world.cluster.servers) {
      world.cluster.stop(server)
      expect((await world.start(server.ordinal)).code).toBe(0)
      expect(server.health).toBe('up')
    }
    expectMembers(world, below(nodes))
    expectIntact(world, 'a', 20)
  })

  test('restart of all at once: stop and start', async ({ running }) => {
    const world = await running(nodes)
    fill(world, 'a', 20)
    for (const server of world.cluster.servers) world.cluster.stop(server)
    for (const ordinal of below(nodes).reverse()) expect((await world.start(ordinal)).code).toBe(0)
    expectMembers(world, below(nodes))
    expectIntact(world, 'a', 20)
  })

  test.for(['before-commit', 'after-commit'] as const)(
    'a join that was interrupted %s is repeated with the same peer id',
    async (interruption, { lab }) => {
      const world = await lab(nodes)
      if (nodes === 1) {
        // The only node founds; interrupted, it founds again.
        expect((await world.start(0)).code).toBe(0)
        const file = path.join(world.cluster.at(0).storage, 'raft_state.json')
        writeFileSync(file, readFileSync(file, 'utf8').replace('"term":1', '"term":0'))
        const again = await world.run(0, 'setup.sh')
        expect(again.code).toBe(0)
        expect(again.err).not.toContain('--bootstrap')
        expectMembers(world, [0])
        return
      }
      await world.start(0, { FOUND_WAIT: '0' })
      for (const ordinal of below(nodes).slice(1)) {
        await world.start(ordinal, {}, interruption)
        const before = world.cluster.at(ordinal).peerId
        expect((await world.start(ordinal)).code).toBe(0)
        expect(world.cluster.at(ordinal).peerId).toBe(before)
      }
      expectMembers(world, below(nodes))
    },
  )
})

describe.each(SEVERAL)('disks of %i nodes', { timeout: GUARD }, (nodes) => {
  test.for(['1.18.3', '1.17.1', '1.16.3'])('pod 0 with an empty disk joins the others, version %s', async (version, { running }) => {
    const world = await running(nodes, { version })
    fill(world, 'a', 30, { shard_number: nodes, replication_factor: 2 })
    world.cluster.stop(world.cluster.at(0))
    world.cluster.loseDisk(world.cluster.at(0))
    const ended = await world.start(0)
    expect(ended.code, ended.err).toBe(0)
    expect(ended.err).toContain('--bootstrap')
    expectMembers(world, below(nodes))
    expectIntact(world, 'a', 30)
  })

  test('pod 0 with an empty disk that held only copies is refused, with what to do; nothing is dropped for good', async ({ running }) => {
    const world = await running(nodes)
    fill(world, 'a', 30, { shard_number: nodes })
    world.cluster.stop(world.cluster.at(0))
    world.cluster.loseDisk(world.cluster.at(0))
    const ended = await world.start(0)
    expect(ended.code).toBe(1)
    expect(ended.err).toContain('held the only copy of a shard of collection a')
    expect(world.cluster.collection('a').shards.size).toBe(nodes)
    expect(world.cluster.consensus.members.size).toBe(nodes)
  })

  test('a lost copy that cannot be dropped now is dropped by the next start', async ({ running }) => {
    const world = await running(nodes)
    fill(world, 'a', 30, { shard_number: nodes, replication_factor: 2 })
    world.cluster.stop(world.cluster.at(0))
    world.cluster.loseDisk(world.cluster.at(0))
    world.cluster.intercept = (_, method) => (method === 'POST' ? 'fail' : 'pass')
    const ended = await world.start(0)
    expect(ended.code).toBe(1)
    expect(ended.err).toContain('cannot be dropped: HTTP 500')
    world.cluster.intercept = () => 'pass'
    expect((await world.start(0)).code).toBe(0)
    expectMembers(world, below(nodes))
    expectIntact(world, 'a', 30)
  })

  test('pod 0 whose join was interrupted never founds, even when nobody answers', async ({ running }) => {
    const world = await running(nodes)
    world.cluster.stop(world.cluster.at(0))
    world.cluster.loseDisk(world.cluster.at(0))
    await world.start(0, {}, 'before-commit')
    for (const server of world.cluster.servers) world.cluster.stop(server)
    const ended = await world.start(0)
    expect(ended.code).toBe(1)
    expect(world.cluster.founded.length).toBe(1)
  })

  test('pod 0 with an empty disk waits for peers that answer without a leader', async ({ running }) => {
    const world = await running(nodes)
    for (const server of world.cluster.servers) world.cluster.stop(server)
    world.cluster.loseDisk(world.cluster.at(0))
    world.cluster.at(1).health = 'up'
    const ended = await world.start(0)
    expect(ended.code).toBe(1)
    expect(ended.err).toContain('1 answered without a leader')
    expect(world.cluster.founded.length).toBe(1)
  })

  test('pod 0 with an empty disk and a wrong key: the peers refuse it, nothing is founded', async ({ running }) => {
    const world = await running(nodes, { apiKey: 'right "key" \\' })
    fill(world, 'a', 30, { replication_factor: 2 })
    world.cluster.stop(world.cluster.at(0))
    world.cluster.loseDisk(world.cluster.at(0))
    const refused = await world.start(0, { QDRANT__SERVICE__API_KEY: 'wrong' })
    expect(refused.code).toBe(1)
    expect(refused.err).toContain('refuses the API key')
    const ended = await world.start(0)
    expect(ended.code, ended.err).toBe(0)
    expectMembers(world, below(nodes))
    expectIntact(world, 'a', 30)
  })

  test('peers that hang do not block a new node for ever', async ({ lab }) => {
    const world = await lab(nodes)
    for (const server of world.cluster.servers) server.health = 'hanging'
    const ended = await world.start(nodes - 1)
    expect(ended.code).toBe(1)
    expect(ended.ms).toBeLessThan(20_000)
  })

  test('a removed node joins again as a new one; what was on its disk is kept aside', async ({ running }) => {
    const world = await running(nodes)
    fill(world, 'a', 30)
    const last = nodes - 1
    world.replicas(last)
    expect((await world.leave(last)).code).toBe(0)
    world.cluster.stop(world.cluster.at(last))
    const leaving = await world.start(last)
    expect(leaving.code).toBe(1)
    expect(leaving.err).toContain('does not join again')
    expectMembers(world, below(last))
    world.replicas(nodes)
    const ended = await world.start(last)
    expect(ended.code, ended.err).toBe(0)
    expectMembers(world, below(nodes))
    expectIntact(world, 'a', 30)
    expect(readdirSync(world.cluster.at(last).storage).some((f) => f.startsWith('.removed-'))).toBe(true)
  })

  test('a removed node whose disk holds points is refused and keeps them', async ({ running }) => {
    const world = await running(nodes)
    const last = world.cluster.at(nodes - 1)
    world.cluster.stop(last)
    mkdirSync(path.join(last.storage, 'collections/a/0/segments'), { recursive: true })
    world.cluster.consensus.members.delete(last.peerId ?? 0)
    const ended = await world.start(last.ordinal)
    expect(ended.code).toBe(1)
    expect(ended.err).toContain('still holds points')
    expect(existsSync(path.join(last.storage, 'collections/a/0/segments'))).toBe(true)
  })
})

describe('start', { timeout: GUARD }, () => {
  test('a disk with collections of a server that was no member is refused', async ({ lab }) => {
    const world = await lab(1)
    mkdirSync(path.join(world.cluster.at(0).storage, 'collections/a/0/segments'), { recursive: true })
    const ended = await world.start(0)
    expect(ended.code).toBe(1)
    expect(ended.err).toContain('never a member of this cluster')
  })

  test('a marker and lost+found do not make a disk used', async ({ lab }) => {
    const world = await lab(1)
    mkdirSync(path.join(world.cluster.at(0).storage, 'lost+found'))
    writeFileSync(path.join(world.cluster.at(0).storage, '.addonsmith-restore'), 'x')
    expect((await world.start(0)).code).toBe(0)
  })

  test('the disk of another pod is refused', async ({ running }) => {
    const world = await running(3)
    writeFileSync(path.join(world.cluster.at(1).storage, 'raft_state.json'), readFileSync(path.join(world.cluster.at(2).storage, 'raft_state.json')))
    const ended = await world.start(1)
    expect(ended.code).toBe(1)
    expect(ended.err).toContain('not to c-qdrant-1')
  })

  test.for(['{', '', '{"state":{"hard_state":{"term":3}}}'])('a raft state that cannot be read is refused: %j', async (text, { lab }) => {
    const world = await lab(1)
    writeFileSync(path.join(world.cluster.at(0).storage, 'raft_state.json'), text)
    const ended = await world.start(0)
    expect(ended.code).toBe(1)
    expect(ended.err).toContain('needs repair')
  })

  test('a member keeps the address it is known by', async ({ running }) => {
    const world = await running(3)
    const file = path.join(world.cluster.at(1).storage, 'raft_state.json')
    writeFileSync(file, readFileSync(file, 'utf8').replace('.ns.svc:', ':'))
    expect((await world.start(1)).err).toContain('--uri http://c-qdrant-1.c-qdrant-headless:6335/')
  })

  test('an address that is missing from the facts is said', async ({ lab }) => {
    const world = await lab(1)
    writeFileSync(path.join(world.directory, 'c-qdrant-0/scripts/facts.sh'), 'POD_NAME=c-qdrant-0\nPEER_FQDNS=other-0.ns\nREPLICAS=1\n')
    expect((await world.start(0)).err).toContain('is not among other-0.ns')
  })

  test('the server replaces the script and gets its signals', async ({ lab }) => {
    const world = await lab(1)
    const server = world.cluster.at(0)
    const child = spawn(path.join(world.directory, server.pod, 'scripts/setup.sh'), [], {
      env: world.env(server, { SERVER_STAYS: '1' }),
      stdio: 'ignore',
    })
    const file = path.join(world.directory, server.pod, 'args')
    while (!existsSync(file) || readFileSync(file, 'utf8') === '') await new Promise((done) => setTimeout(done, 20))
    expect(Number(readFileSync(file, 'utf8').split('\n')[0])).toBe(child.pid)
    const ended = new Promise((done) => child.on('close', (_, signal) => done(signal)))
    child.kill('SIGTERM')
    expect(await ended).toBe('SIGTERM')
  })
})
