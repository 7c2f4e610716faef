import { suggestAmong } from '../../diagnostics/index.ts'
import { at, listAt, textAt } from '../../objects/index.ts'
import { clustersIn, namedDefinition, partsOf } from '../cluster-parts.ts'
import { standingOf } from '../elsewhere.ts'
import { ALL, FROM_08, FROM_09, OLD } from '../eras.ts'
import { nameOf, ofKind } from '../matching.ts'
import type { OperatorRelease } from '../releases.ts'
import { clustersMeant, type MadePolicy, operationType, policiesOfCluster, sectionsOf } from '../requests.ts'
import { isSemantic } from '../versions.ts'
import { notOffered } from './cluster-parts.ts'
import { type Finding, type Item, itemsAt, type ValidationRule, whole } from './rule.ts'

const upgrade: ValidationRule = {
  code: 'operation/upgrade',
  kinds: ['OpsRequest'],
  releases: ALL,
  source:
    'release-0.6 to release-0.9:apis/apps/v1alpha1/opsrequest_webhook.go validateUpgrade; release-1.0:pkg/operations/upgrade.go; release-1.1 and v1.2.0-alpha.3:apis/operations/v1alpha1/opsrequest_validation.go validateUpgrade',
  check(object, objects, release, others) {
    if (operationType(object) !== 'Upgrade') return []
    const all = [...objects, ...others]
    return sectionsOf(object).flatMap((section) => [
      ...(OLD.includes(release.version) ? unknownVersion(object, section, all) : []),
      ...(FROM_09.includes(release.version) ? itemsAt(section, 'components').flatMap((entry) => unknownTarget(release, object, entry, all)) : []),
    ])
  },
}

/** A ClusterVersion that the ClusterDefinition of the Cluster has not, though it has others. */
function unknownVersion(request: unknown, { item, path }: Item, all: readonly unknown[]): readonly Finding[] {
  const wanted = textAt(item, 'clusterVersionRef') ?? ''
  const versions = ofKind(all, 'ClusterVersion')
  if (wanted === '' || versions.some((version) => nameOf(version) === wanted)) return []
  const owners = clustersMeant(request, all).map((cluster) => namedDefinition(cluster)?.name)
  const known = versions.filter((version) => owners.includes(textAt(version, 'spec', 'clusterDefinitionRef'))).map(nameOf)
  if (known.length === 0) return []
  const message = `The ClusterDefinition of the Cluster has no ClusterVersion "${wanted}".`
  return [{ path: [...path, 'clusterVersionRef'], message, hint: suggestAmong(wanted, known) }]
}

/** A definition or a service version that a component cannot be upgraded to. */
function unknownTarget(release: OperatorRelease, request: unknown, entry: Item, all: readonly unknown[]): readonly Finding[] {
  const wanted = textAt(entry.item, 'serviceVersion') ?? ''
  const definition = textAt(entry.item, 'componentDefinitionName') ?? ''
  if (release.refusesOddUpgrades && wanted !== '' && !isSemantic(wanted))
    return [{ path: [...entry.path, 'serviceVersion'], message: `"${wanted}" is no semantic version.` }]
  if (definition !== '') {
    const standing = standingOf(release, all, [], 'ComponentDefinition', definition)
    if (standing.kind === 'misspelt') {
      const message = `There is no ComponentDefinition "${definition}".`
      return [{ path: [...entry.path, 'componentDefinitionName'], message, hint: `did you mean "${standing.meant}"?` }]
    }
  }
  if (wanted === '') return []
  const patterns = definition === '' ? currentDefinitions(request, entry, all) : [definition]
  const problems = patterns.map((pattern) => notOffered(release, all, pattern, wanted))
  const [problem] = problems
  return problem === undefined || problems.some((found) => found.length === 0)
    ? []
    : problem.map((found) => ({ path: [...entry.path, 'serviceVersion'], ...found }))
}

