import { at, listAt, textAt } from '../objects/index.ts'
import type { CallOrProblem } from './actions.ts'
import type { BackupRun, Method, RestorePhase } from './backup-run.ts'
import { mainContainer } from './containers.ts'
import { type Container, containerEnvironment, type Pods } from './environment.ts'
import { type EnvSource, type EnvVar, envFromOf, envOf, expand } from './kubelet.ts'
import { connectionSecretName, podHost, podName } from './names.ts'

/** Releases that hand the commands of a BackupTool to `sh -c`, so that the first is the script and the others its arguments. release-0.5:controllers/dataprotection/backup_controller.go buildBackupToolPodSpec. */
export const SHELL: readonly string[] = ['0.5']
/** Releases that run logical.restoreCommands after an ordinary restore. In 0.5 only a point-in-time restore does: release-0.5:internal/controller/plan/pitr.go. */
const LOGICAL = ['0.6']
/** Where a backup's volume is mounted: release-0.6:controllers/dataprotection/backup_controller.go backupPathBase. */
const MOUNT = '/backupdata'

/** The job that makes a backup with a BackupTool. release-0.5 and release-0.6:controllers/dataprotection/backup_controller.go buildBackupToolPodSpec. */
export function saveToolCall(pods: Pods, { policy, tool, target }: Method, run: BackupRun, ordinal: number): CallOrProblem {
  const { release, cluster, wanted } = pods.component
  const pod = podName(cluster.name, wanted.name, ordinal)
  const credential = at(target, 'connectionCredentialKey')
  const secret = (name: string, key: string | undefined): readonly EnvVar[] =>
    key === undefined ? [] : [{ name, valueFrom: { secretKeyRef: { name: connectionSecretName(cluster.name), key } } }]
  const ttl = textAt(policy, 'retention', 'ttl')
  const env: EnvVar[] = [
    { name: 'DB_HOST', value: podHost(cluster.name, wanted.name, pod) },
    { name: 'BACKUP_NAME', value: run.name },
    { name: 'BACKUP_DIR', value: MOUNT + folderOf(pods, run) },
    ...secret('DB_USER', textAt(credential, 'usernameKey')),
    ...secret('DB_PASSWORD', textAt(credential, 'passwordKey')),
    ...(ttl === undefined || SHELL.includes(release.version) ? [] : [{ name: 'TTL', value: ttl }]),
    ...envOf(at(tool, 'spec')),
  ]
  return job(pods, tool, listAt(tool, 'spec', 'backupCommands'), env, [], ordinal)
}

/** The job that restores with a BackupTool: `physical` on the volume of a pod that does not run yet, `logical` beside one that runs. */
export function restoreToolCall(pods: Pods, { tool }: Method, run: BackupRun, phase: RestorePhase, ordinal: number): CallOrProblem {
  const { release, cluster, wanted } = pods.component
  if (phase === 'before') {
    // release-0.6:internal/controller/plan/restore.go BuildDatafileRestoreJobByPVCS; 0.5 does the same in an init container.
    const env = [
      { name: 'BACKUP_NAME', value: run.name },
      { name: 'BACKUP_DIR', value: `/${run.name}${folderOf(pods, run)}` },
      ...envOf(at(tool, 'spec')),
    ]
    return job(pods, tool, listAt(tool, 'spec', 'physical', 'restoreCommands'), [...pods.shared.env, ...env], [], ordinal)
  }
  if (!LOGICAL.includes(release.version)) return { problem: `KubeBlocks ${release.version} runs nothing when the restored cluster runs` }
  // release-0.6:internal/controller/plan/restore.go buildLogicRestoreJob: it is not told where the backup lies.
  const host = podHost(cluster.name, wanted.name, podName(cluster.name, wanted.name, ordinal))
  const env = [...(mainContainer(pods)?.env ?? []), { name: 'DB_HOST', value: host }, ...envOf(at(tool, 'spec'))]
  return job(pods, tool, listAt(tool, 'spec', 'logical', 'restoreCommands'), [...pods.shared.env, ...env], [], ordinal)
}

/** release-0.6:controllers/dataprotection/utils.go getBackupPathPrefix; the prefix is `<cluster>-<uid>/<component>`. */
function folderOf({ component }: Pods, run: BackupRun): string {
  const { cluster, wanted } = component
  const prefix = (run.pathPrefix ?? `/${cluster.name}-${cluster.uid}/${wanted.name}`).replace(/\/+$/, '')
  return `/${cluster.namespace}${prefix === '' || prefix.startsWith('/') ? prefix : `/${prefix}`}/${run.name}`
}

function job(
  pods: Pods,
  tool: unknown,
  commands: readonly unknown[],
  env: readonly EnvVar[],
  envFrom: readonly EnvSource[],
  ordinal: number,
): CallOrProblem {
  if (commands.length === 0) return { problem: 'the BackupTool has no commands for this' }
  const main = mainContainer(pods)
  const image = textAt(tool, 'spec', 'image') ?? main?.image ?? ''
  const container: Container = {
    name: 'job',
    isInit: false,
    image,
    env,
    envFrom: [...envFrom, ...envFromOf(at(tool, 'spec'))],
    source: { volumeMounts: listAt(main?.source, 'volumeMounts') },
  }
  const environment = containerEnvironment(pods, container, ordinal)
  const shell = SHELL.includes(pods.component.release.version) ? ['sh', '-c'] : []
  return {
    argv: [...shell, ...commands.map((text) => expand(String(text), environment.variables))],
    environment,
    container,
    image,
    timeout: undefined,
  }
}
