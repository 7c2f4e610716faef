import type { Component } from '../../model/addon.ts'
import { actionsOf } from '../../model/lifecycle.ts'
import type { ComponentDefinitionLowering } from '../release.ts'
import { givenParts } from '../shared/action-parts.ts'
import type { Lost } from '../shared/lost.ts'
import { WITHOUT } from '../shared/lost-actions.ts'
import { runName } from '../shared/run.ts'
import { isCalled, isJob } from './actions.ts'

/** Reports the actions of a component that are not called, or otherwise than they say. */
export function reportActions(lowering: ComponentDefinitionLowering, component: Component, lost: Lost): void {
  const { release } = lowering
  const { lifecycle, sharding } = component
  for (const action of [sharding?.shardAdd, sharding?.shardRemove]) {
    if (action !== undefined && !release.callsShardActions)
      lost('target/action-lost', action.origin, `"${runName(action.run)}" is not called: data is moved between shards by hand.`)
  }
  for (const [name, action] of lifecycle === undefined ? [] : actionsOf(lifecycle)) {
    const called = `"${runName(action.run)}"`
    if (!isCalled(lowering, component, name, action)) {
      const why = name === 'switchover' ? ', because the first container mounts no scripts' : ''
      lost('target/action-lost', action.origin, `${called} is not called${why}: ${WITHOUT[name]}.`)
      continue
    }
    if (release.api === 'v1') continue
    if (isJob(lowering, name)) lost('target/action-image', action.origin, `${called} runs as a job, in the image of the default version.`)
    for (const { part, what } of givenParts(action)) {
      const counts = isJob(lowering, name) && name !== 'switchover' && (part === 'retries' || (part === 'pods' && action.pods !== 'all'))
      if (!counts) lost('target/field-lost', [...action.origin, part], `${called} runs ${what}.`)
    }
  }
}
