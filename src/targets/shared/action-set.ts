import { type Entry, type Item, items, map, type Node, pair, scalar, seq } from '../../gotemplate/index.ts'
import type { Backup, BackupMethod, ResolvedAddon } from '../../model/addon.ts'
import type { ChartFile } from '../../model/chart.ts'
import { renderSkeleton } from '../../skeletons/index.ts'
import { jobScript, shellCommand, textOf } from './backup-scripts.ts'
import { imageReference } from './images.ts'
import { object } from './metadata.ts'

/** How a generation runs the jobs of an ActionSet. */
export interface ActionSetParts {
  readonly kubeblocks: string
  /** Name, labels and annotations. */
  readonly metadata: readonly Entry[]
  /** Whether each pod of `target: {pods: all}` gets a job of its own; otherwise one job visits them all. */
  readonly jobPerPod: boolean
  readonly env: readonly Item[]
}

/** The ActionSet of a backup method (dataprotection.kubeblocks.io/v1alpha1; API.md 2.13). */
export function lowerActionSet(
  addon: ResolvedAddon,
  backup: Backup,
  method: BackupMethod,
  parts: ActionSetParts,
): { readonly object: Node; readonly files: readonly ChartFile[] } {
  const image = addon.images.find(({ name }) => name === method.image)
  const onVolume = method.phase === 'prepare'
  const files: ChartFile[] = []
  const job = (name: string, script: string, ...rest: readonly (readonly Entry[])[]): Node => {
    const { text, files: own } = jobScript(`files/backup/${method.name}/${name}`, script, method.origin)
    files.push(...own)
    return map(image === undefined ? [] : pair('image', imageReference(image, undefined)), pair('command', shellCommand(text)), ...rest)
  }
  const prelude = (isBackup: boolean) =>
    renderSkeleton('scripts/backup-actionset.sh', {
      kubeblocks: parts.kubeblocks,
      isBackup,
      pods: backup.pods === 'all' && !parts.jobPerPod ? 'all' : 'one',
      hasFolderPerPod: backup.pods === 'all' && parts.jobPerPod,
    })
  // A job that reads the volume has to run where it can be mounted.
  const placement = pair('runOnTargetPodNode', onVolume)
  const backupData = job(
    'backup.sh',
    prelude(true) + textOf(method.backup) + renderSkeleton('scripts/backup-actionset-end.sh', {}),
    placement,
    // The container that watches the progress is also the one that reports the size.
    pair('syncProgress', map(pair('enabled', true), pair('intervalSeconds', 5))),
  )
  const restore = job('restore.sh', prelude(false) + textOf(method.restore), onVolume ? [] : placement)
  const dataDirectory: Item = { kind: 'item', value: map(pair('name', 'DATA_DIR'), pair('value', scalar(method.volume.path, method.origin))) }
  const node = object(
    'dataprotection.kubeblocks.io/v1alpha1',
    'ActionSet',
    parts.metadata,
    pair(
      'spec',
      map(
        pair('backupType', 'Full'),
        pair('env', items([dataDirectory], parts.env)),
        pair('backup', map(pair('backupData', backupData))),
        pair('restore', map(onVolume ? pair('prepareData', restore) : pair('postReady', seq([map(pair('job', restore))])))),
      ),
    ),
  )
  return { object: node, files }
}

/** A backup method of a policy. Jobs that work over the network mount nothing: a volume of another node would keep them from starting. */
export function backupMethod(method: BackupMethod, actionSet: Node): Node {
  const { name, volume, phase, origin } = method
  const mounts = seq([map(pair('name', scalar(volume.name, origin)), pair('mountPath', volume.path))])
  return map(
    pair('name', scalar(name, origin)),
    pair('snapshotVolumes', false),
    pair('actionSetName', actionSet),
    phase === 'prepare' ? pair('targetVolumes', map(pair('volumeMounts', mounts))) : [],
  )
}

/** The schedules of the methods that have one. */
export function schedules(backup: Backup): Entry[] {
  const planned = backup.methods.flatMap(({ name, schedule, origin }) =>
    schedule === undefined
      ? []
      : [
          map(
            pair('backupMethod', scalar(name, origin)),
            pair('enabled', schedule.enabled),
            pair('cronExpression', schedule.cron),
            pair('retentionPeriod', schedule.keep),
          ),
        ],
  )
  return planned.length === 0 ? [] : pair('schedules', seq(planned))
}
