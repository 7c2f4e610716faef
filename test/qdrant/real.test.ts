import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { compileQdrant } from '../support/compile-qdrant.ts'
import { RealPods, whyNot } from './real-pods.ts'
import { smokeText } from './smoke.ts'

const reason = whyNot()
const POINTS = 500
const points = Array.from({ length: POINTS }, (_, id) => ({
  id,
  vector: [Math.sin(id), Math.cos(id), Math.sin(id * 7), Math.cos(id * 3)],
  payload: { id },
}))

/** Commands of jobs, as the kubelet hands them to the shell. */
const expanded = (bytes: Uint8Array | undefined) =>
  Buffer.from(bytes ?? [])
    .toString('utf8')
    .replaceAll('$$', '$')

describe.skipIf(reason !== undefined)(
  `the chart's own files with a real Qdrant${reason === undefined ? '' : ` (${reason})`}`,
  { timeout: 300_000 },
  () => {
    let pods: RealPods
    let files: ReadonlyMap<string, Uint8Array>

    const create = (name: string, shards: number, replicas: number) => {
      pods.api(0, 'PUT', `/collections/${name}`, { vectors: { size: 4, distance: 'Cosine' }, shard_number: shards, replication_factor: replicas })
      pods.api(0, 'PUT', `/collections/${name}/points?wait=true`, { points })
    }
    const count = (pod: number, name: string) =>
      (pods.api(pod, 'POST', `/collections/${name}/points/count`, { exact: true }) as { count: number }).count
    const members = (pod: number) => Object.keys((pods.api(pod, 'GET', '/cluster') as { peers: object }).peers).length
    /** A node is ready when its consensus thread works, as the seed wants it; what the others know reaches it a moment later. */
    const settled = (...names: readonly string[]) =>
      vi.waitFor(
        () => {
          for (const pod of [0, 1, 2]) {
            expect(members(pod)).toBe(3)
            for (const name of names) expect(count(pod, name)).toBe(POINTS)
          }
        },
        { timeout: 60_000, interval: 500 },
      )
    const startAll = async () => {
      for (const pod of [2, 0, 1]) pods.start(pod)
      for (const pod of [0, 1, 2]) await pods.ready(pod)
    }

    beforeAll(async () => {
      files = new Map([...(await compileQdrant()).tree].map(([path, { bytes }]) => [path, bytes]))
      pods = new RealPods(3, files)
      await startAll()
      create('one', 6, 1)
      create('two', 4, 2)
    })
    afterAll(() => pods?.close())

    test('three nodes form one cluster, whatever the order they start in', () => {
      expect([0, 1, 2].map(members)).toEqual([3, 3, 3])
      expect([0, 1, 2].map((pod) => count(pod, 'one'))).toEqual([POINTS, POINTS, POINTS])
    })

    test('the smoke test of the seed gives the ids of the seed', () => {
      const service = { SERVICE_HOST: 'c-qdrant-1.c-qdrant-headless.ns.svc', SERVICE_PORT: '6333', SERVICE_PORT_GRPC_QDRANT: '6334' }
      const { out, code } = pods.run(0, ['sh', '-c', smokeText()], service)
      expect(out).toContain('search: 4 (0.9925), 1 (0.8946), 5 (0.8544)')
      expect(out).toContain('search in London: 4 (0.9925), 2 (0.666)')
      expect(out).toContain('gRPC answers')
      expect(code, out).toBe(0)
      const { collections } = pods.api(0, 'GET', '/collections') as { collections: readonly { readonly name: string }[] }
      expect(collections.map(({ name }) => name).sort()).toEqual(['one', 'two'])
    })

    test('a preStop hook fired by a restart, or by a stop, moves nothing', () => {
      expect(pods.run(2, ['/qdrant/scripts/pre-stop.sh'])).toMatchObject({ code: 0 })
      pods.replicas(0)
      expect(pods.run(2, ['/qdrant/scripts/pre-stop.sh'])).toMatchObject({ code: 0 })
      pods.replicas(3)
      expect(members(0)).toBe(3)
    })

    test('scaling in drains the node and loses no point', async () => {
      pods.replicas(2)
      expect(pods.run(2, ['/qdrant/scripts/pre-stop.sh'])).toMatchObject({ code: 0 })
      pods.stop(2)
      expect(members(0)).toBe(2)
      expect([count(0, 'one'), count(1, 'two')]).toEqual([POINTS, POINTS])
    })

    test('scaling out with the disk of the removed node gives a new member', async () => {
      pods.replicas(3)
      pods.start(2)
      await pods.ready(2)
      expect(members(2)).toBe(3)
      expect(count(2, 'one')).toBe(POINTS)
    })

    test('stop and start of all', async () => {
      for (const pod of [0, 1, 2]) pods.stop(pod)
      await startAll()
      expect([members(0), count(1, 'one'), count(2, 'two')]).toEqual([3, POINTS, POINTS])
    })

    test('an empty disk of pod 0, while others live, joins and founds nothing', async () => {
      for (const name of ['one', 'two']) pods.api(0, 'DELETE', `/collections/${name}`)
      create('three', 3, 3)
      pods.stop(0)
      rmSync(join(pods.folder(0), 'storage'), { recursive: true })
      mkdirSync(join(pods.folder(0), 'storage'))
      pods.start(0)
      await pods.ready(0)
      expect(members(1)).toBe(3)
      expect(count(0, 'three')).toBe(POINTS)
    })

    test('backup, and restore into a new cluster', async () => {
      create('four', 4, 1)
      create('we%20ird%C3%A9', 2, 2)
      const store = { BACKUP_NAME: 'b1', DB_HOST: 'c-qdrant-0.c-qdrant-headless.ns.svc' }
      const backup = pods.run(0, ['sh', '-c', expanded(files.get('files/backup/snapshot/backup.sh'))], { ...store, BACKUP_DIR: '/backupdata/ns/b1' })
      expect(backup.code, backup.out).toBe(0)
      for (const pod of [0, 1, 2]) pods.stop(pod)
      for (const pod of [0, 1, 2]) {
        rmSync(join(pods.folder(pod), 'storage'), { recursive: true })
        mkdirSync(join(pods.folder(pod), 'storage'))
      }
      await startAll()
      const volume = { VOLUME_DATA_DIR: '/qdrant/storage' }
      const restore = (pod: number) => {
        pods.run(pod, ['sh', '-c', expanded(files.get('files/backup/snapshot/restore-note.sh'))], {
          ...volume,
          BACKUP_NAME: 'b1',
          BACKUP_DIR: '/b1/ns/b1',
        })
        return pods.runBeside(pod, ['sh', '-c', expanded(files.get('files/backup/snapshot/restore.sh'))], {
          ...volume,
          DB_HOST: `c-qdrant-${pod}.c-qdrant-headless.ns.svc`,
        })
      }
      const restored = await Promise.all([0, 1, 2].map(restore))
      expect(
        restored.map(({ code }) => code),
        restored.map(({ out }) => out).join('\n'),
      ).toEqual([0, 0, 0])
      await settled('three', 'four', 'we%20ird%C3%A9')
      expect((await restore(0)).code).not.toBe(0)
    })
  },
)
