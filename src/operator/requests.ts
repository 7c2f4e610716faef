import { at, textAt } from '../objects/index.ts'
import { isPolicyFor, labelledDefinition, policiesOf } from './backup-templates.ts'
import { type ClusterPart, clusterDefinitionOf, clustersIn, definitionOf, namedDefinition, partsOf } from './cluster-parts.ts'
import { nameOf, ofKind } from './matching.ts'
import type { OperatorRelease } from './releases.ts'
import { type Item, isGiven, itemsAt, type ObjectPath, whole } from './validation/rule.ts'

/**
 * The sections of an OpsRequest by its type, as all releases call them, the newest first. A type that is not here needs none.
 * release-0.6:apis/apps/v1alpha1/opsrequest_webhook.go validateOps; release-1.0:apis/operations/v1alpha1/opsrequest_validation.go ValidateOps.
 */
const SECTIONS: Readonly<Record<string, readonly string[]>> = {
  Custom: ['custom', 'customSpec'],
  DataScript: ['scriptSpec'],
  Expose: ['expose'],
  HorizontalScaling: ['horizontalScaling'],
  RebuildInstance: ['rebuildFrom'],
  Reconfiguring: ['reconfigures', 'reconfigure'],
  Restart: ['restart'],
  Restore: ['restore', 'restoreSpec', 'restoreFrom'],
  Switchover: ['switchover'],
  Upgrade: ['upgrade'],
  VerticalScaling: ['verticalScaling'],
  VolumeExpansion: ['volumeExpansion'],
}

/** Sections that may be left out. */
const OPTIONAL: Readonly<Record<string, readonly string[]>> = { Backup: ['backup', 'backupSpec'], Start: ['start'], Stop: ['stop'] }

export function operationType(request: unknown): string {
  return textAt(request, 'spec', 'type') ?? ''
}

/** The sections that a type needs one of; none when it needs none. */
export function neededSections(type: string): readonly string[] {
  return SECTIONS[type] ?? []
}

/** The sections that are there for the type of an OpsRequest; the operator looks at no others. An empty list is none. */
export function sectionsOf(request: unknown): readonly Item[] {
  const type = operationType(request)
  return [...neededSections(type), ...(OPTIONAL[type] ?? [])].flatMap((field) => {
    const path = ['spec', field]
    const list = itemsAt(whole(request), ...path)
    if (list.length > 0) return list
    const section = at(request, ...path)
    return isGiven(request, ...path) && !Array.isArray(section) ? [{ item: section, path }] : []
  })
}

/** Everything of an OpsRequest that names a component. */
export function componentEntries(request: unknown): readonly Item[] {
  return sectionsOf(request)
    .flatMap((section) => [section, ...itemsAt(section, 'components')])
    .filter(({ item }) => (textAt(item, 'componentName') ?? '') !== '')
}

/** The Cluster that an OpsRequest names: `clusterName` from 0.9 on. */
export function namedCluster(request: unknown): { readonly name: string; readonly path: ObjectPath } | undefined {
  for (const field of ['clusterName', 'clusterRef']) {
    const name = textAt(request, 'spec', field) ?? ''
    if (name !== '') return { name, path: ['spec', field] }
  }
  return undefined
}

/** Clusters that an OpsRequest may mean: examples show several of one name. What names no namespace is in any. */
export function clustersMeant(request: unknown, objects: readonly unknown[]): readonly unknown[] {
  const wanted = namedCluster(request)?.name
  const namespace = textAt(request, 'metadata', 'namespace')
  return clustersIn(objects).filter((cluster) => {
    const own = textAt(cluster, 'metadata', 'namespace')
    return nameOf(cluster) === wanted && (namespace === undefined || own === undefined || own === namespace)
  })
}

/** A BackupPolicy that the operator makes for a part of a Cluster. */
export interface MadePolicy {
  readonly name: string
  /** The policy of the BackupPolicyTemplate. */
  readonly policy: unknown
}

/**
 * The BackupPolicies of a Cluster; undefined when a definition is not at hand, so that there may be others.
 * release-0.7:controllers/apps/transformer_backup_policy_tpl.go and release-0.9:controllers/apps/transformer_cluster_backup_policy.go
 * generateBackupPolicyName; release-1.0:controllers/dataprotection/backuppolicydriver_controller.go, the same.
 */
export function policiesOfCluster(release: OperatorRelease, cluster: unknown, objects: readonly unknown[]): readonly MadePolicy[] | undefined {
  const { parts, isOpen } = partsOf(cluster, objects)
  if (isOpen) return undefined
  const made: MadePolicy[] = []
  for (const part of parts) {
    const found = definitionOf(release, cluster, part, objects)
    if (found === undefined) return undefined
    made.push(...policiesOfPart(release, cluster, part, found.name, objects))
  }
  return made
}

function policiesOfPart(
  release: OperatorRelease,
  cluster: unknown,
  part: ClusterPart,
  definition: string,
  objects: readonly unknown[],
): readonly MadePolicy[] {
  const { policyNamedAfter, policyHasIdentifier, findsByLabel } = release.backup
  const owner = nameOf(clusterDefinitionOf(cluster, objects))
  const byLabel = (findsByLabel || part.reference?.kind === 'componentDef') && namedDefinition(cluster) !== undefined
  return ofKind(objects, 'BackupPolicyTemplate')
    .filter((template) => !byLabel || labelledDefinition(template) === owner)
    .flatMap((template) => {
      const identifier = policyHasIdentifier ? (textAt(template, 'spec', 'identifier') ?? '') : ''
      const stem = `${nameOf(cluster)}-${policyNamedAfter === 'component' ? part.name : definition}-backup-policy`
      return policiesOf(template)
        .filter((policy) => isPolicyFor(release, policy, definition))
        .map((policy) => ({ name: identifier === '' ? stem : `${stem}-${identifier}`, policy }))
    })
}
