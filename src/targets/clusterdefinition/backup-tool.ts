import { type Item, items, map, type Node, pair, scalar, seq } from '../../gotemplate/index.ts'
import type { Backup, BackupMethod } from '../../model/addon.ts'
import type { ChartFile } from '../../model/chart.ts'
import { renderSkeleton } from '../../skeletons/index.ts'
import { prefixed } from '../names.ts'
import type { ClusterDefinitionLowering } from '../release.ts'
import { shellCommand, textOf } from '../shared/backup-scripts.ts'
import { imageReference } from '../shared/images.ts'
import { metadata, object } from '../shared/metadata.ts'
import { credentialTarget, type LoweredBackup, policyMetadata } from './backup-policy.ts'
import { lowerEnvVar } from './env.ts'

/** Backup in 0.5 and 0.6: a BackupPolicyTemplate that names one BackupTool (API.md 2.11 and 2.12). */
export function lowerToBackupTool(lowering: ClusterDefinitionLowering, backup: Backup): LoweredBackup {
  const method = backup.methods[0]
  if (method === undefined) return { policies: [], actions: [], files: [] }
  const tool = lowerTool(lowering, backup, method)
  return { policies: [policy(lowering, backup, method)], actions: [tool.object], files: tool.files }
}

/** Name of the BackupTool of a method. */
function toolName(addon: string, method: BackupMethod): string {
  return prefixed(addon, method.name)
}

/** The operator finds the template only by its label (API.md 4.1). */
function policy({ addon }: ClusterDefinitionLowering, backup: Backup, method: BackupMethod): Node {
  const { schedule } = method
  const target = credentialTarget(addon)
  return object(
    'apps.kubeblocks.io/v1alpha1',
    'BackupPolicyTemplate',
    policyMetadata(addon),
    pair(
      'spec',
      map(
        pair('clusterDefinitionRef', addon.name),
        pair(
          'backupPolicies',
          seq([
            map(
              pair('componentDefRef', scalar(backup.component, backup.origin)),
              schedule === undefined
                ? []
                : [
                    ...pair('retention', map(pair('ttl', schedule.keep))),
                    ...pair('schedule', map(pair('datafile', map(pair('enable', schedule.enabled), pair('cronExpression', schedule.cron)))), {
                      origin: method.origin,
                    }),
                  ],
              pair('datafile', map(pair('backupToolName', toolName(addon.name, method)), target)),
            ),
          ]),
        ),
      ),
    ),
  )
}

function lowerTool(
  { addon, release }: ClusterDefinitionLowering,
  backup: Backup,
  method: BackupMethod,
): { readonly object: Node; readonly files: readonly ChartFile[] } {
  const image = addon.images.find(({ name }) => name === method.image)
  const folder = `files/backup/${method.name}`
  const prelude = (isBackup: boolean) =>
    renderSkeleton('scripts/backup-backuptool.sh', {
      kubeblocks: release.version,
      isBackup,
      pods: isBackup && backup.pods === 'all' ? 'all' : 'one',
    })
  const backupText = prelude(true) + textOf(method.backup) + renderSkeleton('scripts/backup-backuptool-end.sh', {})
  const restoreText = method.phase === 'ready' ? prelude(false) + textOf(method.restore) : `set -eu\n${textOf(method.restore)}`
  const noteText = renderSkeleton('scripts/restore-note-backuptool.sh', {})
  const files: ChartFile[] = []
  const commands = (key: string, name: string, script: string) => {
    const shell = shellCommand(`${folder}/${name}`, script, method.origin)
    files.push(...shell.files)
    return pair(key, shell.command)
  }
  const dataVolume: Item = { kind: 'item', value: map(pair('name', 'VOLUME_DATA_DIR'), pair('value', method.volume.path)) }
  const node = object(
    'dataprotection.kubeblocks.io/v1alpha1',
    'BackupTool',
    metadata(addon.name, toolName(addon.name, method), { labels: { 'clusterdefinition.kubeblocks.io/name': addon.name } }),
    pair(
      'spec',
      map(
        image === undefined ? [] : pair('image', imageReference(image, undefined)),
        pair('deployKind', 'job'),
        pair('env', items([dataVolume], method.env.flatMap(lowerEnvVar))),
        commands('backupCommands', 'backup.sh', backupText),
        pair(
          'physical',
          map(
            method.phase === 'ready'
              ? commands('restoreCommands', 'restore-note.sh', noteText)
              : commands('restoreCommands', 'restore.sh', restoreText),
          ),
        ),
        method.phase === 'ready'
          ? pair('logical', map(release.hasRestoreScope ? pair('podScope', 'All') : [], commands('restoreCommands', 'restore.sh', restoreText)))
          : [],
      ),
    ),
  )
  return { object: node, files }
}
