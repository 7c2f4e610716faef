import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect } from 'vitest'
import { makeCertificates } from './fake/certificates.ts'
import type { Fate } from './fake/cluster.ts'
import { createCollection } from './fake/consensus.ts'
import type { Ended, Lab } from './lab.ts'
import { smoke, smokeText } from './smoke.ts'
import { needs } from './tools.ts'
import { changes, expectIntact, fill, GUARD, SIZES, test } from './world.ts'

const NAME = 'addonsmith-smoke-here'
const NAMED = { SMOKE_COLLECTION: NAME }

/** What a test that passed has said, without the names of machine and process. */
function said(ended: Ended): string {
  return ended.err.replaceAll('smoke test: ', '').replace(/addonsmith-smoke-\S+/g, 'NAME')
}

/** Nothing is left of the test, and nothing else was touched. */
function expectClean(world: Lab, others: readonly string[] = []): void {
  expect([...world.cluster.consensus.collections.keys()]).toEqual(others)
}

function deletions(world: Lab): readonly string[] {
  return world.cluster.requests.filter((request) => request.includes(' DELETE ')).map((request) => request.split(' ').slice(1).join(' '))
}

/** Breaks requests whose method and path end in something: each gets the next fate, and passes when there are no more. */
function breaks(world: Lab, end: string, fates: readonly Fate[], before: () => void = () => undefined): void {
  const left = [...fates]
  world.cluster.intercept = (_, method, requested) => {
    if (!`${method} ${requested}`.endsWith(end)) return 'pass'
    before()
    return left.shift() ?? 'pass'
  }
}

describe('the test of a cluster, as a script', () => {
  const text = smokeText()

  test.for(['dash', 'busybox'])('is understood by %s', (shell, { skip }) => {
    needs(skip, shell)
    const checked = spawnSync(shell, [...(shell === 'busybox' ? ['sh'] : []), '-n'], { input: text, encoding: 'utf8' })
    expect([checked.status, checked.stderr]).toEqual([0, ''])
  })

  test('passes shellcheck', ({ skip }) => {
    needs(skip, 'shellcheck')
    expect(spawnSync('shellcheck', ['--shell=sh', '-'], { input: text, encoding: 'utf8' }).stdout).toBe('')
  })
})

describe.each(SIZES)('the test of a cluster of %i nodes', { timeout: GUARD }, (nodes) => {
  test('finds the ids of the seed, says what it does, and leaves nothing', async ({ running }) => {
    const world = await running(nodes, { apiKey: 'right' })
    fill(world, 'a', 30)
    const ended = await smoke(world)
    expect(ended.code, ended.err).toBe(0)
    expect(said(ended).split('\n').slice(1)).toEqual([
      `c-qdrant.ns.svc answers: ${nodes} node${nodes === 1 ? '' : 's'}`,
      'the collection NAME is created',
      'the collection is read: vectors of size 4, compared by Cosine',
      '6 points are written',
      'search: 4 (0.9925), 1 (0.8946), 5 (0.8544)',
      'search in London: 4 (0.9925), 2 (0.666)',
      'gRPC answers',
      'the collection NAME is deleted',
      'passed',
      '',
    ])
    expectClean(world, ['a'])
    expectIntact(world, 'a', 30)
    for (const request of changes(world)) expect(request).toContain('/collections/addonsmith-smoke-')
    expect(world.cluster.requests).toContain('grpc /qdrant.Qdrant/HealthCheck')
  })

  test('with copies of each shard', async ({ running }) => {
    const world = await running(nodes)
    const { consensus } = world.cluster
    // As with storage.collection.replication_factor in the configuration of the servers.
    breaks(world, '/points', [], () => {
      consensus.collections.delete(NAME)
      createCollection(consensus, NAME, { vectors: { size: 4, distance: 'Cosine' }, replication_factor: 2 })
    })
    const ended = await smoke(world, { env: NAMED })
    expect(ended.code, ended.err).toBe(0)
    expectClean(world)
  })

  test('a server that knows no query is searched', async ({ running }) => {
    const world = await running(nodes, { version: '1.8.4' })
    const ended = await smoke(world)
    expect(ended.code, ended.err).toBe(0)
    expect(said(ended)).toContain('search in London: 4 (0.9925), 2 (0.666)')
    expect(world.cluster.requests.filter((request) => request.endsWith('/points/search')).length).toBe(2)
  })

  test('a point that is lost: says which ids were wanted and found, and deletes the collection', async ({ running }) => {
    const world = await running(nodes)
    fill(world, 'a', 3)
    breaks(world, '/points/query', [], () => {
      for (const shard of world.cluster.collection(NAME).shards.values()) for (const { points } of shard.replicas.values()) points.delete(1)
    })
    const ended = await smoke(world, { env: NAMED })
    expect(ended.code).toBe(1)
    expect(ended.err).toContain('search: ids: expected 4 1 5, found 4 5 3')
    expect(ended.err).not.toContain('passed')
    expectClean(world, ['a'])
  })

  test('TLS: the certificate of KubeBlocks is for pods, and is checked', async ({ running }) => {
    const world = await running(nodes, { tls: true, apiKey: 'right', domain: 'svc.cluster.local' })
    const ended = await smoke(world)
    expect(ended.code, ended.err).toBe(0)
    expect(said(ended)).not.toContain('is not checked')
    expect(said(ended)).toContain('gRPC answers')
    expectClean(world)
  })
})

