import type { FakeCluster } from './cluster.ts'
import type { Answer } from './http.ts'
import type { Collection, Consensus, Json, Point, Shard, ShardKey } from './model.ts'
import { member, Refusal } from './model.ts'
import type { Asked } from './routes.ts'

/** PUT points, POST points/count, points/search and points/query. */
export function pointsRoute(collection: Collection, consensus: Consensus, cluster: FakeCluster, rest: readonly string[], asked: Asked): Answer {
  const body: unknown = asked.body.length === 0 ? {} : JSON.parse(asked.body.toString('utf8'))
  const what = `${asked.method} ${rest.join('/')}`
  if (what === 'PUT points') {
    const points = member(body, 'points')
    upsert(collection, (Array.isArray(points) ? points : []) as Point[], member(body, 'shard_key') as ShardKey | undefined)
    return { result: { operation_id: 1, status: 'completed' } }
  }
  if (what === 'POST points/count') {
    if (member(body, 'exact') === true && member(collection.config.strict_mode_config, 'search_allow_exact') === false) {
      throw new Refusal(400, 'Forbidden: exact search is not allowed')
    }
    return { result: { count: readable(collection, consensus, cluster).length } }
  }
  if (what === 'POST points/search') return { result: search(collection, consensus, cluster, body, member(body, 'vector')) }
  if (what === 'POST points/query') return { result: { points: search(collection, consensus, cluster, body, member(body, 'query')) } }
  throw new Refusal(404, 'Not found')
}

/** Writes points into the shards that their ids belong to, on all copies. */
export function upsert(collection: Collection, points: readonly Point[], key?: ShardKey): void {
  const shards = [...collection.shards.values()].filter((s) => s.key === key)
  for (const point of points) {
    const shard = shards[point.id % shards.length]
    if (shard === undefined) throw new Refusal(400, 'Bad request: Shard key not specified')
    for (const replica of shard.replicas.values()) replica.points.set(point.id, point)
  }
}

/** The points that can be read now: of each shard, from an active copy on a peer that lives. */
function readable(collection: Collection, consensus: Consensus, cluster: FakeCluster): Point[] {
  return [...collection.shards.values()].flatMap((shard) => [...copyOf(shard, consensus, cluster)])
}

function copyOf(shard: Shard, consensus: Consensus, cluster: FakeCluster): Iterable<Point> {
  for (const [peer, replica] of shard.replicas) {
    if (replica.state === 'Active' && consensus.members.has(peer) && cluster.byPeer(peer)?.health === 'up') return replica.points.values()
  }
  throw new Refusal(500, `Service internal error: The replica set for shard ${shard.id} on peer has no active replica`)
}

function search(collection: Collection, consensus: Consensus, cluster: FakeCluster, body: unknown, vector: unknown): unknown[] {
  const wanted = vector as readonly number[]
  const should = member(member(body, 'filter'), 'should')
  const conditions = (Array.isArray(should) ? should : []) as Json[]
  return readable(collection, consensus, cluster)
    .filter((point) => conditions.length === 0 || conditions.some((c) => [point.payload?.[String(c.key)]].flat().includes(member(c.match, 'value'))))
    .map((point) => ({ id: point.id, version: 0, score: cosine(wanted, point.vector) }))
    .sort((a, b) => b.score - a.score)
    .slice(0, Number(member(body, 'limit') ?? 10))
}

function cosine(a: readonly number[], b: readonly number[]): number {
  const dot = (x: readonly number[], y: readonly number[]): number => x.reduce((sum, value, i) => sum + value * (y[i] ?? 0), 0)
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b))
}
