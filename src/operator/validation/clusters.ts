import { didYouMean, suggestAmong } from '../../diagnostics/index.ts'
import { at, listAt, textAt } from '../../objects/index.ts'
import {
  type ClusterPart,
  clusterDefinitionOf,
  type DefinitionReference,
  isOfKubeBlocks,
  isTopologyComponentFor,
  namedDefinition,
  partsOf,
  topologyOf,
} from '../cluster-parts.ts'
import { standingOf } from '../elsewhere.ts'
import { ALL, FROM_09, NEW, OLD } from '../eras.ts'
import { isPattern, nameOf, ofKind } from '../matching.ts'
import type { OperatorRelease } from '../releases.ts'
import type { Finding, ObjectPath, ValidationRule } from './rule.ts'

const kinds = ['Cluster']
const LOADS =
  'release-0.6:controllers/apps/transformer_validate_and_load_ref_resources.go; release-0.8 and release-0.9:controllers/apps/transformer_cluster_load_resources.go'
const CLUSTER = 'controllers/apps/cluster/transformer_cluster_validation.go'

/** A name in a Cluster that no object of the run has, and the one that was most likely meant. */
interface Missing {
  readonly kind: string
  readonly name: string
  readonly path: ObjectPath
  readonly meant: string | undefined
}

/** Definitions that a Cluster names and that nothing of the run is. */
function missingDefinitions(release: OperatorRelease, cluster: unknown, all: readonly unknown[]): readonly Missing[] {
  const named = namedDefinition(cluster)
  const known = ofKind(all, 'ClusterDefinition').map(nameOf)
  const own: readonly Missing[] =
    named === undefined || known.includes(named.name)
      ? []
      : [{ kind: 'ClusterDefinition', name: named.name, path: named.path, meant: didYouMean(named.name, known) }]
  return [...own, ...referencesOf(cluster, all).flatMap((reference) => missingReference(release, reference, all))]
}

function missingReference(release: OperatorRelease, { kind, name, path }: DefinitionReference, all: readonly unknown[]): readonly Missing[] {
  if (kind === 'componentDef' || !isPattern(name)) return []
  const standing = standingOf(release, all, [], kind, name)
  if (standing.kind === 'here') return []
  return [{ kind, name, path, meant: standing.kind === 'misspelt' ? standing.meant : undefined }]
}

/** References that a Cluster writes itself; of those of a topology other rules speak. */
function referencesOf(cluster: unknown, all: readonly unknown[]): readonly DefinitionReference[] {
  return partsOf(cluster, all).parts.flatMap(({ reference }) => (reference !== undefined && isWritten(reference) ? [reference] : []))
}

function isWritten({ path }: DefinitionReference): boolean {
  const field = path.at(-1)
  return field !== 'name' && field !== 'topology'
}

const definition: ValidationRule = {
  code: 'cluster/definition',
  kinds,
  releases: ALL,
  source: `${LOADS}; release-1.0:${CLUSTER} and transformer_cluster_normalization.go`,
  check(object, objects, release, others) {
    if (!isOfKubeBlocks(object)) return []
    const all = [...objects, ...others]
    const misspelt = missingDefinitions(release, object, all).flatMap(({ kind, name, path, meant }) =>
      meant === undefined ? [] : [{ path, message: `There is no ${kind} "${name}", and the cluster is not made.`, hint: `did you mean "${meant}"?` }],
    )
    const broken = referencesOf(object, all)
      .filter(({ kind, name }) => kind !== 'componentDef' && release.matching === 'pattern' && !isPattern(name))
      .map(({ name, path }) => ({ path, message: `"${name}" is no regular expression of Go.` }))
    return [...misspelt, ...broken, ...unknownComponentDefs(object, all), ...undefinedParts(release, object, all)]
  },
}

/** Components of a ClusterDefinition that it has not. */
function unknownComponentDefs(cluster: unknown, all: readonly unknown[]): readonly Finding[] {
  const owner = clusterDefinitionOf(cluster, all)
  if (owner === undefined) return []
  const known = listAt(owner, 'spec', 'componentDefs').flatMap((component) => textAt(component, 'name') ?? [])
  return referencesOf(cluster, all)
    .filter(({ kind, name }) => kind === 'componentDef' && !known.includes(name))
    .map(({ name, path }) => ({
      path,
      message: `The ClusterDefinition "${nameOf(owner)}" has no component "${name}", and the cluster is not made.`,
      hint: suggestAmong(name, known),
    }))
}

/** Without a ClusterDefinition each part must say what it is: withClusterUserDefined. */
function undefinedParts(release: OperatorRelease, cluster: unknown, all: readonly unknown[]): readonly Finding[] {
  if (!NEW.includes(release.version) || namedDefinition(cluster) !== undefined) return []
  return partsOf(cluster, all).parts.flatMap(({ entry, name, kind, reference }) =>
    entry === undefined || reference !== undefined
      ? []
      : [{ path: entry.path, message: `The ${kind} "${name}" names no definition, nor does the Cluster, which the operator refuses.` }],
  )
}

