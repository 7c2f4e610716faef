import { suggestAmong } from '../../diagnostics/index.ts'
import { at, listAt, textAt } from '../../objects/index.ts'
import { type ClusterPart, definitionOf, isOfKubeBlocks, partsOf, shardedReference, shardingDefinition } from '../cluster-parts.ts'
import { ALL, FROM_08, FROM_09, NEW } from '../eras.ts'
import { LABEL, MOST_REPLICAS } from '../limits.ts'
import { chooseDefinition, nameOf, namesMatching, ofKind, serviceVersionsOf } from '../matching.ts'
import { headlessServiceName } from '../names.ts'
import type { OperatorRelease } from '../releases.ts'
import { type Finding, isGiven, itemsAt, type ValidationRule, whole } from './rule.ts'

const kinds = ['Cluster']

/** A rule about each part of a Cluster. */
function aboutParts(
  rule: Omit<ValidationRule, 'check' | 'kinds'>,
  check: (part: ClusterPart, release: OperatorRelease, cluster: unknown, all: readonly unknown[]) => readonly Finding[],
): ValidationRule {
  return {
    ...rule,
    kinds,
    check(object, objects, release, others) {
      if (!isOfKubeBlocks(object)) return []
      const all = [...objects, ...others]
      return partsOf(object, all).parts.flatMap((part) => check(part, release, object, all))
    },
  }
}

const serviceVersion = aboutParts(
  {
    code: 'cluster/service-version',
    releases: FROM_09,
    source:
      'release-0.9:controllers/apps/componentversion_controller.go resolveCompDefinitionNServiceVersion; release-1.0:controllers/apps/cluster/transformer_cluster_normalization.go, the same function',
  },
  ({ spec, reference }, release, _cluster, all) => {
    const wanted = textAt(spec.item, 'serviceVersion') ?? ''
    if (wanted === '' || reference === undefined || reference.kind === 'componentDef') return []
    const pattern = reference.kind === 'ShardingDefinition' ? shardedReference(release, all, reference.name) : reference.name
    return pattern === undefined
      ? []
      : notOffered(release, all, pattern, wanted).map((finding) => ({ path: [...spec.path, 'serviceVersion'], ...finding }))
  },
)

/** That no definition that a reference matches offers a service version; nothing when there is no such definition, or it is not known. */
export function notOffered(
  release: OperatorRelease,
  all: readonly unknown[],
  pattern: string,
  wanted: string,
): readonly { readonly message: string; readonly hint: string | undefined }[] {
  const definitions = ofKind(all, 'ComponentDefinition')
  const names = namesMatching(release, definitions.map(nameOf), pattern)
  const candidates = definitions.filter((definition) => names.includes(nameOf(definition)))
  if (candidates.length === 0 || candidates.some((candidate) => !isGiven(candidate, 'spec'))) return []
  if (!('problem' in chooseDefinition(release, all, pattern, wanted))) return []
  const offered = [...new Set(candidates.flatMap((candidate) => serviceVersionsOf(release, all, candidate)))]
  return [{ message: `No ComponentDefinition that "${pattern}" matches offers the service version ${wanted}.`, hint: suggestAmong(wanted, offered) }]
}

const tls = aboutParts(
  {
    code: 'cluster/tls',
    releases: ALL,
    source:
      'release-0.5:internal/controller/lifecycle/transformer_tls_certs.go; release-0.6:controllers/apps/components/workload_builder.go; release-0.8 to release-0.9:controllers/apps/transformer_component_tls.go; release-1.0:controllers/apps/component/transformer_component_tls.go enabled',
  },
  (part, release, cluster, all) => {
    const { spec, name } = part
    if (at(spec.item, 'tls') !== true) return []
    const issuer = [...spec.path, 'issuer']
    if (!isGiven(spec.item, 'issuer'))
      return [{ path: [...spec.path, 'tls'], message: `The component "${name}" has TLS and no issuer, which the operator refuses.` }]
    if (textAt(spec.item, 'issuer', 'name') === 'UserProvided' && !isGiven(spec.item, 'issuer', 'secretRef'))
      return [
        { path: issuer, message: `The certificates of the component "${name}" are provided by the user, and no secretRef says where they are.` },
      ]
    const found = definitionOf(release, cluster, part, all)
    // What of a definition takes certificates is said from 1.0 on.
    if (found === undefined || !NEW.includes(release.version) || isGiven(found.object, 'spec', 'tls')) return []
    return [
      { path: [...spec.path, 'tls'], message: `The ComponentDefinition "${found.name}" does not support TLS, and the component "${name}" fails.` },
    ]
  },
)

