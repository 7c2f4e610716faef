import { map, type Node, pair, scalar, seq } from '../../gotemplate/index.ts'
import type { Backup } from '../../model/addon.ts'
import { prefixed } from '../names.ts'
import type { ClusterDefinitionLowering } from '../release.ts'
import { backupMethod, lowerActionSet, schedules } from '../shared/action-set.ts'
import { metadata, object } from '../shared/metadata.ts'
import { credentialTarget, type LoweredBackup, policyMetadata } from './backup-policy.ts'
import { lowerEnvVar } from './env.ts'

/** Backup in 0.7 and 0.8: a BackupPolicyTemplate whose methods name an ActionSet each (API.md 2.11 and 2.13). */
export function lowerToBackupMethods(lowering: ClusterDefinitionLowering, backup: Backup): LoweredBackup {
  const { addon, release } = lowering
  const sets = backup.methods.map((method) =>
    lowerActionSet(addon, backup, method, {
      kubeblocks: release.version,
      metadata: metadata(addon.name, prefixed(addon.name, method.name), { labels: { 'clusterdefinition.kubeblocks.io/name': addon.name } }),
      // 0.7 has no strategy for pods, and 0.8 sends the jobs of all of them to the first.
      jobPerPod: false,
      env: method.env.flatMap(lowerEnvVar),
    }),
  )
  return { policies: [policy(lowering, backup)], actions: sets.map(({ object }) => object), files: sets.flatMap(({ files }) => files) }
}

function policy({ addon }: ClusterDefinitionLowering, backup: Backup): Node {
  const methods = backup.methods.map((method) => backupMethod(method, scalar(prefixed(addon.name, method.name))))
  // 0.8 requires a role; engines without roles have none.
  const target = credentialTarget(addon, pair('role', ''))
  const component = map(
    pair('componentDefRef', scalar(backup.component, backup.origin)),
    target,
    pair('backupMethods', seq(methods)),
    schedules(backup),
  )
  return object(
    'apps.kubeblocks.io/v1alpha1',
    'BackupPolicyTemplate',
    policyMetadata(addon),
    pair('spec', map(pair('clusterDefinitionRef', addon.name), pair('backupPolicies', seq([component])))),
  )
}
