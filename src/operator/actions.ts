import { at, listAt, textAt } from '../objects/index.ts'
import { type ActionSubject, kbagentParameters, lorryParameters } from './action-parameters.ts'
import { type Container, containerEnvironment, type Pods } from './environment.ts'
import { type EnvVar, envOf, expand, type ProcessEnvironment } from './kubelet.ts'
import { EXEC_ACTIONS } from './lifecycle-actions.ts'
import { accountSecretName } from './names.ts'
import { tlsMounts } from './tls.ts'

/** A program that the operator or Kubernetes runs in a pod. */
export interface Call {
  readonly argv: readonly string[]
  readonly environment: ProcessEnvironment
  /** The container it runs in: its mounts tell which files it finds. */
  readonly container: Container
  /** The image of that container; undefined is the operator's own tools image. */
  readonly image: string | undefined
  /** Seconds after which it is killed; undefined when nothing but the caller's patience ends it. */
  readonly timeout: number | undefined
}

export type CallOrProblem = Call | { readonly problem: string }

/** release-1.0:pkg/kbagent/service/action_utils.go: what an action gets when it names no time, and the most it can get. */
export const KBAGENT_TIMEOUT = { default: 30, longest: 60 } as const

/** What 0.9 takes and never asks lorry for: reconfigure it does not even tell it (release-0.9:pkg/controller/component/lorry_utils.go). */
export const UNCALLED_09 = ['dataDump', 'dataLoad', 'reconfigure'] as const

interface LorryFacts {
  /** Actions whose commands it gets. */
  readonly actions: readonly string[]
  /** Those of them that nothing asks it for. */
  readonly uncalled: readonly string[]
  /** Actions that see four variables only: KB_POD_FQDN, KB_SERVICE_PORT, KB_SERVICE_USER and KB_SERVICE_PASSWORD. */
  readonly bare: readonly string[]
  readonly args: boolean
  /** Whether it has the mounts of the container whose image it takes. */
  readonly mounts: boolean
}

const LORRY_ACTIONS = ['postProvision', 'preTerminate', 'memberJoin', 'memberLeave', 'readonly', 'readwrite', 'roleProbe']
const LORRY_BARE = ['postProvision', 'preTerminate', 'readonly', 'readwrite']
/** release-0.8 and release-0.9:pkg/controller/component/lorry_utils.go, pkg/lorry/engines/custom/manager.go. */
const LORRY: Readonly<Record<string, LorryFacts>> = {
  '0.8': { actions: LORRY_ACTIONS, uncalled: [], bare: [...LORRY_BARE, 'memberJoin'], args: false, mounts: false },
  '0.9': {
    actions: [...LORRY_ACTIONS, 'dataDump', 'dataLoad', 'accountProvision'],
    uncalled: UNCALLED_09,
    bare: LORRY_BARE,
    args: true,
    mounts: true,
  },
}

/** How a lifecycle action of a ComponentDefinition runs in a pod: by kbagent from 1.0 on, by lorry in 0.8 and 0.9; before there are none. */
export function lifecycleCall(pods: Pods, action: string, ordinal: number, subject: ActionSubject = { ordinal }): CallOrProblem {
  const { release, form } = pods.component
  if (form !== 'ComponentDefinition') return { problem: 'a ClusterDefinition has no lifecycle actions' }
  return release.agent === 'kbagent' ? kbagentCall(pods, action, ordinal, subject) : lorryCall(pods, action, ordinal, subject)
}

