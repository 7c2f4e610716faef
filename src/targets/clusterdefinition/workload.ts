import { type Entry, map, type Node, pair, scalar, seq } from '../../gotemplate/index.ts'
import type { Component, Role, RoleProbe } from '../../model/addon.ts'
import type { ClusterDefinitionLowering } from '../release.ts'
import { PROBE_FAILURES } from '../shared/probe-failures.ts'
import { isolatedImage, isolatedProbe } from './commands.ts'
import { isLeader, learnerOf, roleSupport, workloadName } from './role-support.ts'

const STRATEGIES = { serial: 'Serial', bestEffortParallel: 'BestEffortParallel', parallel: 'Parallel' } as const

/** `workloadType`, and what belongs to it (API.md 2.1). */
export function workloadType(lowering: ClusterDefinitionLowering, component: Component): Entry[] {
  const { workload, origin } = component
  const type = workloadName(lowering, component)
  const field = pair('workloadType', scalar(type, workload === 'stateful' ? undefined : [...origin, 'workload']))
  const byCommand = roleSupport(lowering, component) === 'command' ? rsmSpec(lowering, component) : []
  switch (type) {
    case 'Stateless':
      return field
    case 'Stateful':
      return [...field, ...statefulSpec(lowering, component)]
    case 'Replication':
      return [...field, ...(byCommand.length > 0 ? byCommand : replicationSpec(lowering, component))]
    case 'Consensus':
      // With rsmSpec the other is there as well: the operator takes the leader of services from it.
      return [...field, ...consensusSpec(component), ...byCommand]
  }
}

function statefulSpec({ release }: ClusterDefinitionLowering, { updateStrategy, podManagement }: Component): Entry[] {
  if (!release.capabilities.updateStrategies.includes('Stateful') || (updateStrategy === undefined && podManagement === undefined)) return []
  const policy = podManagement === undefined ? undefined : podManagement === 'ordered' ? 'OrderedReady' : 'Parallel'
  // The policy counts only beside a low-level strategy, which takes the place of the other.
  const lowLevel =
    policy === undefined ? [] : [...pair('llPodManagementPolicy', policy), ...pair('llUpdateStrategy', map(pair('type', 'RollingUpdate')))]
  return pair('statefulSpec', map(updateStrategy === undefined ? [] : pair('updateStrategy', STRATEGIES[updateStrategy]), lowLevel))
}

function replicationSpec({ release }: ClusterDefinitionLowering, { updateStrategy = 'serial' }: Component): Entry[] {
  if (!release.capabilities.updateStrategies.includes('Replication')) return []
  return pair('replicationSpec', map(pair('updateStrategy', STRATEGIES[updateStrategy])))
}

/** Leader, followers that vote, and at most one role of learners that do not. */
function consensusSpec({ roles, updateStrategy = 'serial' }: Component): Entry[] {
  const member = (role: Role) => map(pair('name', scalar(role.name, role.origin)), pair('accessMode', accessMode(role)))
  const leader = roles.find(isLeader)
  const followers = roles.filter((role) => role !== leader && role.isInQuorum)
  const learner = learnerOf(roles)
  return pair(
    'consensusSpec',
    map(
      leader === undefined ? [] : pair('leader', member(leader)),
      followers.length === 0 ? [] : pair('followers', seq(followers.map(member))),
      learner === undefined ? [] : pair('learner', member(learner)),
      pair('updateStrategy', STRATEGIES[updateStrategy]),
    ),
  )
}

function accessMode({ isWritable, isReadable }: Role): string {
  return isWritable ? 'ReadWrite' : isReadable ? 'Readonly' : 'None'
}

/** Roles with a command that tells them (0.7, 0.8). */
function rsmSpec(lowering: ClusterDefinitionLowering, component: Component): Entry[] {
  const { roles, lifecycle, updateStrategy = 'serial' } = component
  const probe = lifecycle?.roleProbe
  const list = roles.map((role) =>
    map(
      pair('name', scalar(role.name, role.origin)),
      pair('accessMode', accessMode(role)),
      pair('canVote', role.isInQuorum || isLeader(role)),
      pair('isLeader', isLeader(role)),
    ),
  )
  return pair(
    'rsmSpec',
    map(
      pair('roles', seq(list)),
      probe === undefined ? [] : pair('roleProbe', commandProbe(lowering, component, probe), { origin: probe.origin }),
      pair('memberUpdateStrategy', STRATEGIES[updateStrategy]),
    ),
  )
}

function commandProbe(lowering: ClusterDefinitionLowering, component: Component, probe: RoleProbe): Node {
  const handler = map(isolatedImage(lowering, component), pair('command', isolatedProbe(component, probe.run)))
  return map(pair('customHandler', seq([handler])), pair('initialDelaySeconds', probe.delay), times(probe))
}

function times({ period, timeout, failures = PROBE_FAILURES }: RoleProbe): Entry[] {
  return [...pair('periodSeconds', period), ...pair('timeoutSeconds', timeout), ...pair('failureThreshold', failures)]
}

/** `probes`, where the operator asks the engine by itself. It counts at least two failures. */
export function roleProbe(lowering: ClusterDefinitionLowering, component: Component): Entry[] {
  const probe = component.lifecycle?.roleProbe
  if (probe === undefined || roleSupport(lowering, component) !== 'built-in') return []
  return pair('probes', map(pair('roleProbe', map(times({ ...probe, failures: Math.max(probe.failures ?? PROBE_FAILURES, 2) })))), {
    origin: probe.origin,
  })
}
