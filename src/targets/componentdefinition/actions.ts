import { type Entry, type Item, items, map, type Node, pair, scalar, seq } from '../../gotemplate/index.ts'
import type { Component } from '../../model/addon.ts'
import type { ComponentDefinitionLowering } from '../release.ts'
import { scriptPath } from '../shared/script-path.ts'
import { containerEnv } from './env.ts'

/** Longest time that an action may take from 1.0 on, in seconds; the operator ends it then (API.md 5.3). */
const MAX_TIMEOUT = 60

/** How long before its end an action stops by itself, in seconds, so that it says why and leaves things whole. */
const MARGIN = 5

/** What the operator tells an action about the member that leaves (API.md 5.3), in the words of the descriptor. */
const LEAVE_VARIABLES = {
  v1alpha1: {
    LEAVE_POD_NAME: '$KB_LEAVE_MEMBER_POD_NAME',
    LEAVE_POD_FQDN: '$KB_LEAVE_MEMBER_POD_NAME.$KB_CLUSTER_COMP_NAME-headless.$KB_NAMESPACE.svc',
  },
  v1: { LEAVE_POD_NAME: '$KB_LEAVE_MEMBER_POD_NAME', LEAVE_POD_FQDN: '$KB_LEAVE_MEMBER_POD_FQDN' },
} as const

/** `lifecycleActions` of a ComponentDefinition. */
export function lifecycleActions(lowering: ComponentDefinitionLowering, component: Component): Entry[] {
  const leave = component.memberLeave
  const container = component.containers.find(({ name }) => name === leave?.container)
  if (leave === undefined || container === undefined) return []
  const limit = Math.min(leave.timeout + MARGIN, MAX_TIMEOUT)
  const command = shellCall(scriptPath(component, container, leave.script), {
    ...LEAVE_VARIABLES[lowering.release.api],
    // The operator calls the action only for a member that goes.
    LEAVE_DECIDED: 'yes',
    LEAVE_TIMEOUT: String(limit - MARGIN),
  })
  const action = lowerAction(lowering, { container: container.name, command, timeout: limit, pods: 'Any', env: containerEnv(container) })
  return pair('lifecycleActions', map(pair('memberLeave', action, { origin: leave.origin })))
}

/** A command that sets variables, and becomes the script. The values are shell words that may expand variables. */
function shellCall(script: string, variables: Readonly<Record<string, string>>): readonly string[] {
  const settings = Object.entries(variables).map(([name, value]) => `${name}="${value}"`)
  return ['/bin/sh', '-c', `export ${settings.join(' ')}; exec ${script}`]
}

interface Action {
  /** Container whose image and mounts the action gets. */
  readonly container: string
  readonly command: readonly string[]
  readonly timeout: number
  readonly pods: 'Any' | 'All'
  /** Variables of the container, which the agent of 1.x does not have by itself. */
  readonly env: readonly Item[]
}

/**
 * An action in the form of the API version. The image is the container's own: 0.9 takes it from there, later ones by the action's key in the
 * ComponentVersion, so that it follows the engine's version.
 */
function lowerAction({ release }: ComponentDefinitionLowering, { container, command, timeout, pods, env }: Action): Node {
  const argv = pair('command', seq(command.map((word) => scalar(word))))
  const selector = pair('targetPodSelector', pods)
  switch (release.api) {
    case 'v1alpha1':
      return map(pair('customHandler', map(pair('exec', map(argv)), pair('container', container), selector, pair('timeoutSeconds', timeout))))
    case 'v1':
      return map(
        pair('exec', map(argv, pair('container', container), env.length === 0 ? [] : pair('env', items(env)))),
        selector,
        pair('timeoutSeconds', timeout),
      )
  }
}
