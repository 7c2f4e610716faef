import { at, listAt, textAt } from '../objects/index.ts'
import { type ComponentPart, componentsOf } from './components.ts'
import { chooseDefinition, lastByName, nameOf, namesMatching, ofKind } from './matching.ts'
import type { OperatorRelease } from './releases.ts'
import { type Item, isGiven, itemsAt, type ObjectPath, whole } from './validation/rule.ts'

/** What a part of a Cluster names as its definition. */
export interface DefinitionReference {
  /** `componentDef` is a component of the ClusterDefinition. */
  readonly kind: 'componentDef' | 'ComponentDefinition' | 'ShardingDefinition'
  readonly name: string
  readonly path: ObjectPath
}

/** A component or a sharding of a Cluster. */
export interface ClusterPart {
  readonly name: string
  readonly kind: 'component' | 'sharding'
  /** Its entry in the Cluster; undefined for what a topology adds. */
  readonly entry: Item | undefined
  /** What says how its pods are: the entry, or the template of a sharding. */
  readonly spec: Item
  readonly reference: DefinitionReference | undefined
}

/** The parts of a Cluster. */
export interface ClusterParts {
  readonly parts: readonly ClusterPart[]
  /** Whether there may be others, which nothing at hand tells. */
  readonly isOpen: boolean
}

/** A definition that a part gets, and the component that it describes. */
export interface FoundDefinition {
  /** The name that backup policies know it by. */
  readonly name: string
  readonly object: unknown
  readonly component: ComponentPart
}

/** Whether an object is of KubeBlocks: other operators have a Cluster, a Backup and a Restore as well. */
export function isOfKubeBlocks(object: unknown): boolean {
  const apiVersion = textAt(object, 'apiVersion')
  return apiVersion === undefined || apiVersion.split('/')[0]?.endsWith('kubeblocks.io') === true
}

/** Clusters of KubeBlocks. */
export function clustersIn(objects: readonly unknown[]): readonly unknown[] {
  return ofKind(objects, 'Cluster').filter(isOfKubeBlocks)
}

/** The ClusterDefinition that a Cluster names: `clusterDef` from 1.0 on. */
export function namedDefinition(cluster: unknown): { readonly name: string; readonly path: ObjectPath } | undefined {
  for (const field of ['clusterDef', 'clusterDefinitionRef']) {
    const name = textAt(cluster, 'spec', field) ?? ''
    if (name !== '') return { name, path: ['spec', field] }
  }
  return undefined
}

/** The ClusterDefinition of a Cluster, when all of it is at hand. */
export function clusterDefinitionOf(cluster: unknown, objects: readonly unknown[]): unknown {
  const wanted = namedDefinition(cluster)?.name
  return ofKind(objects, 'ClusterDefinition').find((candidate) => nameOf(candidate) === wanted && isGiven(candidate, 'spec'))
}

/** Whether a component of a topology is for a component of a Cluster: a template is for all names that begin with its own. */
export function isTopologyComponentFor(component: unknown, name: string): boolean {
  const own = textAt(component, 'name') ?? ''
  return own === name || (at(component, 'template') === true && name.startsWith(own))
}

/** The topology of a Cluster: the named one, or the default. release-0.9:controllers/apps/clusterdefinition_controller.go referredClusterTopology. */
export function topologyOf(cluster: unknown, definition: unknown): unknown {
  const wanted = textAt(cluster, 'spec', 'topology') ?? ''
  return listAt(definition, 'spec', 'topologies').find((topology) =>
    wanted === '' ? at(topology, 'default') === true : textAt(topology, 'name') === wanted,
  )
}

/**
 * Components and shardings: those that are written, and those that the topology adds.
 * release-1.0:controllers/apps/cluster/transformer_cluster_normalization.go resolveCompsNShardings; release-0.9:controllers/apps/transformer_cluster_api_normalization.go.
 */
export function partsOf(cluster: unknown, objects: readonly unknown[]): ClusterParts {
  const definition = clusterDefinitionOf(cluster, objects)
  const topology = topologyOf(cluster, definition)
  const root = whole(cluster)
  const components = itemsAt(root, 'spec', 'componentSpecs').map((entry) => componentPart(entry, topology))
  const shardings = [...itemsAt(root, 'spec', 'shardings'), ...itemsAt(root, 'spec', 'shardingSpecs')].map((entry) => shardingPart(entry, topology))
  const written = [...components, ...shardings]
  const isOfTopology = !components.some(({ reference }) => reference?.kind === 'componentDef')
  const isOpen = isOfTopology && namedDefinition(cluster) !== undefined && topology === undefined
  return { parts: [...written, ...addedParts(topology, written)], isOpen: isOpen || (written.length === 0 && topology === undefined) }
}

