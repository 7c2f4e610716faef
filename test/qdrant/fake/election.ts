import type { Consensus } from './model.ts'

/** Whether more than half of the members live. */
export function hasQuorum(consensus: Consensus, lives: (peer: number) => boolean): boolean {
  const voters = [...consensus.members.keys()].filter((peer) => !consensus.learners.has(peer))
  return voters.filter(lives).length * 2 > voters.length
}

/** Elects the first living member when the leader is gone and most members live. */
export function changeLeader(consensus: Consensus, lives: (peer: number) => boolean): void {
  if (!hasQuorum(consensus, lives)) {
    consensus.leader = undefined
    return
  }
  if (consensus.leader !== undefined && consensus.members.has(consensus.leader) && lives(consensus.leader)) return
  consensus.leader = [...consensus.members.keys()].find(lives)
  consensus.term += 1
}
