import type { Action, Component, Lifecycle } from '../../model/addon.ts'
import type { ClusterDefinitionLowering } from '../release.ts'
import { runName } from '../shared/run.ts'
import { hasPostStart, hasSwitchover } from './commands.ts'
import { isLeaveLost } from './facts.ts'
import type { Lost } from './lost.ts'

/** Actions that no generation of the family has, and what comes of that. */
const NEVER: readonly (readonly [keyof Lifecycle, string])[] = [
  ['memberJoin', 'a new pod has to join by itself when it starts'],
  ['preTerminate', 'whatever it cleans up outside of the cluster stays behind'],
  ['accountProvision', 'accounts that are not there from the start are made by hand'],
  ['reconfigure', 'the engine has to notice changed files by itself, or is restarted'],
  ['dataDump', 'a new pod starts empty, and copies its data from the others by the means of the engine'],
  ['dataLoad', 'a new pod starts empty, and copies its data from the others by the means of the engine'],
]

/** Reports the actions of a component that are not called, or otherwise than they should be. */
export function reportActions(lowering: ClusterDefinitionLowering, component: Component, lost: Lost): void {
  const { lifecycle, sharding } = component
  const report = (action: Action, consequence: string) =>
    lost('target/action-lost', action.origin, `"${runName(action.run)}" is not called: ${consequence}.`)
  for (const action of [sharding?.shardAdd, sharding?.shardRemove]) if (action !== undefined) report(action, 'there is a single shard')
  if (lifecycle === undefined) return
  for (const [name, consequence] of NEVER) {
    const action = lifecycle[name]
    if (typeof action === 'object' && 'run' in action && 'retries' in action) report(action, consequence)
  }
  const { memberLeave, switchover, postProvision } = lifecycle
  if (memberLeave !== undefined) {
    const what = isLeaveLost(component)
      ? `"${runName(memberLeave.run)}" is not called, because its container mounts no scripts: a member that goes takes with it what it holds.`
      : `"${runName(memberLeave.run)}" runs in a preStop hook: the grace period cuts it off, and it does not run when a node fails.`
    lost('target/unsafe-member-leave', memberLeave.origin, what)
  }
  if (switchover !== undefined && !hasSwitchover(lowering, component))
    report(switchover, 'the role is handed over by the means of the engine, when its pod stops')
  if (postProvision === undefined) return
  if (!hasPostStart(lowering, component)) {
    report(postProvision, 'what it sets up has to be set up by hand, once for each cluster')
    return
  }
  lost('target/action-image', postProvision.origin, `"${runName(postProvision.run)}" runs as a job, in the image of the default version.`)
  if (postProvision.when !== 'componentReady')
    lost('target/action-lost', [...postProvision.origin, 'when'], `"${runName(postProvision.run)}" runs once its component is ready.`)
}
