/** State of a replica, as far as the fake uses them. */
export type ReplicaState = 'Active' | 'Dead' | 'Partial' | 'Recovery'

/** Shard keys are strings or numbers. */
export type ShardKey = string | number

/** A point with its vector and payload. */
export interface Point {
  readonly id: number
  readonly vector: readonly number[]
  readonly payload?: Readonly<Record<string, unknown>>
}

/** One copy of a shard on one peer. */
export interface Replica {
  state: ReplicaState
  points: Map<number, Point>
}

/** A shard and its copies by peer id. */
export interface Shard {
  readonly id: number
  readonly key: ShardKey | undefined
  readonly replicas: Map<number, Replica>
}

/** What becomes of a transfer. */
export type Outcome = 'finish' | 'fail' | 'hang'

/** A shard on its way from one peer to another; `sync` keeps the source (replicate_shard). */
export interface Transfer {
  readonly shard: number
  readonly from: number
  readonly to: number
  readonly sync: boolean
  readonly endsAt: number
  readonly outcome: Outcome
}

/** A JSON object. */
export type Json = { readonly [key: string]: unknown }

/** A collection: its configuration in the API's words, its shards, its transfers. */
export interface Collection {
  readonly name: string
  config: Json
  readonly payloadSchema: Map<string, unknown>
  readonly shards: Map<number, Shard>
  transfers: Transfer[]
}

/** What consensus agrees on: one of these per cluster. A second one means that a node founded its own. */
export interface Consensus {
  readonly members: Map<number, string>
  /** Members that joined but have not caught up: they do not vote yet. */
  readonly learners: Set<number>
  leader: number | undefined
  term: number
  commit: number
  readonly collections: Map<string, Collection>
  readonly aliases: Map<string, string>
}

/** A file that a snapshot made. */
export interface Snapshot {
  readonly name: string
  readonly body: Buffer
  readonly checksum: string
}

/** What the server says when it refuses: status and message, in Qdrant's form. */
export class Refusal extends Error {
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

/** A path that the server does not know: it is refused without a body. */
export class UnknownPath extends Refusal {
  constructor() {
    super(404, '')
  }
}

/** A new, empty consensus. */
export function newConsensus(): Consensus {
  return { members: new Map(), learners: new Set(), leader: undefined, term: 1, commit: 1, collections: new Map(), aliases: new Map() }
}

/** Reads a member of an unknown value that may be an object. */
export function member(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Json)[key] : undefined
}

/** Reads a number, or says which field is wrong. */
export function numberAt(value: unknown, key: string): number {
  const found = member(value, key)
  if (typeof found !== 'number') throw new Refusal(400, `Format error in JSON body: missing field \`${key}\``)
  return found
}
