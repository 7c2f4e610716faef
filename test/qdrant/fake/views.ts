import type { Server } from './cluster.ts'
import { activeCopy } from './cluster.ts'
import type { Collection, Consensus } from './model.ts'

/** GET /cluster, as lib/storage/src/types.rs ClusterStatus. A removed peer, or one that lost its place while it was down, knows only itself. */
export function clusterInfo(server: Server, consensus: Consensus): unknown {
  const alone = server.peerId === undefined || !consensus.members.has(server.peerId)
  const members = alone ? [] : [...consensus.members]
  const leader = alone ? undefined : consensus.leader
  return {
    status: 'enabled',
    peer_id: server.peerId,
    peers: Object.fromEntries(members.map(([id, uri]) => [String(id), { uri }])),
    raft_info: {
      term: consensus.term,
      commit: consensus.commit,
      pending_operations: 0,
      leader: leader ?? null,
      role: leader === server.peerId ? 'Leader' : 'Follower',
      is_voter: !alone,
    },
    consensus_thread_status: server.removed
      ? { consensus_thread_status: 'stopped' }
      : { consensus_thread_status: 'working', last_update: new Date().toISOString() },
    message_send_failures: {},
  }
}

/** GET /collections/{name}. */
export function collectionInfo(collection: Collection): unknown {
  let points = 0
  for (const shard of collection.shards.values()) points += activeCopy(shard.replicas.values())?.points.size ?? 0
  return {
    status: 'green',
    optimizer_status: 'ok',
    indexed_vectors_count: 0,
    points_count: points,
    segments_count: collection.shards.size,
    config: collection.config,
    payload_schema: Object.fromEntries([...collection.payloadSchema].map(([field, schema]) => [field, fieldInfo(schema)])),
  }
}

function fieldInfo(schema: unknown): unknown {
  return typeof schema === 'string' ? { data_type: schema, points: 0 } : { data_type: (schema as { type: string }).type, params: schema, points: 0 }
}

/** GET /collections/{name}/cluster as one server sees it: its own shards and those of others. */
export function collectionCluster(server: Server, collection: Collection): unknown {
  const local: unknown[] = []
  const remote: unknown[] = []
  for (const shard of collection.shards.values()) {
    const key = shard.key === undefined ? {} : { shard_key: shard.key }
    for (const [peer, replica] of shard.replicas) {
      if (peer === server.peerId) local.push({ shard_id: shard.id, ...key, points_count: replica.points.size, state: replica.state })
      else if (!server.removed) remote.push({ shard_id: shard.id, ...key, peer_id: peer, state: replica.state })
    }
  }
  return {
    peer_id: server.peerId,
    shard_count: collection.shards.size,
    local_shards: local,
    remote_shards: remote,
    shard_transfers: collection.transfers.map((t) => ({
      shard_id: t.shard,
      from: t.from,
      to: t.to,
      sync: t.sync,
      method: 'snapshot',
      comment: 'Transferring shard',
    })),
  }
}