describe('the collection of the test', { timeout: GUARD }, () => {
  test('is not touched when it is there already', async ({ running }) => {
    const world = await running(3)
    fill(world, NAME, 30)
    const ended = await smoke(world, { env: NAMED })
    expect(ended.code).toBe(1)
    expect(ended.err).toContain(`there is a collection ${NAME} already: nothing is done to it`)
    expect(changes(world)).toEqual([])
    expectIntact(world, NAME, 30)
  })

  test('is not touched when somebody makes it at the same moment', async ({ running }) => {
    const world = await running(3)
    breaks(world, `PUT /collections/${NAME}`, [], () => fill(world, NAME, 30))
    const ended = await smoke(world, { env: NAMED })
    expect(ended.code).toBe(1)
    expect(ended.err).toContain('cannot be created: HTTP 409')
    expect(deletions(world)).toEqual([])
    expectIntact(world, NAME, 30)
  })

  test('is not made while nobody can tell whether it is there', async ({ running }) => {
    const world = await running(3)
    breaks(world, `GET /collections/${NAME}`, Array<Fate>(1000).fill('fail'))
    const ended = await smoke(world, { env: { ...NAMED, STEP_WAIT: '1' } })
    expect([ended.code, ended.err]).toEqual([1, expect.stringContaining(`whether there is a collection ${NAME} cannot be told: HTTP 500`)])
    expect(changes(world)).toEqual([])
  })

  test('is deleted when the server made it and did not say so', async ({ running }) => {
    const world = await running(3)
    breaks(world, `PUT /collections/${NAME}`, ['lost'])
    const ended = await smoke(world, { env: NAMED })
    expect(ended.code).toBe(1)
    expect(ended.err).toContain('cannot be created: no answer')
    expect(deletions(world)).toEqual([`DELETE /collections/${NAME}`])
    expectClean(world)
  })

  test('is asked for when the server could not make it', async ({ running }) => {
    const world = await running(3)
    breaks(world, `PUT /collections/${NAME}`, ['fail'])
    const ended = await smoke(world, { env: NAMED })
    expect([ended.code, ended.err]).toEqual([1, expect.stringContaining(`there is no collection ${NAME} to delete`)])
    expect(deletions(world)).toEqual([`DELETE /collections/${NAME}`])
  })

  test('is looked for again when a pod has not heard of it yet', async ({ running }) => {
    const world = await running(3)
    let unaware = 0
    world.cluster.intercept = (_, method, requested) => {
      const known = method === 'PUT' && requested === `/collections/${NAME}`
      return !known && requested.includes(NAME) && ++unaware % 2 === 0 && method !== 'DELETE' ? 'unaware' : 'pass'
    }
    const ended = await smoke(world, { env: NAMED })
    expect(ended.code, ended.err).toBe(0)
    expect(unaware).toBeGreaterThan(5)
    expectClean(world)
  })

  test.for(['/points', '/points/query'])('is deleted when the servers fail for good at %s', async (end, { running }) => {
    const world = await running(3)
    breaks(world, end, Array<Fate>(1000).fill('fail'))
    const ended = await smoke(world, { env: NAMED })
    expect(ended.code).toBe(1)
    expect(ended.err).toContain('HTTP 500: Service internal error: broken by the test')
    expect(ended.err).toContain('is deleted')
    expectClean(world)
  })

  test('is deleted by servers that restart in the middle', async ({ running }) => {
    const world = await running(3)
    const health = (to: 'up' | 'down'): void => {
      for (const server of world.cluster.servers) server.health = to
    }
    breaks(world, '/points/query', ['fail'], () => {
      health('down')
      setTimeout(() => health('up'), 500)
    })
    const ended = await smoke(world, { env: { ...NAMED, STEP_WAIT: '1' } })
    expect(ended.err).toContain('is deleted')
    expectClean(world)
  })

  test('is named when the servers go away for good', async ({ running }) => {
    const world = await running(3)
    breaks(world, '/points', ['lost'], () => {
      for (const server of world.cluster.servers) server.health = 'down'
    })
    const ended = await smoke(world, { env: NAMED })
    expect(ended.code).toBe(1)
    expect(ended.err).toContain('points cannot be written: no answer')
    expect(ended.err).toMatch(
      /could not be deleted: no answer\. Delete it: curl -X DELETE http:\/\/c-qdrant\.ns\.svc:\d+\/collections\/addonsmith-smoke-here\n/,
    )
    expect(ended.ms).toBeLessThan(15_000)
  })

  test('is named when the server refuses to delete it', async ({ running }) => {
    const world = await running(1)
    breaks(world, `DELETE /collections/${NAME}`, Array<Fate>(1000).fill('fail'))
    const ended = await smoke(world, { env: NAMED })
    expect(ended.code).toBe(1)
    expect(ended.err).toContain('could not be deleted: HTTP 500')
    expect(ended.err).not.toContain('passed')
  })

  test.for(SIZES)('is deleted when the pod of the test is stopped, %i nodes', async (nodes, { running }) => {
    const world = await running(nodes)
    let stop: (() => void) | undefined
    breaks(world, '/points/query', ['hang'], () => stop?.())
    const ended = await smoke(world, {
      env: NAMED,
      run: (file, env) =>
        new Promise((resolve) => {
          const child = spawn(file, [], { env, stdio: ['ignore', 'ignore', 'pipe'] })
          let err = ''
          stop = () => child.kill('SIGTERM')
          child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
          child.on('close', (code, signal) => resolve({ code, signal, out: '', err, ms: 0 }))
        }),
    })
    expect(ended.code).toBe(1)
    expect(ended.err).toContain('stopped before it was finished')
    expect(ended.err).toContain('is deleted')
    expectClean(world)
  })
})

