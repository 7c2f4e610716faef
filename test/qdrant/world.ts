import { test as base, expect } from 'vitest'
import type { ClusterOptions } from './fake/cluster.ts'
import { createCollection } from './fake/consensus.ts'
import type { Point } from './fake/model.ts'
import { upsert } from './fake/points.ts'
import { Lab } from './lab.ts'
import { needsScripts } from './tools.ts'

/** Sizes of clusters that scenarios run with. */
export const SIZES = [1, 3, 5] as const

/** Sizes from which a node can leave. */
export const SEVERAL = [3, 5] as const

/** No test hangs longer than this. */
export const GUARD = 60_000

/** What a lab may be opened with. */
export type LabOptions = Omit<ClusterOptions, 'directory'>

/** Opens a lab that is closed when the test ends. */
export type Open = (pods: number, options?: LabOptions) => Promise<Lab>

/** A test over fake clusters. It is skipped, and says so, where the tools that scripts need are missing. */
export const test = base.extend<{ readonly lab: Open; readonly running: Open }>({
  /** Pods that are down. */
  lab: async ({ skip }, use) => {
    needsScripts(skip)
    const opened: Lab[] = []
    await use(async (pods, options = {}) => {
      needsScripts(skip, options.tls)
      const lab = await Lab.open(pods, options)
      opened.push(lab)
      return lab
    })
    for (const lab of opened) await lab.close()
  },
  /** Pods that all run. */
  running: async ({ lab }, use) => {
    await use(async (pods, options) => {
      const opened = await lab(pods, options)
      opened.bootAll()
      return opened
    })
  },
})

/** The first ordinals. */
export function below(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i)
}

/** Points with the given ids. */
export function points(count: number, first = 1): Point[] {
  return Array.from({ length: count }, (_, i) => ({ id: first + i, vector: [1, i, 0, 0], payload: { n: i } }))
}

/** Fills a collection with points. */
export function fill(world: Lab, name: string, count: number, body: Readonly<Record<string, unknown>> = {}): void {
  createCollection(world.cluster.consensus, name, { vectors: { size: 4, distance: 'Cosine' }, ...body })
  upsert(world.cluster.collection(name), points(count))
}

/** Nothing is lost: all points can be read, every shard has an active copy on a member, and there is one cluster. */
export function expectIntact(world: Lab, name: string, count: number): void {
  const { consensus } = world.cluster
  world.cluster.settle(consensus)
  expect(world.cluster.pointsOf(name).size, `points of ${name}`).toBe(count)
  for (const shard of world.cluster.collection(name).shards.values()) {
    for (const peer of shard.replicas.keys()) expect([...consensus.members.keys()], `shard ${shard.id} lies on a member`).toContain(peer)
    const contents = [...shard.replicas.values()].filter((r) => r.state === 'Active').map((r) => [...r.points.keys()].sort().join())
    expect(new Set(contents).size, `copies of shard ${shard.id} are equal`).toBe(1)
  }
}

/** The members are the pods with these ordinals, each once. */
export function expectMembers(world: Lab, ordinals: readonly number[]): void {
  const uris = [...world.cluster.consensus.members.values()].map((uri) => new URL(uri).hostname.split('.')[0])
  expect(uris.sort()).toEqual(ordinals.map((o) => world.cluster.at(o).pod).sort())
}

/** Writes that change something. */
export function changes(world: Lab): string[] {
  return world.cluster.requests.filter((r) => / (POST|PUT|DELETE|PATCH) /.test(r) && !r.endsWith('/points/count'))
}
