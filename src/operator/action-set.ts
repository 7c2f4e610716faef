import { at, listAt, textAt } from '../objects/index.ts'
import type { CallOrProblem } from './actions.ts'
import type { BackupRun, Method, RestorePhase } from './backup-run.ts'
import { mainContainer, mainPort, namedPort } from './containers.ts'
import { type Container, containerEnvironment, type Pods, podFacts } from './environment.ts'
import { NEW } from './eras.ts'
import { type EnvSource, type EnvVar, envFromOf, envOf, expand } from './kubelet.ts'
import { accountSecretName, connectionSecretName, podHost, podName } from './names.ts'

interface ActionSetFacts {
  /** Whether a backup job sees the environment of the pod's first container. */
  readonly podEnv: boolean
  /** Whether a restore job that runs beside a pod sees what that container has by `envFrom`. */
  readonly restoreEnvFrom: boolean
  /** Whether a backup job is told host and port of the pod when the target names no account. */
  readonly bareHost: 'none' | 'host' | 'host and port'
  /** Whether the port is that of the first container when no Secret has it. */
  readonly defaultPort: boolean
  /** Whether KB_CLUSTER_NAME and the like are there. */
  readonly cluster: boolean
  /** DP_TARGET_POD_ROLE. */
  readonly role: boolean
  /** Whether a restore job beside a pod is told the account that the component starts with. */
  readonly restoreAccount: boolean
  /** The folder of DP_BACKUP_INFO_FILE. */
  readonly shared: string
}

const FROM_09: ActionSetFacts = {
  podEnv: true,
  restoreEnvFrom: true,
  bareHost: 'host',
  defaultPort: true,
  cluster: true,
  role: true,
  restoreAccount: false,
  shared: '/dp-manager',
}
const FROM_10: ActionSetFacts = { ...FROM_09, bareHost: 'host and port', restoreAccount: true }
/** pkg/dataprotection/backup/request.go BuildJobActionPodSpec, pkg/dataprotection/utils/envvar.go, pkg/dataprotection/restore/builder.go of each release. */
const FACTS: Readonly<Record<string, ActionSetFacts>> = {
  '0.7': {
    podEnv: false,
    restoreEnvFrom: false,
    bareHost: 'none',
    defaultPort: false,
    cluster: false,
    role: false,
    restoreAccount: false,
    shared: '/dp-sync-progress',
  },
  '0.8': { ...FROM_09, podEnv: false, shared: '/dp-sync-progress' },
  '0.9': FROM_09,
  ...Object.fromEntries(NEW.map((version) => [version, FROM_10])),
}

/** The job that makes a backup of a pod with an ActionSet. */
export function saveActionCall(pods: Pods, method: Method, run: BackupRun, ordinal: number): CallOrProblem {
  const { release, cluster, wanted } = pods.component
  const facts = FACTS[release.version] ?? FROM_10
  const main = mainContainer(pods)
  const action = at(method.tool, 'spec', 'backup', 'backupData')
  const { labels } = podFacts(pods, ordinal)
  const env = merged(
    [
      ...(facts.podEnv ? (main?.env ?? []) : []),
      { name: 'DP_BACKUP_NAME', value: run.name },
      { name: 'DP_TARGET_POD_NAME', value: podName(cluster.name, wanted.name, ordinal) },
      ...(facts.role ? [{ name: 'DP_TARGET_POD_ROLE', value: labels['kubeblocks.io/role'] ?? '' }] : []),
      { name: 'DP_BACKUP_BASE_PATH', value: pathOf(pods, method, run, podName(cluster.name, wanted.name, ordinal)) },
      { name: 'DP_BACKUP_INFO_FILE', value: `${facts.shared}/backup.info` },
      { name: 'DP_TTL', value: run.retention ?? '' },
      ...connectionEnv(pods, method, facts, ordinal),
      ...envOf(at(method.tool, 'spec')),
      ...parametersOf(run),
      ...(facts.cluster
        ? [
            { name: 'KB_CLUSTER_UID', value: cluster.uid },
            { name: 'KB_CLUSTER_NAME', value: cluster.name },
            { name: 'KB_COMP_NAME', value: wanted.name },
            { name: 'KB_NAMESPACE', value: cluster.namespace },
          ]
        : []),
    ],
    methodEnv(pods, method),
  )
  return job(pods, method, action, env, facts.podEnv ? (main?.envFrom ?? []) : [], ordinal)
}

