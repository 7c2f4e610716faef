import type { Collection, Consensus, Json, Outcome, Replica, Shard, ShardKey, Transfer } from './model.ts'
import { member, Refusal } from './model.ts'

/** Prefix of Qdrant's message for requests it refuses. */
const BAD = 'Bad request: '

/** Finds a collection or refuses. */
export function collectionNamed(consensus: Consensus, name: string): Collection {
  const found = consensus.collections.get(consensus.aliases.get(name) ?? name)
  if (found === undefined) throw new Refusal(404, `Not found: Collection \`${name}\` doesn't exist!`)
  return found
}

/** Finds a shard or refuses. */
export function shardOf(collection: Collection, id: number): Shard {
  const shard = collection.shards.get(id)
  if (shard === undefined) throw new Refusal(400, `${BAD}Shard ${id} of ${collection.name} does not exist`)
  return shard
}

/** Whether a peer holds a copy of anything. */
export function holdsShards(consensus: Consensus, peer: number): boolean {
  return [...consensus.collections.values()].some((c) => [...c.shards.values()].some((s) => s.replicas.has(peer)))
}

/** Places `count` new shards on members, in turn, `factor` copies each. */
export function addShards(consensus: Consensus, collection: Collection, count: number, factor: number, key: ShardKey | undefined): void {
  const members = [...consensus.members.keys()]
  const highest = Math.max(key === undefined ? -1 : 0, ...collection.shards.keys())
  for (let i = 0; i < count; i += 1) {
    const id = highest + 1 + i
    const replicas = new Map<number, Replica>()
    for (let copy = 0; copy < Math.min(factor, members.length); copy += 1) {
      const peer = members[(id + copy) % members.length]
      if (peer !== undefined) replicas.set(peer, { state: 'Active', points: new Map() })
    }
    collection.shards.set(id, { id, key, replicas })
  }
}

/** Creates a collection from the body of PUT. */
export function createCollection(consensus: Consensus, name: string, body: unknown): void {
  if (consensus.collections.has(name)) throw new Refusal(409, `Wrong input: Collection \`${name}\` already exists!`)
  if (consensus.aliases.has(name)) throw new Refusal(400, `${BAD}Can't create collection with name ${name}. Alias with the same name already exists`)
  const custom = member(body, 'sharding_method') === 'custom'
  const shards = Number(member(body, 'shard_number') ?? (custom ? 1 : consensus.members.size))
  const factor = Number(member(body, 'replication_factor') ?? 1)
  const params: Json = {
    vectors: member(body, 'vectors') ?? {},
    shard_number: shards,
    ...(custom ? { sharding_method: 'custom' } : {}),
    replication_factor: factor,
    write_consistency_factor: Number(member(body, 'write_consistency_factor') ?? 1),
    on_disk_payload: true,
  }
  const config: Json = {
    params,
    hnsw_config: { m: 16, ef_construct: 100, full_scan_threshold: 10000, max_indexing_threads: 0, on_disk: false },
    optimizer_config: { deleted_threshold: 0.2, vacuum_min_vector_number: 1000, default_segment_number: 0, flush_interval_sec: 5 },
    wal_config: { wal_capacity_mb: 32, wal_segments_ahead: 0 },
    quantization_config: null,
    ...(member(body, 'metadata') === undefined ? {} : { metadata: member(body, 'metadata') }),
    ...(member(body, 'strict_mode_config') === undefined ? {} : { strict_mode_config: member(body, 'strict_mode_config') }),
  }
  const collection: Collection = { name, config, payloadSchema: new Map(), shards: new Map(), transfers: [] }
  if (!custom) addShards(consensus, collection, shards, factor, undefined)
  consensus.collections.set(name, collection)
}

/** Starts a transfer after the checks of `validate_transfer` (lib/collection/src/shards/transfer/helpers.rs). */
export function startTransfer(
  consensus: Consensus,
  collection: Collection,
  wanted: Omit<Transfer, 'endsAt' | 'outcome'>,
  endsAt: number,
  outcome: Outcome,
): void {
  const shard = shardOf(collection, wanted.shard)
  for (const peer of [wanted.to, wanted.from]) {
    if (!consensus.members.has(peer)) throw new Refusal(400, `${BAD}Peer ${peer} does not exist`)
  }
  if (shard.replicas.get(wanted.from)?.state !== 'Active') throw new Refusal(400, `${BAD}Shard ${shard.id} is not active on peer ${wanted.from}`)
  const ends = [wanted.from, wanted.to]
  const other = collection.transfers.find((t) => t.shard === shard.id && (ends.includes(t.from) || ends.includes(t.to)))
  if (other !== undefined) throw new Refusal(400, `${BAD}Shard ${shard.id} is already involved in transfer ${other.from} -> ${other.to}`)
  // A copy on the target is switched off, even when it was active: the trap that a careless script falls into.
  const target = shard.replicas.get(wanted.to)
  if (target === undefined) shard.replicas.set(wanted.to, { state: 'Recovery', points: new Map() })
  else target.state = 'Recovery'
  collection.transfers.push({ ...wanted, endsAt, outcome })
}

/** Ends a transfer the way finish_shard_transfer and abort_shard_transfer do (lib/collection/src/collection/shard_transfer.rs). */
export function endTransfer(collection: Collection, transfer: Transfer, finished: boolean): void {
  collection.transfers = collection.transfers.filter((t) => t !== transfer)
  const shard = shardOf(collection, transfer.shard)
  const source = shard.replicas.get(transfer.from)
  const target = shard.replicas.get(transfer.to)
  if (target === undefined) return
  if (finished && source !== undefined) {
    target.points = new Map(source.points)
    target.state = 'Active'
    if (!transfer.sync) shard.replicas.delete(transfer.from)
  } else if (transfer.sync) {
    target.state = 'Dead'
  } else {
    shard.replicas.delete(transfer.to)
  }
}

/** Drops a copy, never the last one or the last active one (lib/collection/src/collection/collection_ops.rs). */
export function dropReplica(consensus: Consensus, collection: Collection, shardId: number, peer: number): void {
  const shard = shardOf(collection, shardId)
  if (!consensus.members.has(peer)) throw new Refusal(400, `${BAD}Peer ${peer} does not exist`)
  const replica = shard.replicas.get(peer)
  if (replica === undefined) throw new Refusal(400, `${BAD}Peer ${peer} has no replica of shard ${shardId}`)
  const active = [...shard.replicas].filter(([id, r]) => id !== peer && r.state === 'Active')
  if (shard.replicas.size === 1 || (replica.state === 'Active' && active.length === 0)) {
    throw new Refusal(400, `${BAD}Shard ${shardId} must have at least one active replica after removing ${peer}`)
  }
  for (const transfer of collection.transfers.filter((t) => t.shard === shardId && (t.from === peer || t.to === peer))) {
    endTransfer(collection, transfer, false)
  }
  shard.replicas.delete(peer)
}

/** Applies the actions of POST /collections/aliases. */
export function changeAliases(consensus: Consensus, body: unknown): void {
  const actions = member(body, 'actions')
  for (const action of Array.isArray(actions) ? actions : []) {
    const create = member(action, 'create_alias')
    const remove = member(action, 'delete_alias')
    const alias = String(member(create ?? remove, 'alias_name'))
    if (create !== undefined) {
      const name = String(member(create, 'collection_name'))
      collectionNamed(consensus, name)
      if (consensus.collections.has(alias)) throw new Refusal(409, `Wrong input: Collection \`${alias}\` already exists!`)
      consensus.aliases.set(alias, name)
    } else {
      consensus.aliases.delete(alias)
    }
  }
}