function componentPart(entry: Item, topology: unknown): ClusterPart {
  const name = textAt(entry.item, 'name') ?? ''
  const ofTopology = listAt(topology, 'components').find((component) => isTopologyComponentFor(component, name))
  const reference =
    referenceAt(entry, 'componentDef', 'ComponentDefinition') ??
    referenceAt(entry, 'componentDefRef', 'componentDef') ??
    referenceOf(textAt(ofTopology, 'compDef'), 'ComponentDefinition', [...entry.path, 'name'])
  return { name, kind: 'component', entry, spec: entry, reference }
}

function shardingPart(entry: Item, topology: unknown): ClusterPart {
  const name = textAt(entry.item, 'name') ?? ''
  const spec: Item = { item: at(entry.item, 'template'), path: [...entry.path, 'template'] }
  const ofTopology = listAt(topology, 'shardings').find((sharding) => textAt(sharding, 'name') === name)
  const reference =
    referenceAt(spec, 'componentDef', 'ComponentDefinition') ??
    referenceAt(spec, 'componentDefRef', 'componentDef') ??
    referenceAt(entry, 'shardingDef', 'ShardingDefinition') ??
    referenceOf(textAt(ofTopology, 'shardingDef'), 'ShardingDefinition', [...entry.path, 'name'])
  return { name, kind: 'sharding', entry, spec, reference }
}

function addedParts(topology: unknown, written: readonly ClusterPart[]): readonly ClusterPart[] {
  const path = ['spec', 'topology']
  const spec: Item = { item: undefined, path }
  const components = listAt(topology, 'components')
    .filter((component) => at(component, 'template') !== true && !written.some(({ name }) => isTopologyComponentFor(component, name)))
    .map((component): ClusterPart => {
      const reference = referenceOf(textAt(component, 'compDef'), 'ComponentDefinition', path)
      return { name: textAt(component, 'name') ?? '', kind: 'component', entry: undefined, spec, reference }
    })
  const shardings = listAt(topology, 'shardings')
    .filter((sharding) => !written.some(({ name }) => name === textAt(sharding, 'name')))
    .map((sharding): ClusterPart => {
      const reference = referenceOf(textAt(sharding, 'shardingDef'), 'ShardingDefinition', path)
      return { name: textAt(sharding, 'name') ?? '', kind: 'sharding', entry: undefined, spec, reference }
    })
  return [...components, ...shardings]
}

function referenceAt({ item, path }: Item, field: string, kind: DefinitionReference['kind']): DefinitionReference | undefined {
  return referenceOf(textAt(item, field), kind, [...path, field])
}

function referenceOf(name: string | undefined, kind: DefinitionReference['kind'], path: ObjectPath): DefinitionReference | undefined {
  return name === undefined || name === '' ? undefined : { kind, name, path }
}

/** The ShardingDefinition for a reference: of several the last. release-1.0, same file, resolveShardingDefinition. */
export function shardingDefinition(release: OperatorRelease, objects: readonly unknown[], reference: string): unknown {
  const all = ofKind(objects, 'ShardingDefinition')
  const last = lastByName(namesMatching(release, all.map(nameOf), reference))
  return all.find((candidate) => nameOf(candidate) === last)
}

/** The definition that a part gets; undefined when it is not at hand, or none is chosen. */
export function definitionOf(
  release: OperatorRelease,
  cluster: unknown,
  { reference, spec }: ClusterPart,
  objects: readonly unknown[],
): FoundDefinition | undefined {
  if (reference === undefined) return undefined
  if (reference.kind === 'componentDef') {
    const object = clusterDefinitionOf(cluster, objects)
    const component = componentsOf(object).find(({ owner }) => textAt(owner.item, 'name') === reference.name)
    return component === undefined ? undefined : { name: reference.name, object, component }
  }
  const pattern = reference.kind === 'ShardingDefinition' ? shardedReference(release, objects, reference.name) : reference.name
  if (pattern === undefined || pattern === '') return undefined
  const choice = chooseDefinition(release, objects, pattern, textAt(spec.item, 'serviceVersion'))
  if ('problem' in choice) return undefined
  const [component] = componentsOf(choice.definition)
  return component === undefined ? undefined : { name: nameOf(choice.definition), object: choice.definition, component }
}

/** What the template of the ShardingDefinition for a reference names. */
export function shardedReference(release: OperatorRelease, objects: readonly unknown[], reference: string): string | undefined {
  return textAt(shardingDefinition(release, objects, reference), 'spec', 'template', 'compDef')
}
