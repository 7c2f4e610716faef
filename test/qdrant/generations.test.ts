import path from 'node:path'
import { beforeAll, describe, expect, onTestFinished, type TestContext, test } from 'vitest'
import { validateObjects } from '../../src/operator/index.ts'
import { releases } from '../../src/targets/index.ts'
import { GENERATIONS, type Generation, generationHelm, renderGeneration } from './generation.ts'
import { GenerationLab } from './generation-lab.ts'
import { expectAll } from './jobs.ts'
import { needsScripts } from './tools.ts'
import { changes, expectIntact, expectMembers, fill, GUARD, type LabOptions } from './world.ts'

/** The releases in which definitions can say where certificates go. */
const TLS = releases.filter((release) => 'api' in release && release.api === 'v1').map(({ version }) => version)

// Every script of Qdrant with exactly the environment, files and commands that each release's operator gives it. How scripts behave
// in every situation is tested elsewhere; here it is that nothing they need is missing or different.
describe.each(GENERATIONS)('Qdrant as KubeBlocks %s runs it', { timeout: GUARD }, (version) => {
  let generation: Generation
  let withKey: Generation
  beforeAll(async () => {
    if (generationHelm() === undefined) return
    generation = await renderGeneration(version)
    withKey = await renderGeneration(version, { apiKeySecretName: 'qdrant-key' })
  }, GUARD)

  /** Opens a lab that is closed when the test ends. */
  async function open(context: TestContext, pods: number, options: LabOptions = {}, name?: string): Promise<GenerationLab> {
    if (generationHelm() === undefined) context.skip('there is no Helm on this machine')
    needsScripts(context.skip, options.tls)
    const opened = await GenerationLab.open(options.apiKey === undefined ? generation : withKey, pods, options, name)
    onTestFinished(() => opened.close())
    return opened
  }

  async function running(context: TestContext, pods: number, options: LabOptions = {}, name?: string): Promise<GenerationLab> {
    const opened = await open(context, pods, options, name)
    opened.lab.bootAll()
    return opened
  }

  test('the operator finds nothing to refuse', (context) => {
    if (generationHelm() === undefined) context.skip('there is no Helm on this machine')
    for (const { operator, objects } of [generation, withKey]) expect(validateObjects(operator, objects)).toEqual([])
  })

  test('pods start in order, form one cluster, and come back after a restart', async (context) => {
    const world = await open(context, 3)
    for (const ordinal of [0, 1, 2]) {
      const ended = await world.start(ordinal)
      expect(ended.code, ended.err).toBe(0)
    }
    expectMembers(world.lab, [0, 1, 2])
    fill(world.lab, 'a', 20)
    world.lab.cluster.stop(world.lab.cluster.at(1))
    const ended = await world.start(1)
    expect(ended.code, ended.err).toBe(0)
    expectMembers(world.lab, [0, 1, 2])
    expectIntact(world.lab, 'a', 20)
  })

  test('pods that are added join', async (context) => {
    const world = await open(context, 3)
    world.replicas(1)
    expect((await world.start(0)).code).toBe(0)
    world.replicas(3)
    for (const ordinal of [1, 2]) {
      const ended = await world.start(ordinal)
      expect(ended.code, ended.err).toBe(0)
    }
    expectMembers(world.lab, [0, 1, 2])
  })

  test('readiness is what the server says, the API key included', async (context) => {
    const world = await running(context, 1, { apiKey: 'a "b" \\c' })
    const ready = await world.probe(0)
    expect(ready.code, ready.err).toBe(0)
    world.lab.cluster.at(0).health = 'down'
    expect((await world.probe(0)).err).toContain('no answer')
  })

  test('the last pod leaves when the cluster shrinks, and takes nothing with it', async (context) => {
    const world = await running(context, 3)
    fill(world.lab, 'a', 60, { shard_number: 6 })
    const ended = await world.scaleIn()
    expect(ended.code, ended.err).toBe(0)
    expectMembers(world.lab, [0, 1])
    expectIntact(world.lab, 'a', 60)
  })

  test('a pod that stops for another reason moves nothing', async (context) => {
    const world = await running(context, 3)
    fill(world.lab, 'a', 30)
    if (world.hasPreStop) {
      const ended = await world.preStop(2)
      expect(ended.code, ended.err).toBe(0)
      expect(ended.err).toContain('nothing is moved')
    }
    expect(changes(world.lab)).toEqual([])
    expectMembers(world.lab, [0, 1, 2])
  })

  test('a backup of three nodes is restored into a new cluster', async (context) => {
    const world = await running(context, 3, { apiKey: 'right' })
    fill(world.lab, 'a', 40, { shard_number: 4, replication_factor: 2 })
    const store = path.join(world.lab.directory, 'store')
    const run = { name: 'backup-1', method: generation.operator.backup.tool === 'BackupTool' ? 'datafile' : 'snapshot' }
    const saved = await world.backUp(store, run)
    expect(saved.length).toBeGreaterThan(0)
    expectAll(saved)
    const other = await running(context, 3, { apiKey: 'right' }, 'd')
    // The new cluster finds the backup where the old one put it.
    const restored = await other.restore(
      store,
      { ...run, pathPrefix: '/c-11111111-2222-3333-4444-555555555555/qdrant' },
      world.lab.cluster.servers.map(({ pod }) => pod),
    )
    if (!releases.some((release) => release.version === version && 'restoresRunning' in release && !release.restoresRunning)) {
      expectAll(restored)
      expectIntact(other.lab, 'a', 40)
      return
    }
    // A restore that cannot be is refused, rather than to leave an empty cluster.
    expect(restored.map(({ code }) => code)).toEqual(restored.map(() => 1))
    expect(restored[0]?.err).toContain('cannot restore this backup')
  })

  if (!TLS.includes(version)) return

  test('a cluster with TLS starts, is ready, shrinks, and is backed up and restored', async (context) => {
    const options = { tls: true, domain: 'svc.cluster.local', apiKey: 'right' }
    const world = await open(context, 3, options)
    for (const ordinal of [0, 1, 2]) {
      const ended = await world.start(ordinal)
      expect(ended.code, ended.err).toBe(0)
      const ready = await world.probe(ordinal)
      expect(ready.code, ready.err).toBe(0)
    }
    fill(world.lab, 'a', 40, { shard_number: 6 })
    const left = await world.scaleIn()
    expect(left.code, left.err).toBe(0)
    expectMembers(world.lab, [0, 1])
    expectIntact(world.lab, 'a', 40)
    const run = { name: 'backup-1', method: 'snapshot' }
    const store = path.join(world.lab.directory, 'store')
    const saved = await world.backUp(store, run)
    const other = await running(context, 3, options, 'd')
    const pods = world.lab.cluster.servers.slice(0, 2).map(({ pod }) => pod)
    const restored = await other.restore(store, { ...run, pathPrefix: '/c-11111111-2222-3333-4444-555555555555/qdrant' }, pods)
    expectAll([...saved, ...restored])
    for (const { err } of [...saved, ...restored]) expect(err).toContain("the server's certificate is not checked")
    expectIntact(other.lab, 'a', 40)
  })
})
