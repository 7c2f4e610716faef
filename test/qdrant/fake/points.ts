import type { FakeCluster } from './cluster.ts'
import type { Answer } from './http.ts'
import type { Collection, Consensus, Json, Point, Shard, ShardKey } from './model.ts'
import { member, Refusal, UnknownPath } from './model.ts'
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
  if (what === 'POST points/query' && hasQuery(cluster.options.version))
    return { result: { points: search(collection, consensus, cluster, body, member(body, 'query')) } }
  throw new UnknownPath()
}

/** Query is documented since 1.10. */
function hasQuery(version = '1.18.3'): boolean {
  return Number(version.split('.')[1]) >= 10
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
  const filter = member(body, 'filter')
  return readable(collection, consensus, cluster)
    .filter((point) => passes(point, filter))
    .map((point) => ({ id: point.id, version: 0, score: cosine(wanted, point.vector) }))
    .sort((a, b) => b.score - a.score)
    .slice(0, Number(member(body, 'limit') ?? 10))
}

/** Whether a point passes a filter: all of must, and of should at least one, when there is any (lib/segment/src/payload_storage/condition_checker.rs). */
function passes(point: Point, filter: unknown): boolean {
  const conditions = (name: string): readonly Json[] => [member(filter, name) ?? []].flat() as Json[]
  const should = conditions('should')
  const holds = (condition: Json): boolean => matches(point.payload?.[String(condition.key)], member(condition.match, 'value'))
  return conditions('must').every(holds) && (should.length === 0 || should.some(holds))
}

/** A value of the payload matches, or one of its list does; only a keyword, an integer or a boolean can be asked for. */
function matches(found: unknown, wanted: unknown): boolean {
  if (typeof wanted !== 'string' && typeof wanted !== 'boolean' && !Number.isInteger(wanted))
    throw new Refusal(400, 'Format error in JSON body: data did not match any variant of untagged enum MatchInterface')
  return [found].flat().includes(wanted)
}

function cosine(a: readonly number[], b: readonly number[]): number {
  const dot = (x: readonly number[], y: readonly number[]): number => x.reduce((sum, value, i) => sum + value * (y[i] ?? 0), 0)
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b))
}
