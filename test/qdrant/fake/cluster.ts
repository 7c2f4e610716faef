import { mkdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { collectionNamed, endTransfer, holdsShards } from './consensus.ts'
import { changeLeader, hasQuorum } from './election.ts'
import type { Collection, Consensus, Outcome, Point, Replica, Snapshot, Transfer } from './model.ts'
import { newConsensus, Refusal } from './model.ts'
import { readRaft, writeRaft } from './raft.ts'

/** How a server answers: not at all, normally, or never. */
export type Health = 'down' | 'up' | 'hanging'

/** What becomes of a request: it is answered, never answered, refused, unknown to a pod that has not heard of the collection yet, or done without an answer. */
export type Fate = 'pass' | 'hang' | 'fail' | 'unaware' | 'lost'

/** One pod with its server and its disk. */
export interface Server {
  readonly pod: string
  readonly fqdn: string
  readonly ordinal: number
  readonly storage: string
  health: Health
  peerId: number | undefined
  consensus: Consensus | undefined
  /** The peer was removed and knows it: its consensus thread stopped. */
  removed: boolean
  readonly snapshots: Map<string, Snapshot>
}

/** Options of a fake cluster. */
export interface ClusterOptions {
  readonly directory: string
  readonly name?: string
  readonly apiKey?: string
  readonly version?: string
  /** Servers talk HTTPS, with certificates for names below `domain` and for localhost. */
  readonly tls?: boolean
  /** What names of pods end in after the namespace: `svc`, unless given. */
  readonly domain?: string
}

/** How an interrupted start ends: before or after the cluster took the new peer in. */
export type Interruption = 'before-commit' | 'after-commit'

/** Several Qdrant servers that share what consensus agrees on. Time passes when it is asked. */
export class FakeCluster {
  readonly servers: Server[] = []
  readonly options: ClusterOptions
  /** Every consensus that a server founded; more than one is a split cluster. */
  readonly founded: Consensus[] = []
  /** Decides how a transfer ends, and after how many milliseconds. */
  transfer: (transfer: Omit<Transfer, 'endsAt' | 'outcome'>) => { readonly outcome: Outcome; readonly after: number } = () => ({
    outcome: 'finish',
    after: 30,
  })
  /** Every request as "POD METHOD PATH". */
  readonly requests: string[] = []
  /** Lets a test answer or break a request before the server does. */
  intercept: (server: Server, method: string, path: string) => Fate = () => 'pass'
  #nextPeer = 1001

  constructor(options: ClusterOptions) {
    this.options = options
  }

  /** Adds pods up to `count`; they are down and have empty disks. */
  addPods(count: number): void {
    const name = this.options.name ?? 'c-qdrant'
    for (let ordinal = this.servers.length; ordinal < count; ordinal += 1) {
      const pod = `${name}-${ordinal}`
      const storage = path.join(this.options.directory, pod, 'storage')
      mkdirSync(storage, { recursive: true })
      this.servers.push({
        pod,
        fqdn: `${pod}.${name}-headless.ns.${this.options.domain ?? 'svc'}`,
        ordinal,
        storage,
        health: 'down',
        peerId: undefined,
        consensus: undefined,
        removed: false,
        snapshots: new Map(),
      })
    }
  }

  /** The server of an ordinal. */
  at(ordinal: number): Server {
    const server = this.servers[ordinal]
    if (server === undefined) throw new Error(`no pod ${ordinal}`)
    return server
  }

  /** The only consensus; fails when the cluster split. */
  get consensus(): Consensus {
    const [only, second] = this.founded
    if (only === undefined || second !== undefined) throw new Error(`${this.founded.length} clusters were founded`)
    return only
  }

  /** The server that is a member under this peer id. */
  byPeer(peer: number): Server | undefined {
    return this.servers.find((s) => s.peerId === peer)
  }

  /** Starts a server with the arguments that a script gave it. */
  boot(server: Server, args: readonly string[], interruption?: Interruption): void {
    const uri = new URL(argument(args, '--uri') ?? 'http://missing:0')
    const bootstrap = argument(args, '--bootstrap')
    const disk = readRaft(server)
    server.removed = false
    if (disk !== undefined && disk.term > 0) {
      server.health = 'up'
      return
    }
    const peer = disk?.peer ?? this.#nextPeer++
    server.peerId = peer
    if (bootstrap === undefined) {
      this.#found(server, peer, uri.href)
    } else {
      writeRaft(server, { peer, term: 0, voters: [], address: uri.href })
      if (interruption === 'before-commit') return
      this.#join(server, peer, uri.href, new URL(bootstrap).hostname)
      if (interruption !== undefined) return
    }
    writeRaft(server, { peer, term: 1, voters: [peer], address: uri.href })
    server.consensus?.learners.delete(peer)
    server.health = 'up'
  }

  #found(server: Server, peer: number, uri: string): void {
    const consensus = newConsensus()
    consensus.members.set(peer, uri)
    consensus.leader = peer
    this.founded.push(consensus)
    server.consensus = consensus
  }

  /** AddPeerToKnown (src/tonic/api/raft_api.rs): 1.17 and later guard the address, 1.16 does not. */
  #join(server: Server, peer: number, uri: string, host: string): void {
    const target = this.servers.find((s) => s.fqdn === host && s.health === 'up')
    const consensus = target?.consensus
    if (consensus === undefined || target?.removed === true) throw new Error(`nothing to join at ${host}`)
    this.settle(consensus)
    const old = [...consensus.members].find(([id, address]) => address === uri && id !== peer)?.[0]
    if (old !== undefined && !(this.options.version ?? '1.18.3').startsWith('1.16.')) {
      if (holdsShards(consensus, old)) throw new Error(`peer URI ${uri} already used by peer ${old} which still has shards`)
      consensus.members.delete(old)
    }
    this.requireQuorum(consensus)
    if (!consensus.members.has(peer)) consensus.learners.add(peer)
    consensus.members.set(peer, uri)
    consensus.commit += 1
    server.consensus = consensus
  }

  /** Stops a server. What it held stays on its disk. */
  stop(server: Server): void {
    this.persist(server)
    server.health = 'down'
  }

  /** Writes directories that look like the shards a peer holds. */
  persist(server: Server): void {
    rmSync(path.join(server.storage, 'collections'), { recursive: true, force: true })
    for (const collection of server.consensus?.collections.values() ?? []) {
      for (const shard of collection.shards.values()) {
        const local = server.peerId !== undefined && shard.replicas.has(server.peerId)
        mkdirSync(path.join(server.storage, 'collections', collection.name, String(shard.id), ...(local ? ['segments'] : [])), { recursive: true })
      }
    }
  }

  /** Empties the disk of a pod that is down. */
  loseDisk(server: Server): void {
    rmSync(server.storage, { recursive: true, force: true })
    mkdirSync(server.storage, { recursive: true })
    server.peerId = undefined
    server.consensus = undefined
    server.removed = false
  }

  /** Ends the transfers whose time has come, and elects a leader when the old one is gone. */
  settle(consensus: Consensus): void {
    const now = Date.now()
    for (const collection of consensus.collections.values()) {
      for (const transfer of collection.transfers) {
        if (transfer.outcome === 'hang' || transfer.endsAt > now) continue
        const up = [transfer.from, transfer.to].every((p) => this.byPeer(p)?.health === 'up')
        endTransfer(collection, transfer, transfer.outcome === 'finish' && up)
      }
    }
    changeLeader(consensus, (id) => this.byPeer(id)?.health === 'up')
  }

  /** Refuses what needs consensus when too few members live. */
  requireQuorum(consensus: Consensus): void {
    if (!hasQuorum(consensus, (id) => this.byPeer(id)?.health === 'up')) {
      throw new Refusal(500, 'Service internal error: Waiting for consensus operation commit failed. Timeout set at: 10 seconds')
    }
    consensus.commit += 1
  }

  /** Removes a member, as the API does without force. */
  removePeer(consensus: Consensus, peer: number): void {
    if (holdsShards(consensus, peer)) throw new Refusal(400, `Bad request: Cannot remove peer ${peer} as there are shards on it`)
    this.requireQuorum(consensus)
    consensus.members.delete(peer)
    const server = this.byPeer(peer)
    if (server !== undefined && server.health !== 'down') server.removed = true
    this.settle(consensus)
  }

  /** Every point that an active copy holds, over all shards: what a client can read. */
  pointsOf(name: string): Map<number, Point> {
    const points = new Map<number, Point>()
    for (const shard of collectionNamed(this.consensus, name).shards.values()) {
      const readable = [...shard.replicas].filter(([peer]) => this.byPeer(peer) !== undefined).map(([, replica]) => replica)
      for (const [id, point] of activeCopy(readable)?.points ?? []) points.set(id, point)
    }
    return points
  }

  /** The collection of a name. */
  collection(name: string): Collection {
    return collectionNamed(this.consensus, name)
  }
}

/** The first active copy. */
export function activeCopy(replicas: Iterable<Replica>): Replica | undefined {
  return [...replicas].find((r) => r.state === 'Active')
}

function argument(args: readonly string[], name: string): string | undefined {
  const at = args.indexOf(name)
  return at < 0 ? undefined : args[at + 1]
}
