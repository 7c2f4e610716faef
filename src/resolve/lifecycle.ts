import type { Path } from '../diagnostics/index.ts'
import type { Action as ActionDescriptor, Component as ComponentDescriptor, Lifecycle as LifecycleDescriptor } from '../generated/addon.ts'
import type { Action, ActionName, Container, Lifecycle, Role, RoleProbe, Run, Sharding } from '../model/addon.ts'
import { checkPodChoice } from './roles.ts'
import { exactlyOne, type Scope, seconds } from './scope.ts'

/** Longest time that KubeBlocks 1.x lets an action run, in seconds (API.md 5.3). */
const LONGEST_ACTION = 60

/** What actions may refer to. */
export interface ActionScope {
  readonly containers: readonly Container[]
  readonly scripts: readonly string[]
  readonly roles: readonly Role[]
}

/** The actions of a component, with everything they refer to checked. */
export function resolveLifecycle(scope: Scope, { lifecycle }: ComponentDescriptor, origin: Path, declared: ActionScope): Lifecycle | undefined {
  if (lifecycle === undefined) return undefined
  const path: Path = [...origin, 'lifecycle']
  const names = declared.containers.map(({ name }) => name)
  if (lifecycle.container !== undefined) scope.isDeclared('container', lifecycle.container, names, [...path, 'container'])
  const action = (name: ActionName, timeout?: string) => resolveAction(scope, lifecycle[name], [...path, name], declared, timeout)
  const leave = action('memberLeave', '50s')
  const provision = action('postProvision')
  if (lifecycle.switchover !== undefined && !declared.roles.some(({ isExclusive }) => isExclusive))
    scope.problem('addon/workload', [...path, 'switchover'], 'There is no exclusive role that a switchover could hand over.', {
      at: 'key',
      hint: 'mark a role with exclusive: true',
    })
  return {
    container: lifecycle.container ?? names[0] ?? '',
    roleProbe: resolveRoleProbe(scope, lifecycle, path, declared),
    memberJoin: action('memberJoin'),
    memberLeave: leave === undefined ? undefined : { ...leave, drain: seconds(lifecycle.memberLeave?.drain ?? '30m') },
    switchover: action('switchover'),
    postProvision: provision === undefined ? undefined : { ...provision, when: lifecycle.postProvision?.when ?? 'componentReady' },
    preTerminate: action('preTerminate'),
    accountProvision: action('accountProvision'),
    reconfigure: action('reconfigure'),
    dataDump: action('dataDump'),
    dataLoad: action('dataLoad'),
    origin: path,
  }
}

/** One action; nothing when it is not there, or does not say what to run. */
function resolveAction(
  scope: Scope,
  action: ActionDescriptor | undefined,
  origin: Path,
  declared: ActionScope,
  usualTimeout = '30s',
): Action | undefined {
  if (action === undefined) return undefined
  const run = resolveRun(scope, action, origin, declared)
  checkPodChoice(scope, action.pods, declared.roles, [...origin, 'pods'])
  const timeout = actionTimeout(scope, action.timeout ?? usualTimeout, origin)
  return run === undefined ? undefined : { run, timeout, isTimed: action.timeout !== undefined, pods: action.pods, retries: action.retries, origin }
}

function resolveRoleProbe(scope: Scope, { roleProbe }: LifecycleDescriptor, path: Path, declared: ActionScope): RoleProbe | undefined {
  if (roleProbe === undefined) return undefined
  const origin: Path = [...path, 'roleProbe']
  const run = resolveRun(scope, roleProbe, origin, declared)
  if (declared.roles.length === 0)
    scope.problem('addon/workload', origin, 'The component has no roles that a probe could tell.', { at: 'key', hint: 'add roles: {...}' })
  const timeout = actionTimeout(scope, roleProbe.timeout ?? '1s', origin)
  if (run === undefined) return undefined
  return {
    run,
    delay: roleProbe.delay === undefined ? undefined : seconds(roleProbe.delay),
    period: seconds(roleProbe.period ?? '2s'),
    timeout,
    failures: roleProbe.failures,
    origin,
  }
}

function resolveRun(
  scope: Scope,
  action: { readonly script?: string; readonly exec?: readonly string[] },
  origin: Path,
  { scripts }: ActionScope,
): Run | undefined {
  const kind = exactlyOne(scope, action, ['script', 'exec'], origin)
  if (kind === 'exec') return { kind, command: action.exec ?? [] }
  if (kind === undefined || action.script === undefined) return undefined
  scope.isDeclared('script', action.script, scripts, [...origin, 'script'])
  return { kind, script: action.script }
}

function actionTimeout(scope: Scope, duration: string, origin: Path): number {
  const time = seconds(duration)
  if (time > LONGEST_ACTION)
    scope.problem(
      'addon/action-timeout',
      [...origin, 'timeout'],
      `KubeBlocks ends an action after ${LONGEST_ACTION} s, whatever it is given; ${duration} is longer.`,
      {
        hint: 'do one step within 60s and exit non-zero until all is done: the action is called again',
      },
    )
  return time
}

/** Limits of the shards a component is the template of, and what happens when their number changes. */
export function resolveSharding(scope: Scope, { sharding }: ComponentDescriptor, path: Path, declared: ActionScope): Sharding | undefined {
  if (sharding === undefined) return undefined
  const origin: Path = [...path, 'sharding']
  const { minimum = 1, maximum } = sharding
  if (minimum > maximum)
    scope.problem('schema/range', [...origin, 'maximum'], `The fewest shards are ${minimum}, more than the ${maximum} that are the most.`, {
      hint: `write maximum: ${minimum} or more, or a smaller minimum`,
    })
  const action = (name: 'shardAdd' | 'shardRemove') => resolveAction(scope, sharding[name], [...origin, name], declared)
  return { minimum, maximum, shardAdd: action('shardAdd'), shardRemove: action('shardRemove'), origin }
}
