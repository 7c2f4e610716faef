import { suggestAmong } from '../../diagnostics/index.ts'
import { at, keysAt, listAt, textAt } from '../../objects/index.ts'
import { type ClusterPart, definitionOf, isOfKubeBlocks, partsOf } from '../cluster-parts.ts'
import { ALL, FROM_08, NEW, OLD } from '../eras.ts'
import { billionths } from '../quantity.ts'
import type { OperatorRelease } from '../releases.ts'
import { clustersMeant, componentEntries, namedCluster, neededSections, operationType, sectionsOf } from '../requests.ts'
import { type Finding, type Item, isGiven, itemsAt, type ValidationRule } from './rule.ts'

const kinds = ['OpsRequest']
const WEBHOOK = 'release-0.6 to release-0.9:apis/apps/v1alpha1/opsrequest_webhook.go'
const VALIDATION = 'release-1.0:apis/operations/v1alpha1/opsrequest_validation.go'

const section: ValidationRule = {
  code: 'operation/section',
  kinds,
  releases: ALL,
  source: `${WEBHOOK} validateOps; ${VALIDATION} ValidateOps`,
  check(object) {
    if (namedCluster(object) === undefined) return [{ path: ['spec'], message: 'The OpsRequest names no Cluster.' }]
    const type = operationType(object)
    const needed = neededSections(type)
    if (needed.length === 0 || sectionsOf(object).length > 0) return []
    return [{ path: ['spec', 'type'], message: `An OpsRequest of type ${type} needs the section ${needed[0]}, and does nothing without it.` }]
  },
}

/** Cluster and part that something of an OpsRequest is about. */
interface Meant {
  readonly cluster: unknown
  readonly part: ClusterPart
}

/** The parts that an entry of an OpsRequest names, one for each Cluster of the name; none when a Cluster may have parts that are not at hand. */
function partsMeant(request: unknown, { item }: Item, all: readonly unknown[]): readonly Meant[] {
  const wanted = textAt(item, 'componentName')
  const meant: Meant[] = []
  for (const cluster of clustersMeant(request, all)) {
    const part = partsOf(cluster, all).parts.find(({ name }) => name === wanted)
    if (part !== undefined) meant.push({ cluster, part })
  }
  return meant
}

const component: ValidationRule = {
  code: 'operation/component',
  kinds,
  releases: ALL,
  source: `${WEBHOOK} checkComponentExistence; ${VALIDATION}, the same function`,
  check(object, objects, _release, others) {
    if (operationType(object) === 'Restore') return []
    const clusters = clustersMeant(object, [...objects, ...others]).map((cluster) => partsOf(cluster, [...objects, ...others]))
    if (clusters.length === 0 || clusters.some(({ isOpen }) => isOpen)) return []
    const known = [...new Set(clusters.flatMap(({ parts }) => parts.map(({ name }) => name)))]
    return componentEntries(object).flatMap(({ item, path }) => {
      const wanted = textAt(item, 'componentName') ?? ''
      if (known.includes(wanted)) return []
      const message = `The Cluster "${namedCluster(object)?.name}" has no component "${wanted}".`
      return [{ path: [...path, 'componentName'], message, hint: suggestAmong(wanted, known) }]
    })
  },
}

const volume: ValidationRule = {
  code: 'operation/volume',
  kinds,
  releases: ALL,
  source: `${WEBHOOK} checkVolumesAllowExpansion; ${VALIDATION}, the same function`,
  check(object, objects, _release, others) {
    if (operationType(object) !== 'VolumeExpansion') return []
    return sectionsOf(object).flatMap((entry) => {
      const meant = partsMeant(object, entry, [...objects, ...others])
      if (meant.length === 0) return []
      const known = meant.flatMap(({ part }) => listAt(part.spec.item, 'volumeClaimTemplates').flatMap((claim) => textAt(claim, 'name') ?? []))
      return itemsAt(entry, 'volumeClaimTemplates').flatMap(({ item, path }) => {
        const wanted = textAt(item, 'name') ?? ''
        if (known.includes(wanted)) return []
        const message = `The component "${textAt(entry.item, 'componentName')}" of the Cluster has no volumeClaimTemplate "${wanted}".`
        return [{ path: [...path, 'name'], message, hint: suggestAmong(wanted, known) }]
      })
    })
  },
}