function kbagentCall(pods: Pods, action: string, ordinal: number, subject: ActionSubject): CallOrProblem {
  const { component } = pods
  const actions = at(component.definition, 'spec', 'lifecycleActions')
  const own = at(actions, action)
  if (at(own, 'exec') === undefined) return { problem: `there is no action ${action} that runs a program` }
  const one = oneImageAndContainer(pods)
  if ('problem' in one) return one
  const env: EnvVar[] = []
  for (const variable of EXEC_ACTIONS.flatMap((name) => envOf(at(actions, name, 'exec')))) {
    if (!env.some(({ name }) => name === variable.name)) env.push(variable)
  }
  const container: Container = {
    name: 'kbagent',
    isInit: false,
    image: one.image ?? '',
    // What the operator injects stands first, as in every container: InjectEnvVars.
    env: [...pods.shared.env, ...env, ...KBAGENT_OWN],
    envFrom: pods.shared.envFrom,
    source: { volumeMounts: one.container === undefined ? tlsMounts(component).mounts : listAt(one.container.source, 'volumeMounts') },
  }
  const base = containerEnvironment(pods, container, ordinal)
  const argv = throughEnvironment([...listAt(own, 'exec', 'command'), ...listAt(own, 'exec', 'args')], base)
  if (argv === undefined) return { problem: `a variable in the command of ${action} breaks the list of actions that kbagent reads` }
  return {
    argv,
    // Parameters win: release-1.0:pkg/kbagent/service/action_utils.go execActionCallX.
    environment: withVariables(base, kbagentParameters(component, action, subject)),
    container,
    image: one.image,
    timeout: kbagentTimeout(own, component.release.nonBlockingActions),
  }
}

/** A negative number is no limit. v1.2.0-alpha.3:pkg/kbagent/service/action.go startNonBlockingActionCall, for those without the longest time. */
function kbagentTimeout(action: unknown, mayRunOn: boolean): number | undefined {
  const seconds = at(action, 'timeoutSeconds')
  if (typeof seconds !== 'number' || seconds === 0) return KBAGENT_TIMEOUT.default
  if (seconds < 0) return undefined
  return mayRunOn && at(action, 'nonBlocking') === true ? seconds : Math.min(seconds, KBAGENT_TIMEOUT.longest)
}

/** release-1.0:pkg/kbagent/util/env.go DefaultEnvVars. */
const KBAGENT_OWN: readonly EnvVar[] = [
  ['KB_AGENT_NAMESPACE', 'metadata.namespace'],
  ['KB_AGENT_POD_NAME', 'metadata.name'],
  ['KB_AGENT_POD_UID', 'metadata.uid'],
  ['KB_AGENT_NODE_NAME', 'spec.nodeName'],
].map(([name = '', fieldPath]) => ({ name, valueFrom: { fieldRef: { fieldPath } } }))

/** All actions of a component share one image and the mounts of one container. release-1.0:pkg/controller/component/kbagent.go customExecActionImageNContainer. */
function oneImageAndContainer(pods: Pods): { image: string | undefined; container: Container | undefined } | { readonly problem: string } {
  const { definition, actionImages } = pods.component
  const actions = at(definition, 'spec', 'lifecycleActions')
  const images = new Set(EXEC_ACTIONS.flatMap((name) => (at(actions, name, 'exec') === undefined ? [] : (actionImages.get(name) ?? []))))
  const names = new Set(EXEC_ACTIONS.flatMap((name) => textAt(actions, name, 'exec', 'container') ?? []).filter((name) => name !== ''))
  if (images.size > 1) return { problem: `the actions name several images: ${[...images].sort().join(', ')}` }
  if (names.size > 1) return { problem: `the actions name several containers: ${[...names].sort().join(', ')}` }
  const [image] = images
  const [name] = names
  const container = pods.containers.find((candidate) => !candidate.isInit && candidate.name === name)
  if (name !== undefined && container === undefined) return { problem: `the actions name the container "${name}", which there is not` }
  return { image, container }
}