/** The job that restores: before the pods run (`prepareData`), or beside one that runs (`postReady`). */
export function restoreActionCall(
  pods: Pods,
  method: Method,
  run: BackupRun,
  phase: RestorePhase,
  ordinal: number,
  source: string | undefined,
): CallOrProblem {
  const facts = FACTS[pods.component.release.version] ?? FROM_10
  const main = mainContainer(pods)
  const restore = at(method.tool, 'spec', 'restore')
  const step = listAt(restore, 'postReady')[0]
  if (phase === 'running' && at(step, 'exec') !== undefined) return execCall(pods, at(step, 'exec'), ordinal)
  const action = phase === 'before' ? at(restore, 'prepareData') : at(step, 'job')
  const common = merged(
    [
      { name: 'DP_BACKUP_NAME', value: run.name },
      { name: 'DP_BACKUP_BASE_PATH', value: pathOf(pods, method, run, source) },
      ...parametersOf(run),
      ...envOf(at(method.tool, 'spec')),
    ],
    methodEnv(pods, method),
  )
  const beside: readonly EnvVar[] =
    phase === 'before' ? [] : [...(main?.env ?? []), ...hostEnv(pods, method, facts, ordinal), ...(facts.restoreAccount ? firstAccountEnv(pods) : [])]
  const envFrom = phase === 'running' && facts.restoreEnvFrom ? (main?.envFrom ?? []) : []
  // What the pod has replaces what has the same name: MergeEnv.
  return job(pods, method, action, merged(common, beside), envFrom, ordinal)
}

/** datasafed lies in a volume of its own: release-1.0:pkg/dataprotection/utils/backuprepo.go. */
const DATASAFED: readonly EnvVar[] = [{ name: 'DP_DATASAFED_BIN_PATH', value: '/bin/datasafed' }]

function parametersOf({ parameters = {} }: BackupRun): readonly EnvVar[] {
  return Object.entries(parameters).map(([name, value]) => ({ name, value }))
}

/** `env` of the method; values by version are resolved by the service version, or the ClusterVersion. */
function methodEnv({ component }: Pods, { method }: Method): readonly EnvVar[] {
  const version = component.form === 'ClusterDefinition' ? (component.cluster.clusterVersion ?? '') : component.serviceVersion
  const plain = listAt(method, 'env').flatMap((variable) => {
    const mapping = listAt(variable, 'valueFrom', 'versionMapping').find((item) => listAt(item, 'serviceVersions').includes(version))
    const isMapped = at(variable, 'valueFrom', 'versionMapping') !== undefined
    if (!isMapped) return envOf({ env: [variable] })
    return mapping === undefined ? [] : [{ name: textAt(variable, 'name') ?? '', value: textAt(mapping, 'mappedValue') ?? '' }]
  })
  const older = listAt(method, 'envMapping').flatMap((variable) => {
    const mappings = ['clusterVersionRef', 'componentDef', 'serviceVersion'].flatMap((field) =>
      listAt(variable, 'valueFrom', field).filter((item) =>
        listAt(item, 'names').includes(field === 'componentDef' ? component.definitionName : version),
      ),
    )
    return mappings.slice(0, 1).map((item) => ({ name: textAt(variable, 'key') ?? '', value: textAt(item, 'mappingValue') ?? '' }))
  })
  return [...plain, ...older]
}

/** Host, port, user and password for a backup. */
function connectionEnv(pods: Pods, method: Method, facts: ActionSetFacts, ordinal: number): readonly EnvVar[] {
  const credential = credentialEnv(pods, method)
  if (credential.length > 0) return [...hostEnv(pods, method, facts, ordinal), ...credential]
  if (facts.bareHost === 'none') return []
  return hostEnv(pods, method, facts, ordinal).slice(0, facts.bareHost === 'host' ? 1 : 2)
}

function hostEnv(pods: Pods, { target }: Method, facts: ActionSetFacts, ordinal: number): readonly EnvVar[] {
  const { cluster, wanted } = pods.component
  const asked = at(target, 'containerPort')
  const port = asked === undefined ? (mainPort(pods) ?? 0) : namedPort(pods, textAt(asked, 'containerName') ?? '', textAt(asked, 'portName') ?? '')
  return [
    { name: 'DP_DB_HOST', value: podHost(cluster.name, wanted.name, podName(cluster.name, wanted.name, ordinal)) },
    ...(facts.defaultPort && port !== undefined ? [{ name: 'DP_DB_PORT', value: String(port) }] : []),
  ]
}

