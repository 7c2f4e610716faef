import { createHash } from 'node:crypto'
import type { Server } from './cluster.ts'
import { shardOf } from './consensus.ts'
import type { Answer } from './http.ts'
import type { Collection, Point, Snapshot } from './model.ts'
import { Refusal } from './model.ts'
import type { Asked } from './routes.ts'

/** Snapshots of one shard: create, list, download, delete, upload (src/actix/api/snapshot_api.rs). */
export function snapshotRoute(server: Server, collection: Collection, rest: readonly string[], asked: Asked): Answer {
  const [, shardId = '', , name] = rest
  const shard = collection.shards.get(Number(shardId))
  if (shard === undefined) throw new Refusal(404, `Not found: shard ${shardId} not found`)
  const prefix = `${collection.name}/${shard.id}/`
  if (asked.method === 'POST' && name === 'upload') return recover(server, collection, shard.id, asked)
  if (asked.method === 'POST') {
    const snapshot = create(server, collection, shard.id)
    server.snapshots.set(prefix + snapshot.name, snapshot)
    return { result: describe(snapshot) }
  }
  if (name === undefined) return { result: [...server.snapshots].filter(([path]) => path.startsWith(prefix)).map(([, s]) => describe(s)) }
  const snapshot = server.snapshots.get(prefix + name)
  if (snapshot === undefined) throw new Refusal(404, `Not found: Snapshot ${name} not found`)
  if (asked.method === 'DELETE') return { result: server.snapshots.delete(prefix + name) }
  return { bytes: snapshot.body }
}

function create(server: Server, collection: Collection, shard: number): Snapshot {
  const replica = server.peerId === undefined ? undefined : shardOf(collection, shard).replicas.get(server.peerId)
  if (replica === undefined) throw new Refusal(400, `Wrong input: Shard ${shard} is not a local or queue proxy shard`)
  const body = Buffer.from(JSON.stringify({ shard, points: [...replica.points.values()] }))
  return {
    name: `${collection.name}-shard-${shard}-2026-01-01-00-00-0${server.snapshots.size}.snapshot`,
    body,
    checksum: createHash('sha256').update(body).digest('hex'),
  }
}

function describe(snapshot: Snapshot): unknown {
  return { name: snapshot.name, creation_time: '2026-01-01T00:00:00', size: snapshot.body.length, checksum: snapshot.checksum }
}

/** The upload replaces what the peer holds of the shard, and makes it active (priority no_sync). */
function recover(server: Server, collection: Collection, shard: number, asked: Asked): Answer {
  const file = fileOfForm(asked)
  const wanted = asked.url.searchParams.get('checksum')
  const actual = createHash('sha256').update(file).digest('hex')
  // The server names the two the other way round.
  if (wanted !== null && wanted !== actual) throw new Refusal(400, `Checksum mismatch: expected ${actual}, actual ${wanted}`)
  if (asked.url.searchParams.get('priority') !== 'no_sync') throw new Refusal(500, 'the fake only knows priority no_sync')
  const read = JSON.parse(file.toString('utf8')) as { points: Point[] }
  if (server.peerId === undefined) throw new Refusal(500, 'Service internal error: not started')
  shardOf(collection, shard).replicas.set(server.peerId, { state: 'Active', points: new Map(read.points.map((p) => [p.id, p])) })
  return { result: true }
}

function fileOfForm(asked: Asked): Buffer {
  const boundary = /boundary=(\S+)/.exec(asked.type)?.[1]
  const end = `\r\n--${boundary ?? ''}--`
  const start = asked.body.indexOf('\r\n\r\n')
  const stop = asked.body.lastIndexOf(end)
  const head = asked.body.subarray(0, Math.max(start, 0)).toString('utf8')
  if (boundary === undefined || start < 0 || stop < 0 || !head.startsWith(`--${boundary}`) || !head.includes('name="snapshot"'))
    throw new Refusal(400, 'Multipart error')
  return asked.body.subarray(start + 4, stop)
}
