import { type Entry, map, type Node, pair, scalar, seq } from '../../gotemplate/index.ts'
import type { Backup, BackupMethod, Component } from '../../model/addon.ts'
import { prefixed } from '../names.ts'
import type { ComponentDefinitionLowering, Lowered } from '../release.ts'
import { backupMethod, lowerActionSet, schedules } from '../shared/action-set.ts'
import { metadata, object } from '../shared/metadata.ts'
import { policyMarks } from '../shared/policy-marks.ts'
import { lowerEnvVar } from './env.ts'
import { keptAnnotations } from './marks.ts'
import { componentPattern, versionedName } from './names.ts'

/** The policy of backups with its action sets. */
export function lowerBackup(lowering: ComponentDefinitionLowering): { readonly policies: readonly Node[] } & Lowered {
  const { addon, release } = lowering
  const { backup } = addon
  const component = addon.components.find(({ name }) => name === backup?.component)
  if (backup === undefined || component === undefined) return { policies: [], objects: [], files: [] }
  const sets = backup.methods.map((method) =>
    lowerActionSet(addon, backup, method, {
      kubeblocks: release.version,
      metadata: metadata(addon.name, actionSetName(lowering, method), { annotations: keptAnnotations(release) }),
      jobPerPod: true,
      env: method.env.flatMap(lowerEnvVar),
    }),
  )
  return {
    policies: [policy(lowering, backup, component)],
    objects: sets.map(({ object }) => object),
    files: sets.flatMap(({ files }) => files),
  }
}

function actionSetName(lowering: ComponentDefinitionLowering, { name, origin }: BackupMethod): Node {
  return versionedName(lowering, prefixed(lowering.addon.name, name), origin)
}

/** The BackupPolicyTemplate, which moved to a group of its own with 1.0 (API.md 2.11). */
function policy(lowering: ComponentDefinitionLowering, backup: Backup, component: Component): Node {
  const { addon, release } = lowering
  const pattern = seq([componentPattern(lowering, component.name, component.origin)])
  const methods = seq(backup.methods.map((method) => backupMethod(method, actionSetName(lowering, method))))
  const shared: Entry[] = [
    ...pair('target', target(backup, component)),
    ...pair('backupMethods', methods, { origin: backup.origin }),
    ...schedules(backup),
  ]
  const name = versionedName(lowering, `${addon.name}-backup-policy`, backup.origin)
  switch (release.api) {
    case 'v1alpha1': {
      const { labels, annotations } = policyMarks(addon.name)
      return object(
        'apps.kubeblocks.io/v1alpha1',
        'BackupPolicyTemplate',
        metadata(addon.name, name, { labels, annotations: { ...annotations, ...keptAnnotations(release) } }),
        pair('spec', map(pair('backupPolicies', seq([map(pair('componentDefs', pattern), shared)])))),
      )
    }
    case 'v1':
      return object(
        'dataprotection.kubeblocks.io/v1alpha1',
        'BackupPolicyTemplate',
        metadata(addon.name, name, { annotations: keptAnnotations(release) }),
        pair('spec', map(pair('serviceKind', scalar(addon.engine)), pair('compDefs', pattern), shared)),
      )
  }
}

/** The role is required; engines without roles have an empty one. */
function target({ pods }: Backup, component: Component): Node {
  const account = component.accounts.find(({ isInitial }) => isInitial)
  return map(pair('role', ''), pair('account', account?.name), pair('strategy', pods === 'all' ? 'All' : 'Any'))
}
