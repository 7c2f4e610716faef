import type { Component, Role } from '../../model/addon.ts'
import type { ClusterDefinitionLowering } from '../release.ts'

/** How a component's roles are lowered. */
export type RoleSupport =
  /** The component has none. */
  | 'none'
  /** The operator asks the engine by itself. */
  | 'built-in'
  /** A command tells the role, in a container of its own. */
  | 'command'
  /** Nothing can tell them, so the pods count as alike. */
  | 'lost'

/** What becomes of the roles of a component. A component whose roles nobody tells would never be ready, so it is lowered without them. */
export function roleSupport({ addon, release }: Pick<ClusterDefinitionLowering, 'addon' | 'release'>, { roles, workload }: Component): RoleSupport {
  if (roles.length === 0) return 'none'
  if (workload === 'stateful') return 'lost'
  const { builtInRoleProbes, roleProbeCommand } = release.capabilities
  const canAsk = workload === 'consensus' || hasReplicationNames(roles)
  if (canAsk && builtInRoleProbes.includes(addon.engine)) return 'built-in'
  return roleProbeCommand ? 'command' : 'lost'
}

/** The `workloadType` of a component. */
export function workloadName(lowering: ClusterDefinitionLowering, component: Component): 'Stateless' | 'Stateful' | 'Replication' | 'Consensus' {
  const { workload, roles } = component
  if (workload === 'stateless') return 'Stateless'
  const support = roleSupport(lowering, component)
  if (support === 'none' || support === 'lost') return 'Stateful'
  return workload === 'replication' && hasReplicationNames(roles) ? 'Replication' : 'Consensus'
}

/** The names of the roles are fixed in a Replication (API.md 3.2). */
function hasReplicationNames(roles: readonly Role[]): boolean {
  return roles.every(({ name }) => name === 'primary' || name === 'secondary')
}

/** The role that clients write to. */
export function isLeader({ isWritable, isExclusive }: Role): boolean {
  return isWritable && isExclusive
}

/** The one role outside of the quorum that a consensusSpec can name. */
export function learnerOf(roles: readonly Role[]): Role | undefined {
  return roles.find((role) => !isLeader(role) && !role.isInQuorum)
}

/** Whether the operator can make the engine read-only: only its own probes know how (0.6 and later). */
export function protectsVolumes(lowering: ClusterDefinitionLowering, component: Component): boolean {
  return lowering.release.capabilities.volumeProtection && roleSupport(lowering, component) === 'built-in'
}
