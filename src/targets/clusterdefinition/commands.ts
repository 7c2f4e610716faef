import { type Entry, map, type Node, pair, scalar, seq } from '../../gotemplate/index.ts'
import type { Action, Component, Container, EngineVersion, Image, ResolvedAddon, Run } from '../../model/addon.ts'
import { scriptsName } from '../names.ts'
import type { ClusterDefinitionLowering } from '../release.ts'
import { escapeForKubelet } from '../shared/backup-scripts.ts'
import { imageReference } from '../shared/images.ts'
import { canRunInJob } from '../shared/jobs.ts'
import { shellWords } from '../shared/run.ts'
import { scriptPath } from '../shared/script-path.ts'
import { roleSupport, workloadName } from './role-support.ts'

/** The container whose image actions use. */
function actionContainer({ lifecycle, containers }: Component): Container | undefined {
  return containers.find(({ name }) => name === lifecycle?.container)
}

function actionImage(addon: ResolvedAddon, component: Component): Image | undefined {
  const name = actionContainer(component)?.image
  return addon.images.find((image) => image.name === name)
}

/** The image of actions that run outside of the pod; a definition can name that of the default engine version only. */
export function isolatedImage({ addon }: ClusterDefinitionLowering, component: Component, version?: EngineVersion): Entry[] {
  const image = actionImage(addon, component)
  if (image === undefined) return []
  const tagged = addon.versions.filter((candidate) => image.tags.has(candidate.version))
  return pair('image', imageReference(image, version ?? tagged.find(({ isDefault }) => isDefault) ?? tagged[0]))
}

/**
 * A role probe for a container that has neither scripts nor variables of the component: one text for a shell, since 0.7 joins the words of a command,
 * and 0.8 does unless the first names a shell. The operators take the output as the role, with a line end if it has one.
 */
export function isolatedProbe({ scripts }: Component, run: Run): Node {
  const file = run.kind === 'script' ? scripts?.files.find(({ name }) => name === run.script) : undefined
  const body = run.kind === 'exec' ? shellWords(run.command) : (file?.text ?? '').replace(/^#!.*\n/, '').trimEnd()
  return seq([scalar(escapeForKubelet(`role() (\n${body}\n)\nrole=$(role) && printf %s "$role"`))])
}

/** Names of the variables that actions are promised, and what the operator calls them (API.md 5.3). */
function switchoverVariables(lowering: ClusterDefinitionLowering, component: Component): Readonly<Record<string, string>> {
  const current = workloadName(lowering, component) === 'Consensus' ? 'KB_CONSENSUS_LEADER_POD' : 'KB_REPLICATION_PRIMARY_POD'
  return {
    SWITCHOVER_CANDIDATE_NAME: 'KB_SWITCHOVER_CANDIDATE_NAME',
    SWITCHOVER_CANDIDATE_FQDN: 'KB_SWITCHOVER_CANDIDATE_FQDN',
    SWITCHOVER_CURRENT_NAME: `${current}_NAME`,
    SWITCHOVER_CURRENT_FQDN: `${current}_FQDN`,
  }
}

/** Whether the generation hands over the leading role by the component's action. */
export function hasSwitchover(lowering: ClusterDefinitionLowering, component: Component): boolean {
  const action = component.lifecycle?.switchover
  const support = roleSupport(lowering, component)
  const hasRoles = support === 'built-in' || support === 'command'
  return action !== undefined && lowering.release.capabilities.switchoverCommand && hasRoles && canRunInJob(component, action)
}

/** `switchoverSpec`: a job with the image, the scripts and the environment of the first container (0.6 and later). The operator needs both forms. */
export function switchover(lowering: ClusterDefinitionLowering, component: Component): Entry[] {
  const action = component.lifecycle?.switchover
  if (action === undefined || !hasSwitchover(lowering, component)) return []
  const spec = jobSpec(lowering, component, action, switchoverVariables(lowering, component))
  return pair('switchoverSpec', map(pair('withCandidate', spec), pair('withoutCandidate', spec)), { origin: action.origin })
}

/** The image of the switchover in clusters of one engine version. */
export function switchoverImage(lowering: ClusterDefinitionLowering, component: Component, version: EngineVersion): Entry[] {
  if (!hasSwitchover(lowering, component) || actionImage(lowering.addon, component)?.tag !== undefined) return []
  return pair('switchoverSpec', map(pair('cmdExecutorConfig', map(isolatedImage(lowering, component, version)))))
}

/** Whether the generation runs the post-provision action. */
export function hasPostStart({ release }: ClusterDefinitionLowering, component: Component): boolean {
  const action = component.lifecycle?.postProvision
  return action !== undefined && release.capabilities.postStartCommand && canRunInJob(component, action)
}

/** `postStartSpec`: a job once the component is ready (0.7 and later). */
export function postStart(lowering: ClusterDefinitionLowering, component: Component): Entry[] {
  const action = component.lifecycle?.postProvision
  if (action === undefined || !hasPostStart(lowering, component)) return []
  return pair('postStartSpec', jobSpec(lowering, component, action, {}), { origin: action.origin })
}

function jobSpec(
  lowering: ClusterDefinitionLowering,
  component: Component,
  { run, origin }: Action,
  variables: Readonly<Record<string, string>>,
): Node {
  const scripts =
    run.kind === 'script' ? pair('scriptSpecSelectors', seq([map(pair('name', scalar(scriptsName(lowering.addon.name, component), origin)))])) : []
  return map(
    pair(
      'cmdExecutorConfig',
      map(isolatedImage(lowering, component), pair('command', seq(jobCommand(component, run, variables).map((word) => scalar(word))))),
    ),
    scripts,
  )
}

/** The command of a job, with the variables it is promised. */
function jobCommand(component: Component, run: Run, variables: Readonly<Record<string, string>>): readonly string[] {
  const [first] = component.containers
  const path = run.kind === 'script' && first !== undefined ? scriptPath(component, first, run.script) : ''
  const command = run.kind === 'script' ? [path] : run.command.map(escapeForKubelet)
  const names = Object.entries(variables)
  if (names.length === 0) return command
  const assignments = names.map(([name, source]) => `export ${name}="\${${source}:-}"`).join('\n')
  return ['/bin/sh', '-c', `${assignments}\nexec "$@"`, 'switchover', ...command]
}
