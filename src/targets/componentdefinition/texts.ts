import { map, type Node, pair, print, scalar, seq } from '../../gotemplate/index.ts'
import type { Component } from '../../model/addon.ts'
import type { ComponentDefinitionLowering } from '../release.ts'
import type { SkeletonParts } from '../shared/skeletons.ts'
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

/** A cluster to begin with. */
function exampleCluster({ addon, release }: ComponentDefinitionLowering, faced: Component | undefined, replicas: number): Node {
  const components = addon.components.map((component) =>
    componentSpec(addon.resources, component, component === faced ? replicas : component.replicas.default),
  )
  return map(
    pair('apiVersion', `apps.kubeblocks.io/${release.api}`),
    pair('kind', 'Cluster'),
    pair('metadata', map(pair('name', addon.name), pair('namespace', 'default'))),
    pair(
      'spec',
      map(
        pair(release.api === 'v1' ? 'clusterDef' : 'clusterDefinitionRef', addon.name),
        pair('topology', 'cluster'),
        pair('terminationPolicy', 'Delete'),
        pair('componentSpecs', seq(components)),
      ),
    ),
  )
}

function componentSpec(resources: ComponentDefinitionLowering['addon']['resources'], component: Component, replicas: number): Node {
  const amounts = resources === undefined ? undefined : map(pair('cpu', resources.cpu), pair('memory', resources.memory))
  const claims = component.volumes.flatMap((volume) => {
    if (volume.kind !== 'claim') return []
    const storage = map(pair('requests', map(pair('storage', volume.size ?? '20Gi'))))
    const spec = map(pair('accessModes', seq([scalar('ReadWriteOnce')])), pair('resources', storage))
    return [map(pair('name', volume.name), pair('spec', spec))]
  })
  return map(
    pair('name', component.name),
    pair('replicas', replicas),
    amounts === undefined ? [] : pair('resources', map(pair('requests', amounts), pair('limits', amounts))),
    claims.length === 0 ? [] : pair('volumeClaimTemplates', seq(claims)),
  )
}
