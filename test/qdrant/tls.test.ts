import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect } from 'vitest'
import { makeCertificates } from './fake/certificates.ts'
import { backUp, job, restore } from './jobs.ts'
import { below, changes, expectIntact, expectMembers, fill, GUARD, SEVERAL, SIZES, test } from './world.ts'

/** A folder of certificates that nobody in the cluster uses. */
function others(directory: string): string {
  const folder = path.join(directory, 'others')
  makeCertificates(folder, 'c-qdrant-headless.ns.svc')
  return folder
}

const REFUSED = "the server's certificate is refused"

describe.each(SIZES)('TLS with %i nodes', { timeout: GUARD }, (nodes) => {
  test('pods start in order, restart, and are ready', async ({ lab }) => {
    const world = await lab(nodes, { tls: true, apiKey: 'right' })
    for (const ordinal of below(nodes)) {
      const ended = await world.start(ordinal)
      expect(ended.code, ended.err).toBe(0)
    }
    expectMembers(world, below(nodes))
    fill(world, 'a', 20)
    for (const server of world.cluster.servers) {
      world.cluster.stop(server)
      const ended = await world.start(server.ordinal)
      expect(ended.code, ended.err).toBe(0)
      expect((await world.run(server.ordinal, 'ready.sh')).code).toBe(0)
    }
    expectMembers(world, below(nodes))
    expectIntact(world, 'a', 20)
  })

  test('a backup is restored; jobs say that they cannot check certificates, once', async ({ running }) => {
    const world = await running(nodes, { tls: true, apiKey: 'right' })
    fill(world, 'a', 40, { shard_number: 4 })
    const store = path.join(world.directory, 'store')
    const saved = await backUp(world, store, 'one', 'shared')
    const other = await running(nodes, { tls: true, apiKey: 'right', name: 'd-qdrant' })
    const restored = await restore(other, store, 'shared')
    for (const ended of [...saved, ...restored]) {
      expect(ended.code, ended.err).toBe(0)
      expect(ended.err.split('is not checked').length).toBe(2)
    }
    expectIntact(other, 'a', 40)
  })

  test('a job that has certificates checks them, and asks for the name they have', async ({ running }) => {
    const world = await running(nodes, { tls: true })
    fill(world, 'a', 10)
    const [server] = world.cluster.servers
    const env = {
      BACKUP_PODS: 'all',
      TLS_DIR: world.certificates,
      DATA_HOST: server?.fqdn.replace('.ns.svc', '') ?? '',
      PEER_FQDNS: world.cluster.servers.map(({ fqdn }) => fqdn).join(),
    }
    const saved = await job(world, 'backup.sh', 0, path.join(world.directory, 'store'), env)
    expect(saved.code, saved.err).toBe(0)
    expect(saved.err).not.toContain('is not checked')
    const refused = await job(world, 'backup.sh', 0, path.join(world.directory, 'store'), { ...env, TLS_DIR: others(world.directory) })
    expect(refused.code).toBe(1)
    expect(refused.err).toContain(REFUSED)
  })

  test('another authority, or none: nothing is sent or changed, and scripts say why', async ({ running }) => {
    const world = await running(nodes, { tls: true, apiKey: 'right' })
    fill(world, 'a', 30)
    const asked = world.cluster.requests.length
    const last = nodes - 1
    world.replicas(Math.max(last, 1))
    for (const folder of [others(world.directory), path.join(world.directory, 'not-mounted')]) {
      const env = { TLS_DIR: folder, LEAVE_TIMEOUT: '2' }
      const [ready, leave] = await Promise.all([world.run(0, 'ready.sh', env), world.leave(last, env)])
      expect([ready.code, leave.code]).toEqual([1, nodes === 1 ? 3 : 1])
      expect(ready.err).toContain(REFUSED)
      if (nodes > 1) expect(leave.err).toContain(REFUSED)
    }
    expect(world.cluster.requests.length).toBe(asked)
    expectMembers(world, below(nodes))
    expectIntact(world, 'a', 30)
  })
})

