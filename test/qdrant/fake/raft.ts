import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

type Disk = { readonly storage: string }

/** What a disk says about the cluster that a server is in. */
interface RaftState {
  readonly peer: number
  readonly term: number
  readonly voters: readonly number[]
  readonly address: string
}

/** Reads which peer a disk belongs to, and whether it was ever in a cluster. */
export function readRaft({ storage }: Disk): { readonly peer: number; readonly term: number } | undefined {
  const file = path.join(storage, 'raft_state.json')
  if (!existsSync(file)) return undefined
  const read = JSON.parse(readFileSync(file, 'utf8')) as { this_peer_id: number; state: { hard_state: { term: number } } }
  return { peer: read.this_peer_id, term: read.state.hard_state.term }
}

/** Writes raft_state.json as lib/storage/src/content_manager/consensus/persistent.rs does. */
export function writeRaft({ storage }: Disk, raft: RaftState): void {
  const state = {
    state: {
      hard_state: { term: raft.term, vote: 0, commit: raft.term },
      conf_state: { voters: raft.voters, learners: [], voters_outgoing: [], learners_next: [], auto_leave: false },
    },
    latest_snapshot_meta: { term: 0, index: 0 },
    peer_address_by_id: raft.term === 0 && raft.voters.length === 0 ? {} : { [raft.peer]: raft.address },
    this_peer_id: raft.peer,
  }
  writeFileSync(path.join(storage, 'raft_state.json'), JSON.stringify(state))
}