describe('the service', { timeout: GUARD }, () => {
  test.for([
    ['a wrong key', 'x', 'HTTP 401: Invalid API key or JWT'],
    ['no key', '', 'HTTP 401: Must provide an API key'],
  ] as const)('%s: ends at once, and changes nothing', async ([, key, message], { running }) => {
    const world = await running(3, { apiKey: 'right' })
    const ended = await smoke(world, { env: { QDRANT__SERVICE__API_KEY: key, SERVICE_WAIT: '60' } })
    expect(ended.code).toBe(1)
    expect(ended.err).toContain(message)
    expect(changes(world)).toEqual([])
  })

  test('is waited for', async ({ lab }) => {
    const world = await lab(3)
    setTimeout(() => world.bootAll(), 500)
    const ended = await smoke(world, { env: { SERVICE_WAIT: '20' } })
    expect(ended.code, ended.err).toBe(0)
  })

  test('is not waited for without end, and it is said what it lacks', async ({ running }) => {
    const world = await running(3)
    for (const server of world.cluster.servers) server.health = 'down'
    const away = await smoke(world)
    expect([away.code, away.err]).toEqual([1, expect.stringContaining('c-qdrant.ns.svc is not ready after 2 seconds: no answer')])
    world.cluster.at(0).health = 'up'
    const alone = await smoke(world)
    expect([alone.code, alone.err]).toEqual([1, expect.stringContaining('its consensus does not work, or knows no leader')])
    expect(changes(world)).toEqual([])
  })

  test('gRPC that refuses fails the test; without a port for it, or without HTTP/2, it is said that it is not tested', async ({ running }) => {
    const world = await running(1)
    const none = await smoke(world, { env: { SERVICE_PORT_GRPC_QDRANT: '' } })
    expect([none.code, none.err]).toEqual([0, expect.stringContaining('gRPC is not tested: the service has no port grpc-qdrant')])
    const tools = path.join(world.directory, 'tools')
    mkdirSync(tools)
    world.executable(
      path.join(tools, 'curl'),
      '#!/bin/sh\nif [ "$1" = -V ]; then echo "curl 8 HTTPS"; else exec /usr/bin/env PATH="${PATH#*:}" curl "$@"; fi\n',
    )
    const old = await smoke(world, { env: { TOOLS_DIR: tools } })
    expect([old.code, old.err]).toEqual([0, expect.stringContaining('gRPC is not tested: this curl has no HTTP/2')])
    breaks(world, 'POST /qdrant.Qdrant/HealthCheck', ['fail'])
    const refused = await smoke(world)
    expect([refused.code, refused.err]).toEqual([1, expect.stringContaining('gRPC: status: expected 0, found 13')])
    const wrong = await smoke(world, { env: { SERVICE_PORT_GRPC_QDRANT: '1', STEP_WAIT: '1' } })
    expect([wrong.code, wrong.err]).toEqual([1, expect.stringContaining('gRPC: no answer from c-qdrant.ns.svc:1, curl ended with')])
    expectClean(world)
  })
})

