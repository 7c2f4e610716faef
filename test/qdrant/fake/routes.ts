import type { FakeCluster, Server } from './cluster.ts'
import { addShards, changeAliases, collectionNamed, createCollection, dropReplica, startTransfer } from './consensus.ts'
import type { Answer } from './http.ts'
import type { Collection, Consensus, Json, ShardKey } from './model.ts'
import { member, numberAt, Refusal, UnknownPath } from './model.ts'
import { pointsRoute } from './points.ts'
import { snapshotRoute } from './snapshots.ts'
import { clusterInfo, collectionCluster, collectionInfo } from './views.ts'

/** One request. */
export interface Asked {
  readonly method: string
  readonly url: URL
  readonly body: Buffer
  readonly type: string
}

/** Answers a request to one server. */
export async function route(cluster: FakeCluster, server: Server, asked: Asked): Promise<Answer> {
  const consensus = server.consensus
  if (consensus === undefined) throw new Refusal(500, 'Service internal error: not started')
  cluster.settle(consensus)
  const parts = asked.url.pathname.split('/').slice(1).map(decodeURIComponent)
  const what = `${asked.method} /${parts[0] ?? ''}`
  if (asked.url.pathname === '/' || parts[0] === 'readyz')
    return { result: { title: 'qdrant - vector search engine', version: cluster.options.version ?? '1.18.3' } }
  if (what === 'GET /cluster') return { result: clusterInfo(server, consensus) }
  if (what === 'DELETE /cluster' && parts[1] === 'peer') {
    cluster.removePeer(consensus, Number(parts[2]))
    return { result: true }
  }
  if (what === 'GET /aliases')
    return { result: { aliases: [...consensus.aliases].map(([alias_name, collection_name]) => ({ alias_name, collection_name })) } }
  if (what === 'GET /collections' && parts.length === 1)
    return { result: { collections: [...consensus.collections.keys()].map((name) => ({ name })) } }
  if (what === 'POST /collections' && parts[1] === 'aliases' && parts.length === 2) {
    cluster.requireQuorum(consensus)
    changeAliases(consensus, parse(asked))
    return { result: true }
  }
  if (parts[0] === 'collections') return collectionRoute(cluster, server, consensus, asked, parts.slice(1))
  throw new UnknownPath()
}

function collectionRoute(cluster: FakeCluster, server: Server, consensus: Consensus, asked: Asked, [name = '', ...rest]: string[]): Answer {
  const what = `${asked.method} ${rest.join('/')}`
  if (what === 'PUT ') {
    cluster.requireQuorum(consensus)
    createCollection(consensus, name, parse(asked))
    return { result: true }
  }
  if (what === 'DELETE ') {
    cluster.requireQuorum(consensus)
    // What is not there is no error (lib/storage/src/content_manager/toc/collection_meta_ops.rs).
    return { result: consensus.collections.delete(name) }
  }
  const collection = collectionNamed(consensus, name)
  if (what === 'GET ') return { result: collectionInfo(collection) }
  if (what === 'GET cluster') return { result: collectionCluster(server, collection) }
  if (rest[0] === 'points') return pointsRoute(collection, consensus, cluster, rest, asked)
  if (rest[0] === 'shards' && rest[2] === 'snapshots') return snapshotRoute(server, collection, rest, asked)
  cluster.requireQuorum(consensus)
  if (what === 'PATCH ') return patch(collection, parse(asked))
  if (what === 'POST cluster') return updateCluster(cluster, consensus, collection, parse(asked))
  if (what === 'PUT shards') return createKey(consensus, collection, parse(asked))
  if (what === 'POST shards/delete') return deleteKey(collection, parse(asked))
  if (what === 'PUT index') {
    const body = parse(asked)
    collection.payloadSchema.set(String(member(body, 'field_name')), member(body, 'field_schema'))
    return { result: { operation_id: 0, status: 'completed' } }
  }
  throw new UnknownPath()
}

function parse(asked: Asked): unknown {
  if (!asked.type.startsWith('application/json')) throw new Refusal(415, 'Content type error')
  try {
    return JSON.parse(asked.body.toString('utf8')) as unknown
  } catch {
    throw new Refusal(400, 'Format error in JSON body')
  }
}

function patch(collection: Collection, body: unknown): Answer {
  collection.config = { ...collection.config, params: { ...(collection.config.params as Json), ...(member(body, 'params') as Json) } }
  return { result: true }
}

function updateCluster(cluster: FakeCluster, consensus: Consensus, collection: Collection, body: unknown): Answer {
  const move = member(body, 'move_shard') ?? member(body, 'replicate_shard')
  if (move !== undefined) {
    const wanted = {
      shard: numberAt(move, 'shard_id'),
      from: numberAt(move, 'from_peer_id'),
      to: numberAt(move, 'to_peer_id'),
      sync: member(body, 'replicate_shard') !== undefined,
    }
    const { outcome, after } = cluster.transfer(wanted)
    startTransfer(consensus, collection, wanted, Date.now() + after, outcome)
    return { result: true }
  }
  const drop = member(body, 'drop_replica')
  if (drop === undefined) throw new Refusal(400, 'Format error in JSON body: unknown operation')
  dropReplica(consensus, collection, numberAt(drop, 'shard_id'), numberAt(drop, 'peer_id'))
  return { result: true }
}

function createKey(consensus: Consensus, collection: Collection, body: unknown): Answer {
  const params = collection.config.params as Json
  if (params.sharding_method !== 'custom') throw new Refusal(400, 'Bad request: Shard Key cannot be created with Auto sharding method')
  const key = member(body, 'shard_key') as ShardKey
  if ([...collection.shards.values()].some((s) => s.key === key)) throw new Refusal(400, `Bad request: Shard key ${key} already exists`)
  addShards(consensus, collection, Number(member(body, 'shards_number') ?? params.shard_number), Number(params.replication_factor), key)
  return { result: true }
}

function deleteKey(collection: Collection, body: unknown): Answer {
  const key = member(body, 'shard_key')
  for (const shard of [...collection.shards.values()]) {
    if (shard.key === key) collection.shards.delete(shard.id)
  }
  return { result: true }
}