/** What the Clusters that an OpsRequest may mean name as the definition of a component. */
function currentDefinitions(request: unknown, { item }: Item, all: readonly unknown[]): readonly string[] {
  const wanted = textAt(item, 'componentName')
  return clustersMeant(request, all)
    .flatMap((cluster) => partsOf(cluster, all).parts)
    .flatMap(({ name, reference }) => (name === wanted && reference?.kind === 'ComponentDefinition' ? [reference.name] : []))
}

/** A policy that no Cluster of the name gets, or a method that it has not. */
const backup: ValidationRule = {
  code: 'operation/backup',
  kinds: ['Backup', 'OpsRequest'],
  releases: ['0.7', ...FROM_08],
  source:
    'release-0.7 to release-0.9:controllers/apps/operations/backup.go buildBackup; release-1.0:pkg/operations/backup.go; controllers/dataprotection/backup_controller.go',
  check(object, objects, release, others) {
    const all = [...objects, ...others]
    const isRequest = textAt(object, 'kind') === 'OpsRequest'
    if (isRequest && operationType(object) !== 'Backup') return []
    const wanted: Item = isRequest ? (sectionsOf(object)[0] ?? whole(undefined)) : { item: at(object, 'spec'), path: ['spec'] }
    const policy = textAt(wanted.item, 'backupPolicyName') ?? ''
    const clusters = isRequest ? clustersMeant(object, all) : clustersOfPolicy(policy, all)
    // What is written as a BackupPolicy is no matter of templates.
    if (clusters.length === 0 || ofKind(all, 'BackupPolicy').some((candidate) => nameOf(candidate) === policy)) return []
    const made: MadePolicy[] = []
    for (const cluster of clusters) {
      const own = policiesOfCluster(release, cluster, all)
      if (own === undefined || own.length === 0) return []
      made.push(...own)
    }
    return !isRequest && isOfLongerName(policy, clusters, made) ? [] : unknownPolicy(wanted, policy, made)
  },
}

/** Clusters whose name a policy begins with. */
function clustersOfPolicy(policy: string, all: readonly unknown[]): readonly unknown[] {
  return clustersIn(all).filter((cluster) => nameOf(cluster) !== '' && policy.startsWith(`${nameOf(cluster)}-`))
}

/** Whether a policy is that of a cluster whose name begins with that of one at hand: `pg-test` beside `pg`. */
function isOfLongerName(policy: string, clusters: readonly unknown[], made: readonly MadePolicy[]): boolean {
  return clusters
    .map(nameOf)
    .some((name) => made.some((one) => one.name !== policy && one.name.startsWith(name) && policy.endsWith(one.name.slice(name.length))))
}

function unknownPolicy({ item, path }: Item, policy: string, made: readonly MadePolicy[]): readonly Finding[] {
  const known = [...new Set(made.map(({ name }) => name))]
  // From 1.0 on the operator shortens longer ones by a hash (release-1.0:pkg/constant/pattern.go ShortenKubeName).
  if (known.some((name) => name.length > 63)) return []
  if (policy !== '' && !known.includes(policy))
    return [{ path: [...path, 'backupPolicyName'], message: `The Cluster has no BackupPolicy "${policy}".`, hint: suggestAmong(policy, known) }]
  const method = textAt(item, 'backupMethod') ?? ''
  const methods = made
    .filter(({ name }) => policy === '' || name === policy)
    .flatMap((one) => listAt(one.policy, 'backupMethods').flatMap((candidate) => textAt(candidate, 'name') ?? []))
  if (method === '' || methods.includes(method)) return []
  const message = `The BackupPolicy${policy === '' ? ' of the Cluster' : ` "${policy}"`} has no method "${method}", and no backup is made.`
  return [{ path: [...path, 'backupMethod'], message, hint: suggestAmong(method, methods) }]
}

export const requestReferenceRules: readonly ValidationRule[] = [backup, upgrade]