/** Another chart may bring what is named. */
const elsewhere: ValidationRule = {
  code: 'cluster/elsewhere',
  kinds,
  releases: ALL,
  source: `${LOADS}; release-1.0:${CLUSTER}`,
  check(object, objects, release, others) {
    if (!isOfKubeBlocks(object)) return []
    const all = [...objects, ...others]
    const definitions = missingDefinitions(release, object, all).filter(({ meant }) => meant === undefined)
    const versions = missingVersion(release, object, all).filter(({ isKnown }) => !isKnown)
    const [owner] = definitions
    // Who has not the ClusterDefinition has nothing else of its chart either.
    const missing = owner?.kind === 'ClusterDefinition' ? [owner] : [...definitions, ...versions]
    return missing.map(({ kind, name, path }) => ({
      path,
      message: `The ${kind} "${name}" is not among what is checked, so what the Cluster wants of it is not checked.`,
    }))
  },
}

/** The ClusterVersion that is named and not there; `isKnown` when there are others of the same ClusterDefinition. */
function missingVersion(release: OperatorRelease, cluster: unknown, all: readonly unknown[]): readonly (Missing & { readonly isKnown: boolean })[] {
  const path = ['spec', 'clusterVersionRef']
  const name = textAt(cluster, ...path) ?? ''
  const versions = ofKind(all, 'ClusterVersion')
  if (name === '' || !OLD.includes(release.version) || versions.some((version) => nameOf(version) === name)) return []
  const wanted = namedDefinition(cluster)?.name
  const own = versions.filter((version) => textAt(version, 'spec', 'clusterDefinitionRef') === wanted).map(nameOf)
  return [{ kind: 'ClusterVersion', name, path, meant: suggestAmong(name, own), isKnown: own.length > 0 }]
}

const version: ValidationRule = {
  code: 'cluster/version',
  kinds,
  releases: OLD,
  source: LOADS,
  check: (object, objects, release, others) =>
    missingVersion(release, object, [...objects, ...others])
      .filter(({ isKnown }) => isKnown && isOfKubeBlocks(object))
      .map(({ name, path, meant }) => ({
        path,
        message: `The ClusterDefinition "${namedDefinition(object)?.name}" has no ClusterVersion "${name}", and the cluster is not made.`,
        hint: meant,
      })),
}

const topology: ValidationRule = {
  code: 'cluster/topology',
  kinds,
  releases: FROM_09,
  source: `release-0.9:controllers/apps/transformer_cluster_load_resources.go checkNUpdateClusterTopology; release-1.0:${CLUSTER}, the same function`,
  check(object, objects, release, others) {
    const all = [...objects, ...others]
    const owner = clusterDefinitionOf(object, all)
    if (owner === undefined || !isOfKubeBlocks(object) || !usesTopology(release, object, owner, all)) return []
    const found = topologyOf(object, owner)
    if (found === undefined) return [withoutTopology(object, owner)]
    return partsOf(object, all).parts.flatMap((part) => notInTopology(release, part, found))
  },
}

/** Clusters of a ClusterDefinition have a topology, unless their components are of the definition itself, as before 0.9. */
function usesTopology(release: OperatorRelease, cluster: unknown, owner: unknown, all: readonly unknown[]): boolean {
  if (NEW.includes(release.version)) return true
  const specs = partsOf(cluster, all).parts.map(({ spec }) => spec.item)
  const isOfBefore = specs.length === 0 && listAt(owner, 'spec', 'componentDefs').length > 0
  return !isOfBefore && specs.every((spec) => (textAt(spec, 'componentDefRef') ?? '') === '')
}

function withoutTopology(cluster: unknown, owner: unknown): Finding {
  const known = listAt(owner, 'spec', 'topologies').flatMap((candidate) => textAt(candidate, 'name') ?? [])
  const wanted = textAt(cluster, 'spec', 'topology') ?? ''
  const what = wanted === '' ? 'no default topology, and the Cluster names none' : `no topology "${wanted}"`
  return {
    path: wanted === '' ? (namedDefinition(cluster)?.path ?? []) : ['spec', 'topology'],
    message: `The ClusterDefinition "${nameOf(owner)}" has ${what}; the cluster is not made.`,
    hint: suggestAmong(wanted, known),
  }
}

function notInTopology(release: OperatorRelease, { entry, name, kind }: ClusterPart, found: unknown): readonly Finding[] {
  // Topologies of 0.9 have no shardings, and are not asked for them.
  if (entry === undefined || (kind === 'sharding' && !NEW.includes(release.version))) return []
  const own = listAt(found, kind === 'component' ? 'components' : 'shardings')
  if (own.some((candidate) => (kind === 'component' ? isTopologyComponentFor(candidate, name) : at(candidate, 'name') === name))) return []
  return [
    {
      path: [...entry.path, 'name'],
      message: `The topology "${textAt(found, 'name')}" has no ${kind} "${name}", and the cluster is not made.`,
      hint: suggestAmong(
        name,
        own.flatMap((candidate) => textAt(candidate, 'name') ?? []),
      ),
    },
  ]
}

export const clusterRules: readonly ValidationRule[] = [definition, elsewhere, topology, version]