function lorryCall(pods: Pods, action: string, ordinal: number, subject: ActionSubject): CallOrProblem {
  const { component } = pods
  const facts = LORRY[component.release.version]
  const actions = at(component.definition, 'spec', 'lifecycleActions')
  const handler = at(actions, action, 'customHandler')
  if (facts === undefined || at(handler, 'exec') === undefined) return { problem: `there is no action ${action} that runs a program` }
  if (!facts.actions.includes(action) || facts.uncalled.includes(action))
    return { problem: `KubeBlocks ${component.release.version} does not run ${action}` }
  // The last action that names an image or a container decides for all; which is last is left to chance when they differ.
  const handlers = facts.actions.map((name) => at(actions, name, 'customHandler')).filter((candidate) => at(candidate, 'exec') !== undefined)
  const images = new Set(handlers.flatMap((candidate) => textAt(candidate, 'image') ?? []).filter((image) => image !== ''))
  const names = new Set(handlers.flatMap((candidate) => textAt(candidate, 'container') ?? []).filter((name) => name !== ''))
  if (images.size > 1 || names.size > 1) return { problem: 'the actions name several images or containers, and which one counts is left to chance' }
  const [name] = names
  const main = pods.containers.find(({ isInit }) => !isInit)
  const exec = name === undefined ? main : pods.containers.find((candidate) => !candidate.isInit && candidate.name === name)
  if (exec === undefined) return { problem: `the actions name the container "${name}", which there is not` }
  const port = at(listAt(main?.source, 'ports')[0], 'containerPort')
  const servicePort = typeof port === 'number' ? port : undefined
  const own = lorryEnv(pods, servicePort)
  const copied = envOf(exec.source).filter((variable) => !own.some((candidate) => candidate.name === variable.name))
  const container: Container = {
    name: 'lorry',
    isInit: false,
    image: [...images][0] ?? exec.image,
    env: [...pods.shared.env, ...own, ...copied],
    envFrom: [...pods.shared.envFrom, ...exec.envFrom.filter((source) => source.name.endsWith('-rsm-env'))],
    source: { volumeMounts: facts.mounts ? listAt(exec.source, 'volumeMounts') : [] },
  }
  const all = containerEnvironment(pods, container, ordinal)
  const command = throughEnvironment([...listAt(handler, 'exec', 'command'), ...(facts.args ? listAt(handler, 'exec', 'args') : [])], all)
  if (command === undefined) return { problem: `a variable in the command of ${action} breaks the list of actions that lorry reads` }
  const seen = facts.bare.includes(action) ? only(all, ['KB_POD_FQDN', 'KB_SERVICE_PORT', 'KB_SERVICE_USER', 'KB_SERVICE_PASSWORD']) : all
  return {
    argv: action === 'roleProbe' ? inShell(command) : command,
    environment: withVariables(seen, lorryParameters(component, action, subject, servicePort)),
    container,
    image: container.image,
    timeout: undefined,
  }
}

/** release-0.9:pkg/controller/component/lorry_utils.go buildLorryEnvs, for clusters of a ComponentDefinition. */
function lorryEnv({ component }: Pods, servicePort: number | undefined): readonly EnvVar[] {
  const { cluster, wanted, definition } = component
  const account = listAt(definition, 'spec', 'systemAccounts').find((candidate) => at(candidate, 'initAccount') === true)
  const secret = accountSecretName(cluster.name, wanted.name, textAt(account, 'name') ?? '')
  const fromSecret = (key: string) => ({ secretKeyRef: { name: secret, key } })
  return [
    ...(account === undefined
      ? []
      : [
          { name: 'KB_SERVICE_USER', valueFrom: fromSecret('username') },
          { name: 'KB_SERVICE_PASSWORD', valueFrom: fromSecret('password') },
        ]),
    ...(servicePort === undefined ? [] : [{ name: 'KB_SERVICE_PORT', value: String(servicePort) }]),
  ]
}

/** release-0.9:pkg/lorry/engines/custom/get_replica_role.go: what does not start with a shell is handed to one. */
function inShell(command: readonly string[]): readonly string[] {
  return ['sh', 'bash', 'zsh', 'csh', 'ksh', 'tcsh', 'fish'].includes(command[0] ?? '') ? command : ['sh', '-c', command.join(' ')]
}

/** Commands reach the agents as JSON in a variable, whose references the kubelet replaces: `$(NAME)` and `$$` mean there what they mean everywhere in a pod. */
function throughEnvironment(command: readonly unknown[], { variables }: ProcessEnvironment): readonly string[] | undefined {
  try {
    const read: unknown = JSON.parse(expand(JSON.stringify(command), variables))
    return Array.isArray(read) ? read.map(String) : undefined
  } catch {
    return undefined
  }
}

function withVariables(base: ProcessEnvironment, added: Readonly<Record<string, string>>): ProcessEnvironment {
  return { ...base, variables: new Map([...base.variables, ...Object.entries(added)]) }
}

function only(base: ProcessEnvironment, names: readonly string[]): ProcessEnvironment {
  return { ...base, variables: new Map([...base.variables].filter(([name]) => names.includes(name))) }
}
