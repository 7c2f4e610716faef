import { invariant } from '../../diagnostics/index.ts'
import { type Entry, type Item, items, map, type Node, pair, scalar, seq } from '../../gotemplate/index.ts'
import type { Action, ActionName, Component, Line, RoleProbe, Run, Sharding } from '../../model/addon.ts'
import { actionsOf } from '../../model/lifecycle.ts'
import { scriptsName } from '../names.ts'
import type { ComponentDefinitionLowering } from '../release.ts'
import { escapeForKubelet } from '../shared/backup-scripts.ts'
import { imageReference } from '../shared/images.ts'
import { canRunInJob } from '../shared/jobs.ts'
import { PROBE_FAILURES } from '../shared/probe-failures.ts'
import { scriptPath } from '../shared/script-path.ts'
import { ACTION_VARIABLES, type CalledAction } from './action-variables.ts'
import { type Definition, defaultVersion } from './definitions.ts'
import { containerEnv } from './env.ts'

/** The container that actions run in. */
export function actionContainer({ lifecycle, containers }: Component): string {
  return lifecycle?.container ?? containers[0]?.name ?? ''
}

/** How long before its end a member that leaves stops by itself, in seconds, so that it says why and leaves things whole. */
const LEAVE_MARGIN = 5

/** Actions that are jobs of their own in 0.9: release-0.9:pkg/controller/component/component_lifecycle_action_utils.go renderActionCmdJob. */
const JOBS: readonly string[] = ['postProvision', 'preTerminate', 'switchover']

/** Whether an action is a job of its own, in an image that it has to name. */
export function isJob({ release }: ComponentDefinitionLowering, name: string): boolean {
  return release.api === 'v1alpha1' && JOBS.includes(name)
}

/** Whether the release calls an action, and can: in 0.9 a switchover is a job. */
export function isCalled({ release }: ComponentDefinitionLowering, component: Component, name: ActionName, action: Action): boolean {
  if (release.uncalledActions.includes(name)) return false
  return release.api === 'v1' || name !== 'switchover' || canRunInJob(component, action)
}

/** `lifecycleActions` of a ComponentDefinition. */
export function lifecycleActions(lowering: ComponentDefinitionLowering, definition: Definition): Entry[] {
  const { lifecycle } = definition.component
  if (lifecycle === undefined) return []
  const form = actionForm(lowering, definition, lifecycle.container)
  const actions = actionsOf(lifecycle)
    .filter(([name, action]) => isCalled(lowering, definition.component, name, action))
    .flatMap(([name, action]) => pair(name, form.action(name, action), { origin: action.origin }))
  const probe = lifecycle.roleProbe === undefined ? [] : pair('roleProbe', form.probe(lifecycle.roleProbe), { origin: lifecycle.roleProbe.origin })
  return pair('lifecycleActions', map(probe, actions), { origin: lifecycle.origin })
}

/** `lifecycleActions` of a ShardingDefinition: what is done when a shard comes or goes. None where nothing calls them. */
export function shardActions(lowering: ComponentDefinitionLowering, definition: Definition, { shardAdd, shardRemove, origin }: Sharding): Entry[] {
  if (!lowering.release.callsShardActions) return []
  const form = actionForm(lowering, definition, actionContainer(definition.component))
  const action = (name: 'shardAdd' | 'shardRemove', value: Action | undefined) =>
    value === undefined ? [] : pair(name, form.action(name, value), { origin: value.origin })
  const actions = [...action('shardAdd', shardAdd), ...action('shardRemove', shardRemove)]
  return actions.length === 0 ? [] : pair('lifecycleActions', map(actions), { origin })
}

/** Ways to write actions and probes in the form of an API version (API.md 2.4, 2.5, table of renames). */
interface ActionForm {
  action(name: CalledAction, action: Action): Node
  probe(probe: RoleProbe): Node
}

/**
 * All actions of a component run in one container. The image is the container's own: 0.9 takes it from there, later ones by the action's key
 * in the ComponentVersion, so that it follows the engine's version.
 */
