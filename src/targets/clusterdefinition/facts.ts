import type { Path } from '../../diagnostics/index.ts'
import { type Entry, map, pair, scalar, seq } from '../../gotemplate/index.ts'
import type { Component, Container, EnvVar, Fact, FactValue, MemberLeave } from '../../model/addon.ts'
import { scriptPath } from '../shared/script-path.ts'
import { isScripted } from './env-source.ts'

/** The downward file with the wanted number of replicas (API.md 5.5: on all pods of 0.5 to 0.8). */
export const ANNOTATIONS = {
  volume: 'annotations',
  path: '/etc/annotations',
  file: 'component-replicas',
  annotation: 'apps.kubeblocks.io/component-replicas',
} as const

/** Facts that the generated preStop hook works with. */
const LEAVE_FACTS: readonly { readonly name: string; readonly fact: Fact; readonly live: boolean }[] = [
  { name: 'POD_NAME', fact: 'podName', live: false },
  { name: 'PEER_FQDNS', fact: 'podFQDNs', live: false },
  { name: 'REPLICAS', fact: 'replicas', live: true },
]

/** How long before the end of the grace period the hook gives up by itself, in seconds, so that what it says can still be read. */
const HOOK_MARGIN = 60

/** A fact that no variable of the operator holds, so that facts.sh has to set it. */
export interface ScriptedFact {
  readonly name: string
  readonly fact: 'podFQDNs' | 'podNames' | 'replicas' | 'clusterUID'
  readonly live: boolean
  readonly origin: Path
}

/** A fact about the component itself. */
function ownFact(fact: Fact, live: boolean): FactValue {
  return { kind: 'fact', fact, live, of: undefined, optional: false, service: undefined, port: undefined }
}

/** The facts that facts.sh sets for a container. */
export function scriptedFacts(component: Component, container: Container): readonly ScriptedFact[] {
  return [...container.env, ...leaveEnv(component, container)].flatMap(({ name, value, origin }) =>
    value.kind === 'fact' && value.of === undefined && isScripted(value.fact) ? [{ name, fact: value.fact, live: value.live, origin }] : [],
  )
}

/** Whether a container needs the file with the wanted number of replicas. */
export function needsAnnotations(component: Component, container: Container): boolean {
  return scriptedFacts(component, container).some(({ fact }) => fact !== 'clusterUID')
}

/** The member leave that a container runs as a preStop hook: the one it is for, where the scripts are mounted, with the generated hook among them. */
function hookIn({ lifecycle, scripts }: Component, { name, mounts }: Container): MemberLeave | undefined {
  const hasScripts = scripts !== undefined && mounts.some(({ volume }) => volume === scripts.volume)
  return lifecycle?.container === name && hasScripts ? lifecycle.memberLeave : undefined
}

/** Whether a component has a member leave that no preStop hook can run. */
export function isLeaveLost(component: Component): boolean {
  return component.lifecycle?.memberLeave !== undefined && !component.containers.some((container) => hookIn(component, container) !== undefined)
}

/** Variables of the container that leaves: the facts of the hook it does not have already, and its times. */
export function leaveEnv(component: Component, container: Container): readonly EnvVar[] {
  const leave = hookIn(component, container)
  if (leave === undefined) return []
  const has = new Set(container.env.map(({ name }) => name))
  const facts = LEAVE_FACTS.filter(({ name }) => !has.has(name)).map(
    ({ name, fact, live }): EnvVar => ({ name, origin: leave.origin, value: ownFact(fact, live) }),
  )
  const time = (name: string, value: number): EnvVar => ({ name, origin: leave.origin, value: { kind: 'text', text: String(value) } })
  const times = [time('LEAVE_TIMEOUT', leave.timeout), time('PRE_STOP_TIMEOUT', Math.max(gracePeriod(component) - HOOK_MARGIN, 1))]
  return [...facts, ...times.filter(({ name }) => !has.has(name))]
}

/** Seconds between the stop signal and the kill. */
export function gracePeriod({ pod, lifecycle }: Component): number {
  const own = pod.terminationGracePeriodSeconds
  return typeof own === 'number' ? own : (lifecycle?.memberLeave?.drain ?? 30)
}

/** The preStop hook that runs the leave script behind its guard. */
export function leaveHook(component: Component, container: Container): Entry[] {
  const leave = hookIn(component, container)
  if (leave === undefined) return []
  const command = seq([scalar(scriptPath(component, container, 'pre-stop.sh'))])
  return pair('lifecycle', map(pair('preStop', map(pair('exec', map(pair('command', command)))))), { origin: leave.origin })
}