describe('TLS', { timeout: GUARD }, () => {
  test.for(['c-qdrant-headless.ns.svc', 'ns.svc'])('certificates of *.%s are checked too', async (names, { running }) => {
    const world = await running(1, { tls: true })
    makeCertificates(world.certificates, names)
    const ended = await smoke(world)
    expect(ended.code, ended.err).toBe(0)
    expect(ended.err).not.toContain('is not checked')
  })

  test('another authority, or no name that fits: nothing is sent, and it is said why', async ({ running }) => {
    const world = await running(1, { tls: true, apiKey: 'right' })
    const others = path.join(world.directory, 'others')
    makeCertificates(others, 'c-qdrant-headless.ns.svc')
    const asked = world.cluster.requests.length
    const authority = await smoke(world, { env: { TLS_DIR: others } })
    makeCertificates(world.certificates, 'elsewhere.svc')
    const name = await smoke(world)
    const pod = 'c-qdrant-0.c-qdrant-headless.ns.svc'
    for (const { code, err } of [authority, name]) {
      expect(code).toBe(1)
      expect(err).toContain("the server's certificate is refused")
      expect(err).toContain(`asked for were: ${pod}.cluster.local, ${pod}, c-qdrant.ns.svc`)
    }
    expect(world.cluster.requests.length).toBe(asked)
  })

  test('without a folder of certificates it says that nobody checks them', async ({ running }) => {
    const world = await running(1, { tls: true, apiKey: 'right' })
    const ended = await smoke(world, { env: { TLS_DIR: path.join(world.directory, 'not-mounted') } })
    expect(ended.code, ended.err).toBe(0)
    expect(ended.err.split('is not checked').length).toBe(2)
  })

  test('the key is never an argument of a program', async ({ running }) => {
    const world = await running(1, { tls: true, apiKey: 'secret-key-of-smoke' })
    const seen: string[] = []
    world.cluster.intercept = () => {
      for (const pid of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
        try {
          seen.push(readFileSync(`/proc/${pid}/cmdline`, 'utf8'))
        } catch {
          // It ended in the meantime.
        }
      }
      return 'pass'
    }
    const ended = await smoke(world)
    expect(ended.code, ended.err).toBe(0)
    expect(seen.some((text) => text.includes('curl'))).toBe(true)
    expect(seen.filter((text) => text.includes('secret-key-of-smoke'))).toEqual([])
  })
})
