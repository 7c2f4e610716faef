import { type Item, items, map, type Node, pair, scalar, seq } from '../../gotemplate/index.ts'
import type { Backup, BackupMethod } from '../../model/addon.ts'
import type { ChartFile } from '../../model/chart.ts'
import { renderSkeleton } from '../../skeletons/index.ts'
import { prefixed } from '../names.ts'
import type { ClusterDefinitionLowering, ClusterDefinitionRelease } from '../release.ts'
import { jobScript, shellCommand, textOf } from '../shared/backup-scripts.ts'
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
              pair('datafile', map(pair('backupToolName', prefixed(addon.name, method.name)), target)),
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
  const scripts = scriptsOf(release, backup, method)
  const files: ChartFile[] = []
  const commands = (key: string, script: Script | undefined) => {
    if (script === undefined) return []
    const { text, files: own } = jobScript(`files/backup/${method.name}/${script.name}`, script.text, method.origin)
    files.push(...own)
    return pair(key, release.toolCommands === 'argv' ? shellCommand(text) : seq([text]))
  }
  const dataVolume: Item = { kind: 'item', value: map(pair('name', 'VOLUME_DATA_DIR'), pair('value', method.volume.path)) }
  const scope = release.restoresRunning ? pair('podScope', 'All') : []
  const running = commands('restoreCommands', scripts.running)
  const node = object(
    'dataprotection.kubeblocks.io/v1alpha1',
    'BackupTool',
    metadata(addon.name, prefixed(addon.name, method.name), { labels: { 'clusterdefinition.kubeblocks.io/name': addon.name } }),
    pair(
      'spec',
      map(
        image === undefined ? [] : pair('image', imageReference(image, undefined)),
        pair('deployKind', 'job'),
        pair('env', items([dataVolume], method.env.flatMap(lowerEnvVar))),
        commands('backupCommands', scripts.backup),
        pair('physical', map(commands('restoreCommands', scripts.before))),
        running.length === 0 ? [] : pair('logical', map(scope, running)),
      ),
    ),
  )
  return { object: node, files }
}

interface Script {
  readonly name: string
  readonly text: string
}

/** What jobs run: to back up, to restore before pods run, and when they do. */
function scriptsOf(
  { version, restoresRunning }: ClusterDefinitionRelease,
  backup: Backup,
  method: BackupMethod,
): { readonly backup: Script; readonly before: Script; readonly running: Script | undefined } {
  const prelude = (facts: { readonly isBackup?: boolean; readonly hasNote?: boolean }) =>
    renderSkeleton('scripts/backup-backuptool.sh', {
      kubeblocks: version,
      isBackup: facts.isBackup === true,
      hasNote: facts.hasNote === true,
      pods: facts.isBackup === true && backup.pods === 'all' ? 'all' : 'one',
    })
  const saved = prelude({ isBackup: true }) + textOf(method.backup) + renderSkeleton('scripts/backup-backuptool-end.sh', {})
  const restored = (hasNote: boolean): Script => ({ name: 'restore.sh', text: prelude({ hasNote }) + textOf(method.restore) })
  const note = { name: 'restore-note.sh', text: renderSkeleton('scripts/restore-note-backuptool.sh', {}) }
  const refusal = { name: 'restore-refused.sh', text: renderSkeleton('scripts/restore-refused.sh', { kubeblocks: version }) }
  const all = { backup: { name: 'backup.sh', text: saved } }
  if (method.phase === 'prepare') return { ...all, before: restored(false), running: undefined }
  return restoresRunning ? { ...all, before: note, running: restored(true) } : { ...all, before: refusal, running: undefined }
}