const expose: ValidationRule = {
  code: 'operation/expose',
  kinds,
  releases: FROM_08,
  source: `release-0.8 and release-0.9:apis/apps/v1alpha1/opsrequest_webhook.go validateExpose; ${VALIDATION}, the same function`,
  check(object) {
    if (operationType(object) !== 'Expose') return []
    const ofCluster = sectionsOf(object).filter(({ item }) => (textAt(item, 'componentName') ?? '') === '')
    const second = ofCluster.slice(1).map(({ path }) => ({ path, message: 'Only one entry may be without a componentName.' }))
    const withoutPorts = ofCluster
      .filter(({ item }) => textAt(item, 'switch') === 'Enable')
      .flatMap((entry) => itemsAt(entry, 'services'))
      .filter(({ item }) => listAt(item, 'ports').length === 0)
      .map(({ path }) => ({ path, message: 'Without a componentName nothing says which ports the service has; ports are needed.' }))
    return [...second, ...withoutPorts]
  },
}

/** A switchover is an action of the definition. */
const switchover: ValidationRule = {
  code: 'operation/switchover',
  kinds,
  releases: ALL,
  source: `${WEBHOOK} validateSwitchoverResourceList; release-1.0:pkg/operations/switchover.go switchoverPreCheck`,
  check(object, objects, release, others) {
    if (operationType(object) !== 'Switchover') return []
    const all = [...objects, ...others]
    return sectionsOf(object).flatMap((entry) => {
      const problems = partsMeant(object, entry, all).map(({ cluster, part }) => switchoverProblem(release, cluster, part, entry, all))
      const [problem] = problems
      return problem === undefined || problems.includes(undefined)
        ? []
        : [{ path: [...entry.path, 'componentName'], message: `The component "${textAt(entry.item, 'componentName')}" ${problem}.` }]
    })
  },
}

function switchoverProblem(release: OperatorRelease, cluster: unknown, part: ClusterPart, entry: Item, all: readonly unknown[]): string | undefined {
  const found = definitionOf(release, cluster, part, all)
  if (found === undefined) return undefined
  const way = textAt(entry.item, 'instanceName') === '*' ? 'withoutCandidate' : 'withCandidate'
  const isOfClusterDefinition = part.reference?.kind === 'componentDef'
  if (isOfClusterDefinition || !NEW.includes(release.version)) {
    const field = isOfClusterDefinition ? ['switchoverSpec', way] : ['lifecycleActions', 'switchover', way]
    return isGiven(found.component.owner.item, ...field) ? undefined : `cannot be switched over: its definition has no ${field.join('.')}`
  }
  if (!isGiven(found.object, 'spec', 'lifecycleActions', 'switchover')) return 'cannot be switched over: its definition has no action switchover'
  return listAt(found.object, 'spec', 'roles').length === 0 ? 'cannot be switched over: its definition has no roles' : undefined
}

const scaling: ValidationRule = {
  code: 'operation/scaling',
  kinds,
  releases: FROM_08,
  source: `release-0.9:apis/apps/v1alpha1/opsrequest_webhook.go validateHorizontalScalingSpec; ${VALIDATION}, the same function`,
  check(object, objects, _release, others) {
    if (operationType(object) !== 'HorizontalScaling') return []
    return sectionsOf(object).flatMap((entry): readonly Finding[] => {
      const kindsMeant = partsMeant(object, entry, [...objects, ...others]).map(({ part }) => part.kind)
      const isNoSharding = kindsMeant.length > 0 && !kindsMeant.includes('sharding')
      const shards: readonly Finding[] =
        isGiven(entry.item, 'shards') && isNoSharding
          ? [
              {
                path: [...entry.path, 'shards'],
                message: `"${textAt(entry.item, 'componentName')}" is no sharding of the Cluster, and has no shards.`,
              },
            ]
          : []
      const both = ['replicas', 'shards'].filter(
        (field) => isGiven(entry.item, field) && (isGiven(entry.item, 'scaleIn') || isGiven(entry.item, 'scaleOut')),
      )
      return [
        ...shards,
        ...both.map((field) => ({ path: [...entry.path, field], message: `The field ${field} cannot stand beside scaleIn and scaleOut.` })),
        ...tooMany(entry),
      ]
    })
  },
}

