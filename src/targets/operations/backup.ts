import { map, pair } from '../../gotemplate/index.ts'
import type { Backup, BackupMethod } from '../../model/addon.ts'
import type { Release } from '../release.ts'
import { object } from '../shared/metadata.ts'
import { clusterExample } from './clusters.ts'
import { type Example, exampleMetadata, NAMESPACE, operation } from './example.ts'
import { clusterName, type Subject } from './subject.ts'

/** Names of what examples back up and restore. */
export interface BackupNames {
  readonly method: BackupMethod
  readonly backup: string
  readonly policy: string
  /** Name of the restored cluster. */
  readonly copy: string
  /** Whether the release can restore what the method backs up. */
  readonly canRestore: boolean
}

/** What examples back up; nothing for an addon without backup, or whose default cluster lacks what is backed up. */
export function backupNames({ lowering: { addon, release }, sizes, cluster }: Subject): BackupNames | undefined {
  const { backup } = addon
  const method = backup?.methods[0]
  if (backup === undefined || method === undefined || !sizes.some(({ component }) => component.name === backup.component)) return undefined
  return {
    method,
    backup: `${cluster}-backup`,
    // Of the operator: release-0.6:controllers/apps/transformer_backup_policy_tpl.go DeriveBackupPolicyName, and later generateBackupPolicyName.
    policy: `${cluster}-${backup.component}-backup-policy`,
    copy: clusterName(addon.name, 'copy'),
    canRestore: method.phase === 'prepare' || release.family === 'componentdefinition' || release.restoresRunning,
  }
}

/** A backup, and a cluster made of it. */
export function backup(subject: Subject): readonly Example[] {
  const names = backupNames(subject)
  const { backup } = subject.lowering.addon
  if (names === undefined || backup === undefined) return []
  return [backUp(subject, names), ...(names.canRestore ? [restore(subject, backup, names)] : [])]
}

function backUp(subject: Subject, { method, backup, policy }: BackupNames): Example {
  const { release } = subject.lowering
  const { origin } = method
  const about = [`Backs the cluster up, by the method ${method.name}.${needsRepository(release) ? ' A BackupRepo must be there.' : ''}`]
  if (release.family === 'clusterdefinition' && release.backup === 'BackupTool')
    return {
      file: 'backup',
      about,
      watch: 'backups.dataprotection.kubeblocks.io',
      name: backup,
      object: object(
        'dataprotection.kubeblocks.io/v1alpha1',
        'Backup',
        exampleMetadata(backup),
        pair('spec', map(pair('backupPolicyName', policy), pair('backupType', 'datafile'))),
      ),
      origin,
    }
  const what = map(pair('backupName', backup), pair('backupPolicyName', policy), pair('backupMethod', method.name))
  return operation(subject, 'backup', { about, type: 'Backup', spec: pair(section(release, 'backup'), what), origin })
}

/** By an OpsRequest, which makes the cluster; before 0.8 the new Cluster names the backup in an annotation. */
function restore(subject: Subject, { component }: Backup, { method, backup, copy }: BackupNames): Example {
  const { release } = subject.lowering
  const about = [`Makes the cluster ${copy} of the backup ${backup}, which backup.yaml makes.`]
  const from = restoredFrom(release, backup)
  if (from !== undefined) {
    const annotations = { 'kubeblocks.io/restore-from-backup': JSON.stringify({ [component]: from }) }
    return clusterExample(subject, 'restore', copy, about, { annotations })
  }
  const spec = pair(section(release, 'restore'), map(pair('backupName', backup)))
  return operation(subject, 'restore', { about, type: 'Restore', spec, on: copy, origin: method.origin })
}

/** What the annotation says of a component; nothing where an OpsRequest restores. All values are texts. */
function restoredFrom(release: Release, backup: string): string | Readonly<Record<string, string>> | undefined {
  if (release.family === 'componentdefinition') return undefined
  switch (release.restoresBy) {
    case 'name':
      return backup
    case 'name and namespace':
      return { name: backup, namespace: NAMESPACE, volumeRestorePolicy: 'Parallel' }
    case 'OpsRequest':
      return undefined
  }
}

/** Whether there must be a BackupRepo. */
export function needsRepository(release: Release): boolean {
  return release.family === 'componentdefinition' || release.hasBackupRepos
}

/** Sections of an OpsRequest were renamed in 0.9. */
function section(release: Release, name: 'backup' | 'restore'): string {
  return release.family === 'clusterdefinition' ? `${name}Spec` : name
}
