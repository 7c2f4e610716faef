import { CLUSTER_NAMES, POD_NAMES } from './injected.ts'
import type { OperatorRelease } from './releases.ts'

/** What members of a component were told in ConfigMaps of variables: numbers, host names, leaders, uids. Some have the type in their name. */
const MEMBERS =
  /^KB_(?:[A-Z0-9_]+_)?(?:N|\d+_HOSTNAME|CLUSTER_UID)$|^KB_(?:RSM_|ITS_)?(?:REPLICA_COUNT|LEADER|FOLLOWERS|OWNER_UID|OWNER_UID_SUFFIX8)$|^KB_POD_LIST$/
/** What actions were told by the agent of those releases. */
const OF_AGENT: ReadonlySet<string> = new Set(['KB_SERVICE_PORT', 'KB_SERVICE_USER', 'KB_SERVICE_PASSWORD'])

/** Whether a variable was in engine containers or actions in an earlier release, and is in none of this one. */
export function formerVariable(release: OperatorRelease, name: string): boolean {
  if (release.injects) return false
  return POD_NAMES.has(name) || CLUSTER_NAMES.has(name) || MEMBERS.test(name) || OF_AGENT.has(name)
}
