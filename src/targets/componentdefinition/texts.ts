import { type Entry, map, type Node, pair, print, scalar, seq } from '../../gotemplate/index.ts'
import type { Component, ResolvedAddon } from '../../model/addon.ts'
import type { ComponentDefinitionLowering } from '../release.ts'
import type { SkeletonParts } from '../shared/skeletons.ts'
import { isShard } from './cluster-definition.ts'
import type { FrozenValue } from './frozen.ts'

/** What the texts of a chart say in this family. */
export function textParts(lowering: ComponentDefinitionLowering, frozen: readonly FrozenValue[]): SkeletonParts {
  return {
    kubeblocks: lowering.release.version,
    create: (faced, replicas) => `kubectl apply -f - <<'EOF'\n${print([exampleCluster(lowering, faced, replicas)]).text}EOF`,
    versionKind: 'serviceVersion',
    versionName: (version) => version,
    leaveHook: null,
    hasOneMethod: false,
    backupFlag: (method) => `--method ${method}`,
    frozen,
  }
}

/** A cluster to begin with: the default topology, with each of its components at its default size. */
function exampleCluster(lowering: ComponentDefinitionLowering, faced: Component | undefined, replicas: number): Node {
  const { addon, release } = lowering
  const topology = addon.topologies.find(({ isDefault }) => isDefault) ?? addon.topologies[0]
  const components = addon.components.filter(({ name }) => topology?.components.includes(name) ?? true)
  const shards = components.filter(({ name }) => isShard(lowering, name))
  const specs = components
    .filter((component) => !shards.includes(component))
    .map(({ name, ...component }) =>
      map(pair('name', name), componentSpec(addon, component, name === faced?.name ? replicas : component.replicas.default)),
    )
  const shardings = shards.map(({ name, ...component }) =>
    map(
      pair('name', name),
      pair('shards', Math.max(component.sharding?.minimum ?? 1, 1)),
      pair('template', map(componentSpec(addon, component, component.replicas.default))),
    ),
  )
  return map(
    pair('apiVersion', `apps.kubeblocks.io/${release.api}`),
    pair('kind', 'Cluster'),
    pair('metadata', map(pair('name', addon.name), pair('namespace', 'default'))),
    pair(
      'spec',
      map(
        pair(release.api === 'v1' ? 'clusterDef' : 'clusterDefinitionRef', addon.name),
        topology === undefined ? [] : pair('topology', topology.name),
        pair('terminationPolicy', 'Delete'),
        specs.length === 0 ? [] : pair('componentSpecs', seq(specs)),
        shardings.length === 0 ? [] : pair('shardings', seq(shardings)),
      ),
    ),
  )
}

function componentSpec({ cluster: { resources } }: ResolvedAddon, component: Pick<Component, 'volumes'>, replicas: number): Entry[] {
  const amounts = resources === undefined ? undefined : map(pair('cpu', resources.cpu), pair('memory', resources.memory))
  const claims = component.volumes.flatMap((volume) => {
    if (volume.kind !== 'claim') return []
    const storage = map(pair('requests', map(pair('storage', volume.size ?? '20Gi'))))
    const spec = map(pair('accessModes', seq([scalar('ReadWriteOnce')])), pair('resources', storage))
    return [map(pair('name', volume.name), pair('spec', spec))]
  })
  return [
    ...pair('replicas', replicas),
    ...(amounts === undefined ? [] : pair('resources', map(pair('requests', amounts), pair('limits', amounts)))),
    ...(claims.length === 0 ? [] : pair('volumeClaimTemplates', seq(claims))),
  ]
}
