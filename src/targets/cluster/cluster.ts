import {
  type Entry,
  expr,
  firstOf,
  type Item,
  include,
  isOneOf,
  items,
  literal,
  map,
  type Node,
  pair,
  scalar,
  values,
} from '../../gotemplate/index.ts'
import { clusterChartName, clusterVersionName } from '../names.ts'
import type { Lowering } from '../release.ts'
import { facedComponent } from '../shared/face.ts'
import { metadata, object } from '../shared/metadata.ts'
import { componentFields, shardingFields } from './component.ts'
import { clusterServices, hasClusterServices } from './exposure.ts'
import { clusterNameHelper } from './names.ts'
import { affinity, hasSchedulingPolicy } from './scheduling.ts'
import { type SizedComponent, sizedComponents } from './sizes.ts'

/** The Cluster: the components of the addon as the values of the chart have them (apps.kubeblocks.io; API.md 2.19). */
export function cluster(lowering: Lowering): Node {
  const { addon, release } = lowering
  const sizes = sizedComponents(lowering)
  const faced = facedComponent(addon)
  const isOld = release.family === 'clusterdefinition'
  const isV1 = !isOld && release.api === 'v1'
  return object(
    isV1 ? 'apps.kubeblocks.io/v1' : 'apps.kubeblocks.io/v1alpha1',
    'Cluster',
    metadata(clusterChartName(addon), expr(include(clusterNameHelper(addon))), { namespaced: true }),
    pair(
      'spec',
      map(
        // Kbcli of 0.6 reads this line in the template itself (release-0.6:internal/cli/cluster/cluster_chart.go buildClusterDef).
        pair(isV1 ? 'clusterDef' : 'clusterDefinitionRef', addon.name),
        isOld ? pair('clusterVersionRef', version(lowering)) : pair('topology', topology(lowering)),
        pair('terminationPolicy', expr(values('terminationPolicy'))),
        hasSchedulingPolicy(release) ? [] : affinity(),
        listOf(
          'componentSpecs',
          sizes.filter(({ shards }) => shards === undefined),
          (size) => componentFields(lowering, size),
        ),
        listOf(
          'shardings',
          sizes.filter(({ shards }) => shards !== undefined),
          (size) => shardingFields(lowering, size),
        ),
        faced !== undefined && hasClusterServices(release)
          ? inTopologies(
              clusterServices(faced),
              sizes.find(({ component }) => component.name === faced.name),
            )
          : [],
      ),
    ),
  )
}

/** The ClusterVersion, as the value says or else the default one. */
function version({ addon }: Lowering): Node {
  const preset = addon.versions.find(({ isDefault }) => isDefault)?.version ?? ''
  return expr(firstOf(values('version'), literal(clusterVersionName(addon.name, preset))))
}

function topology({ addon }: Lowering): Node {
  const [only] = addon.topologies
  return addon.topologies.length === 1 && only !== undefined ? scalar(only.name) : expr(values('topology'))
}

/** What is there only in the topologies that have a component. */
function inTopologies(body: readonly Entry[], size: SizedComponent | undefined): Entry[] {
  if (size?.topologies === undefined) return [...body]
  return [{ kind: 'if', condition: isOneOf(values('topology'), size.topologies), body }]
}

/** A list with an item for each component that the topology has. A list that would be empty is left out, since a key without a value is null. */
function listOf(key: string, sizes: readonly SizedComponent[], fields: (size: SizedComponent) => readonly Entry[]): Entry[] {
  if (sizes.length === 0) return []
  const list = items(
    ...sizes.map((size): readonly Item[] => {
      const item: Item = { kind: 'item', value: map(fields(size)), origin: size.component.origin }
      return size.topologies === undefined ? [item] : [{ kind: 'if', condition: isOneOf(values('topology'), size.topologies), body: [item] }]
    }),
  )
  if (sizes.some(({ topologies }) => topologies === undefined)) return pair(key, list)
  const having = [...new Set(sizes.flatMap(({ topologies = [] }) => topologies))]
  return [{ kind: 'if', condition: isOneOf(values('topology'), having), body: pair(key, list) }]
}
