import { at, listAt, textAt } from '../objects/index.ts'
import { restoreActionCall, saveActionCall } from './action-set.ts'
import type { Call } from './actions.ts'
import type { BackupRun, Method, RestorePhase } from './backup-run.ts'
import { isPolicyFor, labelledDefinition, policiesOf, topologyOwners } from './backup-templates.ts'
import { restoreToolCall, saveToolCall } from './backup-tool.ts'
import type { Pods } from './environment.ts'
import { nameOf, ofKind } from './matching.ts'

/** A job of a backup or restore, which works for one pod. */
export interface BackupJob extends Call {
  /** The pod it is for. */
  readonly ordinal: number
}

export type JobsOrProblem = { readonly jobs: readonly BackupJob[] } | { readonly problem: string }

/** The jobs that make a backup of a component. */
export function saveJobs(pods: Pods, objects: readonly unknown[], run: BackupRun): JobsOrProblem {
  const method = findMethod(pods, objects, run.method)
  if ('problem' in method) return method
  const ordinals = targetOrdinals(pods, method)
  const call = pods.component.release.backup.tool === 'BackupTool' ? saveToolCall : saveActionCall
  return jobsFor(ordinals, (ordinal) => call(pods, method, run, ordinal))
}

/**
 * The jobs that restore a backup into a component, each for one pod of the new cluster: on its volume, or beside it when it runs.
 * `sources` are the pods whose backups there are, where each has a folder of its own: the first job reads that of the first, and so on.
 * A pod without a source has no job. release-0.7 to release-1.1:pkg/dataprotection/restore/manager.go BuildPostReadyActionJobs.
 */
export function restoreJobs(
  pods: Pods,
  objects: readonly unknown[],
  run: BackupRun,
  phase: RestorePhase,
  sources: readonly string[] = [],
): JobsOrProblem {
  const method = findMethod(pods, objects, run.method)
  if ('problem' in method) return method
  const { backup } = pods.component.release
  const all = Array.from({ length: pods.component.wanted.replicas }, (_, ordinal) => ordinal)
  if (backup.tool === 'BackupTool') return jobsFor(all, (ordinal) => restoreToolCall(pods, method, run, phase, ordinal))
  const runsInside = at(listAt(method.tool, 'spec', 'restore', 'postReady')[0], 'exec') !== undefined
  const candidates = phase === 'running' && !runsInside ? ofRestoreRole(pods, all) : all
  const isOne = phase === 'running' && !runsInside && (backup.restores === 'first' || method.strategy === 'Any')
  const chosen = isOne ? candidates.slice(0, 1) : candidates
  const needsSource = backup.folderPerPod && method.strategy === 'All' && !runsInside
  const ordinals = needsSource ? chosen.slice(0, sources.length) : chosen
  return jobsFor(ordinals, (ordinal) => restoreActionCall(pods, method, run, phase, ordinal, sources[chosen.indexOf(ordinal)]))
}

/** Pods that a restore looks at when they run: with roles, those of one role only. */
function ofRestoreRole({ component }: Pods, ordinals: readonly number[]): readonly number[] {
  const { release, definition, wanted } = component
  const roles = listAt(definition, 'spec', 'roles')
  if (roles.length === 0 || release.backup.restoreRole === 'any') return ordinals
  const priority = (role: unknown) => Number(at(role, 'updatePriority') ?? 0)
  const names =
    release.backup.restoreRole === 'writable'
      ? roles.filter((role) => at(role, 'writable') === true)
      : roles.filter((role) => roles.every((other) => priority(other) <= priority(role))).slice(0, 1)
  return ordinals.filter((ordinal) => names.some((role) => textAt(role, 'name') === wanted.roles?.[ordinal]))
}

function jobsFor(ordinals: readonly number[], call: (ordinal: number) => Call | { readonly problem: string }): JobsOrProblem {
  const jobs: BackupJob[] = []
  for (const ordinal of ordinals) {
    const made = call(ordinal)
    if ('problem' in made) return made
    jobs.push({ ...made, ordinal })
  }
  return { jobs }
}

/**
 * Pods with a job. 0.5 to 0.7 make one job, for the first pod; 0.7 does so even for strategy All:
 * release-0.7:pkg/dataprotection/backup/request.go, TargetPods[0]. From 0.8 on each selected pod has one.
 */
export function targetOrdinals({ component }: Pods, { target, strategy }: Method): readonly number[] {
  const { replicas, roles = [] } = component.wanted
  const role = textAt(target, 'role') ?? ''
  const all = Array.from({ length: replicas }, (_, ordinal) => ordinal)
  const ofRole = (wanted: string) => all.filter((ordinal) => roles[ordinal] === wanted)
  // The role counts only when there are several pods: release-0.8:controllers/apps/transformer_cluster_backup_policy.go buildTargetPodLabels.
  const selected = role === '' || replicas <= 1 ? all : ofRole(role)
  if (strategy === 'All' && component.release.backup.jobs === 'each') return selected
  const fallback = textAt(target, 'fallbackRole') ?? ''
  return (selected.length > 0 || fallback === '' ? selected : ofRole(fallback)).slice(0, 1)
}

/** The policy for a component. A component that a topology has is taken to be in a cluster of that topology. */
function findMethod(pods: Pods, objects: readonly unknown[], name: string): Method | { readonly problem: string } {
  const { release, definitionName } = pods.component
  const owners = release.backup.findsByLabel ? topologyOwners(release, objects, definitionName) : []
  const templates = ofKind(objects, 'BackupPolicyTemplate').filter(
    (template) => owners.length === 0 || owners.includes(labelledDefinition(template) ?? ''),
  )
  const policy = templates.flatMap(policiesOf).find((candidate) => isPolicyFor(release, candidate, definitionName))
  if (policy === undefined) return { problem: `no BackupPolicyTemplate is for "${definitionName}"` }
  const isTool = release.backup.tool === 'BackupTool'
  const method = isTool ? at(policy, name) : listAt(policy, 'backupMethods').find((candidate) => textAt(candidate, 'name') === name)
  if (method === undefined) return { problem: `the BackupPolicyTemplate has no method "${name}"` }
  const wanted = textAt(method, isTool ? 'backupToolName' : 'actionSetName') ?? ''
  if (wanted === '') return { problem: `the method "${name}" names no ${release.backup.tool}, so it runs no job` }
  const tool = ofKind(objects, release.backup.tool).find((object) => nameOf(object) === wanted)
  if (tool === undefined) return { problem: `there is no ${release.backup.tool} "${wanted}"` }
  const target = { ...Object(at(policy, 'target')), ...Object(at(method, 'target')) }
  const strategy = textAt(target, 'strategy') ?? textAt(target, 'podSelector', 'strategy')
  return { policy, method, tool, target, strategy: strategy === 'All' ? 'All' : 'Any' }
}