function actionForm(lowering: ComponentDefinitionLowering, { component, line }: Definition, host: string): ActionForm {
  const container = component.containers.find(({ name }) => name === host)
  const env: readonly Item[] = container === undefined ? [] : containerEnv(lowering.release, container)
  const argv = (run: Run, variables: Readonly<Record<string, string>> = {}) => words(commandOf(component, host, run, variables))
  const exec = (run: Run, variables: Readonly<Record<string, string>> = {}) =>
    pair('exec', map(argv(run, variables), pair('container', host), env.length === 0 ? [] : pair('env', items(env))))
  const handler = (run: Run, variables: Readonly<Record<string, string>>, rest: readonly Entry[]) =>
    map(pair('exec', map(argv(run, variables))), pair('container', host), rest)
  const rest = (name: CalledAction, action: Action) => [
    ...selector(name, action),
    ...preCondition(action),
    ...pair('timeoutSeconds', action.timeout),
    ...(action.retries === undefined ? [] : pair('retryPolicy', map(pair('maxRetries', action.retries)))),
  ]
  const job = (name: CalledAction, action: Action) =>
    map(
      jobImage(lowering, component, line),
      pair('exec', map(words(commandOf(component, scriptContainer(component) ?? host, action.run, variablesOf('v1alpha1', name, action))))),
      pair('container', host),
      rest(name, action),
    )
  const times = ({ delay, period, timeout }: RoleProbe) => [
    ...pair('initialDelaySeconds', delay),
    ...pair('periodSeconds', period),
    ...pair('timeoutSeconds', timeout),
  ]
  switch (lowering.release.api) {
    case 'v1alpha1':
      return {
        action: (name, action) =>
          name === 'switchover'
            ? switchoverJob(lowering, component, line, action)
            : map(
                pair(
                  'customHandler',
                  isJob(lowering, name) ? job(name, action) : handler(action.run, variablesOf('v1alpha1', name, action), rest(name, action)),
                ),
              ),
        probe: (probe) => map(pair('customHandler', handler(probe.run, {}, [])), times(probe)),
      }
    case 'v1':
      return {
        action: (name, action) => map(exec(action.run, variablesOf('v1', name, action)), rest(name, action)),
        probe: (probe) => map(exec(probe.run), times(probe), pair('failureThreshold', probe.failures ?? PROBE_FAILURES)),
      }
  }
}

/**
 * In 0.9 a switchover is a job of its own, with the scripts where the first container has them. Its image cannot follow the version of the
 * engine: it is that of the default version.
 */
function switchoverJob(lowering: ComponentDefinitionLowering, component: Component, line: Line, action: Action): Node {
  const { addon } = lowering
  const [first] = component.containers
  const command = commandOf(component, first?.name ?? '', action.run, variablesOf('v1alpha1', 'switchover', action))
  const job = map(jobImage(lowering, component, line), pair('exec', map(words(command))))
  const hasScripts = first?.mounts.some(({ volume }) => volume === component.scripts?.volume) === true
  const scripts = !hasScripts ? [] : pair('scriptSpecSelectors', seq([map(pair('name', scriptsName(addon.name, component)))]))
  return map(pair('withCandidate', job), pair('withoutCandidate', job), scripts)
}

/** The image of a job: that of the container actions run in, in the default version. */
function jobImage({ addon }: ComponentDefinitionLowering, component: Component, line: Line): Entry[] {
  const container = component.containers.find(({ name }) => name === actionContainer(component))
  const image = addon.images.find(({ name }) => name === container?.image)
  const version = defaultVersion(line)
  return image === undefined || version === undefined ? [] : pair('image', imageReference(image, version))
}

/** The container whose mount of the scripts a job gets: the first that has them. */
function scriptContainer({ containers, scripts }: Component): string | undefined {
  return containers.find(({ mounts }) => mounts.some(({ volume }) => volume === scripts?.volume))?.name
}

function words(command: readonly string[]): Entry[] {
  return pair('command', seq(command.map((word) => scalar(escapeForKubelet(word)))))
}

/** What the action is told, in the words of the descriptor. */
function variablesOf(api: 'v1alpha1' | 'v1', name: CalledAction, action: Action): Readonly<Record<string, string>> {
  const told = ACTION_VARIABLES[api][name] ?? {}
  // The operator calls the action only for a member that goes, for good.
  return name === 'memberLeave' ? { ...told, LEAVE_DECIDED: 'yes', LEAVE_TIMEOUT: String(Math.max(action.timeout - LEAVE_MARGIN, 1)) } : told
}

/** The command of an action. With variables it is a shell that sets them and becomes the command. */
function commandOf(component: Component, name: string, run: Run, variables: Readonly<Record<string, string>>): readonly string[] {
  const command = run.kind === 'exec' ? run.command : [scriptIn(component, name, run.script)]
  const settings = Object.entries(variables).map(([variable, value]) => `${variable}="${value}"`)
  return settings.length === 0 ? command : ['/bin/sh', '-c', `export ${settings.join(' ')}; exec "$@"`, 'sh', ...command]
}

/** The path of a script in a container. */
function scriptIn(component: Component, name: string, script: string): string {
  const container = component.containers.find((candidate) => candidate.name === name)
  invariant(container !== undefined, `"${script}" is called in the container "${name}", which there is not`)
  return scriptPath(component, container, script)
}

/** The pods that an action runs on. A member that leaves may be dead, so that any pod does it, unless the author says otherwise. */
function selector(name: CalledAction, { pods }: Action): Entry[] {
  const chosen = pods ?? (name === 'memberLeave' ? 'any' : undefined)
  switch (chosen) {
    case undefined:
      return []
    case 'any':
      return pair('targetPodSelector', 'Any')
    case 'all':
      return pair('targetPodSelector', 'All')
    default:
      return [...pair('targetPodSelector', 'Role'), ...pair('matchingKey', chosen)]
  }
}

function preCondition(action: Action): Entry[] {
  if (!('when' in action)) return []
  const conditions: Readonly<Record<string, string>> = {
    immediately: 'Immediately',
    componentReady: 'ComponentReady',
    clusterReady: 'ClusterReady',
  }
  return pair('preCondition', conditions[String(action.when)])
}