/** More instances by name than replicas change. */
function tooMany(entry: Item): readonly Finding[] {
  return [['scaleIn', 'onlineInstancesToOffline'] as const, ['scaleOut', 'offlineInstancesToOnline'] as const].flatMap(([way, field]) => {
    const count = listAt(entry.item, way, field).length
    const changes = at(entry.item, way, 'replicaChanges')
    return typeof changes !== 'number' || count <= changes
      ? []
      : [{ path: [...entry.path, way, 'replicaChanges'], message: `In ${field} ${count} instances are named, and replicaChanges is ${changes}.` }]
  })
}

const resources: ValidationRule = {
  code: 'operation/resources',
  kinds,
  releases: ALL,
  source: `${WEBHOOK} validateVerticalResourceList, compareRequestsAndLimits; ${VALIDATION}, the same functions`,
  check(object) {
    if (operationType(object) !== 'VerticalScaling') return []
    return sectionsOf(object).flatMap((entry) => [
      ...['requests', 'limits'].flatMap((part) =>
        keysAt(entry.item, part)
          .filter((key) => key !== 'cpu' && key !== 'memory' && !key.startsWith('hugepages-'))
          .map((key) => ({ path: [...entry.path, part, key], message: `Of ${key} nothing can be scaled: only cpu, memory and hugepages- can.` })),
      ),
      ...aboveLimits(entry),
    ])
  },
}

/** Requests above their limits, which the operator refuses, and Kubernetes too. */
export function aboveLimits(owner: Item): readonly Finding[] {
  return keysAt(owner.item, 'requests').flatMap((key) => {
    const [request, limit] = [at(owner.item, 'requests', key), at(owner.item, 'limits', key)]
    const [least, most] = [billionths(request), billionths(limit)]
    return least === undefined || most === undefined || least <= most
      ? []
      : [{ path: [...owner.path, 'requests', key], message: `The request of ${String(request)} ${key} is above the limit of ${String(limit)}.` }]
  })
}

const clusterResources: ValidationRule = {
  code: 'cluster/resources',
  kinds: ['Cluster'],
  releases: ALL,
  source:
    'release-0.6 to release-0.9:apis/apps/v1alpha1/cluster_webhook.go validateComponentResources; kubernetes:pkg/apis/core/validation ValidateResourceRequirements',
  check: (object, objects, _release, others) =>
    !isOfKubeBlocks(object)
      ? []
      : partsOf(object, [...objects, ...others]).parts.flatMap(({ spec }) =>
          aboveLimits({ item: at(spec.item, 'resources'), path: [...spec.path, 'resources'] }),
        ),
}

/** ConfigMaps and Secrets of scripts that the chart would have to bring are no matter: they may be there. */
const script: ValidationRule = {
  code: 'operation/script',
  kinds,
  releases: OLD,
  source: `${WEBHOOK} validateDataScript`,
  check(object) {
    if (operationType(object) !== 'DataScript') return []
    return sectionsOf(object)
      .filter(
        ({ item }) =>
          listAt(item, 'script').length === 0 && !['configMapRef', 'secretRef'].some((field) => listAt(item, 'scriptFrom', field).length > 0),
      )
      .map(({ path }) => ({ path, message: 'There is neither a script nor a ConfigMap or Secret that holds one.' }))
  },
}

export const requestRules: readonly ValidationRule[] = [clusterResources, component, expose, resources, scaling, script, section, switchover, volume]