/** By the account that the target names; clusters of a ClusterDefinition have the Secret of connectionCredential. controllers/apps/transformer_cluster_backup_policy.go buildBackupTarget. */
function credentialEnv({ component }: Pods, { target }: Method): readonly EnvVar[] {
  const { cluster, wanted, form } = component
  const from = (name: string, secret: string, key: string | undefined): readonly EnvVar[] =>
    key === undefined ? [] : [{ name, valueFrom: { secretKeyRef: { name: secret, key } } }]
  const account = textAt(target, 'account') ?? ''
  if (form === 'ComponentDefinition') {
    const secret = accountSecretName(cluster.name, wanted.name, account)
    return account === '' ? [] : [...from('DP_DB_PASSWORD', secret, 'password'), ...from('DP_DB_USER', secret, 'username')]
  }
  const keys = at(target, 'connectionCredentialKey')
  const secret = connectionSecretName(cluster.name)
  return [
    ...from('DP_DB_HOST', secret, textAt(keys, 'hostKey')),
    ...from('DP_DB_PASSWORD', secret, textAt(keys, 'passwordKey')),
    ...from('DP_DB_USER', secret, textAt(keys, 'usernameKey')),
    ...from('DP_DB_PORT', secret, textAt(keys, 'portKey')),
  ]
}

/** release-1.0:pkg/controller/plan/restore.go getConnectionCredential: the first initial account, else the first. */
function firstAccountEnv({ component }: Pods): readonly EnvVar[] {
  const accounts = listAt(component.definition, 'spec', 'systemAccounts')
  const account = textAt(accounts.find((candidate) => at(candidate, 'initAccount') === true) ?? accounts[0], 'name')
  if (account === undefined) return []
  const name = accountSecretName(component.cluster.name, component.wanted.name, account)
  return [
    { name: 'DP_DB_USER', valueFrom: { secretKeyRef: { name, key: 'username' } } },
    { name: 'DP_DB_PASSWORD', valueFrom: { secretKeyRef: { name, key: 'password' } } },
  ]
}

/** `/<namespace>/<cluster>-<uid>/<component>/<backup>`, and below it the pod where each has a folder of its own. pkg/dataprotection/backup/utils.go of each release. */
function pathOf({ component }: Pods, method: Method, run: BackupRun, pod: string | undefined): string {
  const { release, cluster, wanted } = component
  const prefix = (run.pathPrefix ?? `${cluster.name}-${cluster.uid}/${wanted.name}`).replace(/^\/+|\/+$/g, '')
  const own = release.backup.folderPerPod && method.strategy === 'All' && pod !== undefined ? [pod] : []
  return ['', cluster.namespace, ...(prefix === '' ? [] : [prefix]), run.name, ...own].join('/')
}

/** pkg/dataprotection/utils/utils.go MergeEnv: a name that is there is replaced in its place, its last occurrence when there are several. */
function merged(env: readonly EnvVar[], over: readonly EnvVar[]): readonly EnvVar[] {
  const result = [...env]
  for (const variable of over) {
    const index = result.findLastIndex(({ name }) => name === variable.name)
    if (index < 0) result.push(variable)
    else result[index] = variable
  }
  return result
}

function job(pods: Pods, method: Method, action: unknown, env: readonly EnvVar[], envFrom: readonly EnvSource[], ordinal: number): CallOrProblem {
  const command = listAt(action, 'command').map(String)
  if (command.length === 0) return { problem: 'the ActionSet has no job for this' }
  // Images may name variables: those with a text, not those from elsewhere.
  const texts = new Map(env.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value] as const])))
  const image = expand(textAt(action, 'image') ?? '', texts)
  const container: Container = {
    name: 'job',
    isInit: false,
    image,
    env: [...env, ...DATASAFED],
    envFrom: [...envFrom, ...envFromOf(at(method.tool, 'spec'))],
    source: {},
  }
  const environment = containerEnvironment(pods, container, ordinal)
  return { argv: command.map((text) => expand(text, environment.variables)), environment, container, image, timeout: undefined }
}

/** A command run inside a container of the pod, by `kubectl exec`: it has that container's environment and nothing of the backup's. */
function execCall(pods: Pods, exec: unknown, ordinal: number): CallOrProblem {
  const name = textAt(exec, 'container')
  const container = name === undefined ? mainContainer(pods) : pods.containers.find((candidate) => candidate.name === name)
  if (container === undefined) return { problem: `there is no container "${name}"` }
  const argv = listAt(exec, 'command').map(String)
  return { argv, environment: containerEnvironment(pods, container, ordinal), container, image: container.image, timeout: undefined }
}
