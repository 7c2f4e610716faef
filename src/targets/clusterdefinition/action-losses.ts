import type { Action, ActionName, Component } from '../../model/addon.ts'
import { actionsOf } from '../../model/lifecycle.ts'
import type { ClusterDefinitionLowering } from '../release.ts'
import { givenParts } from '../shared/action-parts.ts'
import type { Lost } from '../shared/lost.ts'
import { WITHOUT } from '../shared/lost-actions.ts'
import { runName } from '../shared/run.ts'
import { hasPostStart, hasSwitchover } from './commands.ts'
import { isLeaveLost } from './facts.ts'

/** Actions that no generation of the family has. */
const NEVER: readonly ActionName[] = ['memberJoin', 'preTerminate', 'accountProvision', 'reconfigure', 'dataDump', 'dataLoad']

/** Reports the actions of a component that are not called, or otherwise than they should be. */
export function reportActions(lowering: ClusterDefinitionLowering, component: Component, lost: Lost): void {
  const { lifecycle, sharding } = component
  const report = (action: Action, consequence: string) =>
    lost('target/action-lost', action.origin, `"${runName(action.run)}" is not called: ${consequence}.`)
  for (const action of [sharding?.shardAdd, sharding?.shardRemove]) if (action !== undefined) report(action, 'there is a single shard')
  if (lifecycle === undefined) return
  for (const [name, action] of actionsOf(lifecycle)) if (NEVER.includes(name)) report(action, WITHOUT[name])
  const { memberLeave, switchover, postProvision } = lifecycle
  const given = (action: Action, kept: readonly string[] = []) => {
    for (const { part, what } of givenParts(action))
      if (!kept.includes(part)) lost('target/field-lost', [...action.origin, part], `"${runName(action.run)}" runs ${what}.`)
  }
  if (memberLeave !== undefined) {
    const what = isLeaveLost(component)
      ? `"${runName(memberLeave.run)}" is not called, because its container mounts no scripts: a member that goes takes with it what it holds.`
      : `"${runName(memberLeave.run)}" runs in a preStop hook: the grace period cuts it off, and it does not run when a node fails.`
    lost('target/unsafe-member-leave', memberLeave.origin, what)
    if (!isLeaveLost(component)) given(memberLeave, ['timeout'])
  }
  if (switchover !== undefined && !hasSwitchover(lowering, component)) report(switchover, WITHOUT.switchover)
  else if (switchover !== undefined) given(switchover)
  if (postProvision === undefined) return
  if (!hasPostStart(lowering, component)) {
    report(postProvision, WITHOUT.postProvision)
    return
  }
  lost('target/action-image', postProvision.origin, `"${runName(postProvision.run)}" runs as a job, in the image of the default version.`)
  given(postProvision)
  if (postProvision.when !== 'componentReady')
    lost('target/action-lost', [...postProvision.origin, 'when'], `"${runName(postProvision.run)}" runs once its component is ready.`)
}