describe.each(SEVERAL)('TLS with %i nodes', { timeout: GUARD }, (nodes) => {
  test('the last pod leaves and takes nothing with it; neither key nor certificate is an argument', async ({ running }) => {
    const world = await running(nodes, { tls: true, apiKey: 'secret-key-of-tls' })
    fill(world, 'a', 30, { shard_number: nodes })
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
    world.replicas(nodes - 1)
    const ended = await world.leave(nodes - 1)
    expect(ended.code, ended.err).toBe(0)
    expectMembers(world, below(nodes - 1))
    expectIntact(world, 'a', 30)
    expect(seen.some((text) => text.includes('curl'))).toBe(true)
    expect(seen.filter((text) => text.includes('secret-key-of-tls') || text.includes('-----BEGIN'))).toEqual([])
  })

  test('pod 0 with an empty disk founds nothing while it does not trust the others', async ({ running }) => {
    const world = await running(nodes, { tls: true })
    fill(world, 'a', 30, { replication_factor: 2 })
    world.cluster.stop(world.cluster.at(0))
    world.cluster.loseDisk(world.cluster.at(0))
    const refused = await world.start(0, { TLS_DIR: others(world.directory) })
    expect(refused.code).toBe(1)
    expect(refused.err).toMatch(new RegExp(`a peer answers, but is not trusted: c-qdrant-\\d\\.c-qdrant-headless\\.ns\\.svc: ${REFUSED}`))
    expect(changes(world)).toEqual([])
    const ended = await world.start(0)
    expect(ended.code, ended.err).toBe(0)
    expectMembers(world, below(nodes))
    expectIntact(world, 'a', 30)
  })

  test.for([true, false])('pod 0 with an empty disk founds nothing while the others have not restarted: TLS was %s', async (before, { running }) => {
    const world = await running(nodes, before ? { tls: true } : {})
    world.cluster.stop(world.cluster.at(0))
    world.cluster.loseDisk(world.cluster.at(0))
    const env = before ? { QDRANT__SERVICE__ENABLE_TLS: '' } : { QDRANT__SERVICE__ENABLE_TLS: 'true', TLS_DIR: others(world.directory) }
    const refused = await world.start(0, env)
    expect(refused.code).toBe(1)
    expect(refused.err).toContain(`answers, but not by ${before ? 'http' : 'https'}: TLS was turned on or off`)
    expect(world.cluster.founded.length).toBe(1)
  })

  test('all pods that restart with TLS for the first time find each other again', async ({ running }) => {
    const world = await running(nodes, { tls: true })
    fill(world, 'a', 20)
    for (const server of world.cluster.servers) world.cluster.stop(server)
    for (const ordinal of below(nodes).reverse()) expect((await world.start(ordinal)).code).toBe(0)
    expectMembers(world, below(nodes))
    expectIntact(world, 'a', 20)
  })
})

describe('TLS', { timeout: GUARD }, () => {
  test('a server without its certificates does not start', async ({ lab }) => {
    const world = await lab(1, { tls: true })
    const folder = path.join(world.directory, 'half')
    mkdirSync(folder)
    writeFileSync(path.join(folder, 'ca.crt'), '')
    const ended = await world.start(0, { TLS_DIR: folder })
    expect(ended.code).toBe(1)
    expect(ended.err).toContain('tls.crt')
  })

  test('a name that the certificate does not have is refused', async ({ running }) => {
    const world = await running(1, { tls: true })
    const env = { BACKUP_PODS: 'all', TLS_DIR: world.certificates, DATA_HOST: 'c-qdrant-0.c-qdrant-headless.ns', PEER_FQDNS: '' }
    const curlrc = path.join(world.directory, 'c-qdrant-0/.curlrc')
    writeFileSync(curlrc, readFileSync(curlrc, 'utf8').replaceAll('.ns.svc:', '.ns:'))
    const ended = await job(world, 'backup.sh', 0, path.join(world.directory, 'store'), env)
    expect(ended.code).toBe(1)
    expect(ended.err).toContain('or it is not for this name')
  })
})