const replicas = aboutParts(
  {
    code: 'cluster/replicas',
    releases: FROM_08,
    source:
      'release-0.8 and release-0.9:controllers/apps/transformer_component_validation.go validateCompReplicas; release-1.0:controllers/apps/component, the same; controllers/apps/cluster/transformer_cluster_normalization.go validateShardingShards',
  },
  (part, release, cluster, all) => {
    const found = definitionOf(release, cluster, part, all)
    const limit = at(found?.object, 'spec', 'replicasLimit')
    // 0.8 has no limit when the definition has none.
    const least = at(limit, 'minReplicas') ?? (FROM_09.includes(release.version) ? 1 : 0)
    const most = at(limit, 'maxReplicas') ?? MOST_REPLICAS
    const ofReplicas =
      found === undefined
        ? []
        : outside(part.spec.item, 'replicas', least, most).map((message) => ({ path: [...part.spec.path, 'replicas'], message }))
    if (part.kind !== 'sharding' || part.reference?.kind !== 'ShardingDefinition') return ofReplicas
    const shards = at(shardingDefinition(release, all, part.reference.name), 'spec', 'shardsLimit')
    const ofShards = outside(part.entry?.item, 'shards', at(shards, 'minShards'), at(shards, 'maxShards'))
    return [...ofReplicas, ...ofShards.map((message) => ({ path: [...(part.entry?.path ?? []), 'shards'], message }))]
  },
)

function outside(value: unknown, field: string, least: unknown, most: unknown): readonly string[] {
  const number = at(value, field)
  if (typeof number !== 'number' || typeof least !== 'number' || typeof most !== 'number' || (number >= least && number <= most)) return []
  return [`The definition takes ${least} to ${most} ${field}, and the Cluster wants ${number}, which the operator refuses.`]
}

const services: ValidationRule = {
  code: 'cluster/service',
  kinds,
  releases: FROM_08,
  source:
    'release-0.8 and release-0.9:controllers/apps/transformer_cluster_service.go; release-1.0:controllers/apps/cluster/transformer_cluster_service.go shardingService, checkComponentRoles',
  check(object, objects, release, others) {
    if (!isOfKubeBlocks(object)) return []
    const all = [...objects, ...others]
    const { parts, isOpen } = partsOf(object, all)
    return itemsAt(whole(object), 'spec', 'services').flatMap((service) =>
      ['componentSelector', 'shardingSelector'].flatMap((field): readonly Finding[] => {
        const wanted = textAt(service.item, field) ?? ''
        if (wanted === '') return []
        const part = parts.find(({ name }) => name === wanted)
        if (part !== undefined) return unknownRole(release, object, part, service, all)
        const hint = suggestAmong(
          wanted,
          parts.map(({ name }) => name),
        )
        return isOpen
          ? []
          : [{ path: [...service.path, field], message: `The Cluster has no component "${wanted}" for the service to select.`, hint }]
      }),
    )
  },
}

function unknownRole(
  release: OperatorRelease,
  cluster: unknown,
  part: ClusterPart,
  service: { readonly item: unknown; readonly path: Finding['path'] },
  all: readonly unknown[],
): readonly Finding[] {
  const wanted = textAt(service.item, 'roleSelector') ?? ''
  const found = definitionOf(release, cluster, part, all)
  if (wanted === '' || found === undefined || part.reference?.kind === 'componentDef') return []
  const known = listAt(found.object, 'spec', 'roles').flatMap((role) => textAt(role, 'name') ?? [])
  if (known.some((role) => role.toLowerCase() === wanted.toLowerCase())) return []
  const message = `The ComponentDefinition "${found.name}" has no role "${wanted}", and the services of the cluster are not made.`
  return [{ path: [...service.path, 'roleSelector'], message, hint: suggestAmong(wanted, known) }]
}

/** What the operator puts behind the name of a sharding. */
const SHARD_SUFFIX = '-abc'
const LONGEST_SERVICE = 63

/** Names of services are made of those of the cluster and of its components. */
const names: ValidationRule = {
  code: 'cluster/name',
  kinds,
  releases: ALL,
  source:
    'kubernetes:staging/src/k8s.io/apimachinery/pkg/util/validation/validation.go IsDNS1035Label, for names of Services; release-1.0:pkg/constant/pattern.go',
  check(object, objects, _release, others) {
    const name = nameOf(object)
    if (!isOfKubeBlocks(object) || name === '') return []
    const path = ['metadata', 'name']
    if (!LABEL.test(name)) return [{ path, message: `Names of Services begin with "${name}", which no Service takes.` }]
    return partsOf(object, [...objects, ...others]).parts.flatMap((part) => {
      const service = headlessServiceName(name, part.kind === 'sharding' ? `${part.name}${SHARD_SUFFIX}` : part.name)
      return service.length <= LONGEST_SERVICE
        ? []
        : [
            {
              path,
              message: `The Service "${service}" of the component "${part.name}" has ${service.length} characters, and Kubernetes takes ${LONGEST_SERVICE}.`,
            },
          ]
    })
  },
}

export const clusterPartRules: readonly ValidationRule[] = [names, replicas, serviceVersion, services, tls]
