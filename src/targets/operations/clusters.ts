import { type Entry, map, type Node, pair, scalar, seq } from '../../gotemplate/index.ts'
import { hasSchedulingPolicy, podLabelOf } from '../cluster/scheduling.ts'
import type { SizedComponent } from '../cluster/sizes.ts'
import { clusterVersionName } from '../names.ts'
import { object } from '../shared/metadata.ts'
import { type Example, exampleMetadata } from './example.ts'
import { clusterName, otherReplicas, type Subject, usualReplicas } from './subject.ts'

/** What a cluster has of its own. */
interface Own {
  /** Pods of the main component. */
  readonly replicas?: number
  /** Version of the engine. */
  readonly version?: string
  readonly annotations?: Readonly<Record<string, string>>
}

/** A cluster of the default size, and one of the other that is recommended. */
export function clusters(subject: Subject): readonly Example[] {
  const other = otherReplicas(subject)
  const of = subject.sizes.length === 1 ? '' : ` of ${subject.main.component.name}`
  const pods = (count: number) => `${count} pod${count === 1 ? '' : 's'}${of}`
  const usual = clusterExample(subject, 'cluster', subject.cluster, [`Makes a cluster with ${pods(usualReplicas(subject))}.`])
  if (other === undefined) return [usual]
  const name = clusterName(subject.lowering.addon.name, String(other))
  return [usual, clusterExample(subject, `cluster-${other}`, name, [`Makes another cluster, with ${pods(other)}.`], { replicas: other })]
}

export function clusterExample(subject: Subject, file: string, name: string, about: readonly string[], own: Own = {}): Example {
  return { file, about, watch: 'cluster', name, object: clusterObject(subject, name, own), origin: subject.topology?.origin ?? [] }
}

/** The Cluster that the chart renders without values, as a test holds the two against each other. */
function clusterObject(subject: Subject, name: string, own: Own): Node {
  const { lowering, sizes, topology, preset } = subject
  const { addon, release } = lowering
  const isOld = release.family === 'clusterdefinition'
  const isV1 = !isOld && release.api === 'v1'
  const version = own.version === undefined ? preset('version') : isOld ? clusterVersionName(addon.name, own.version) : own.version
  const part = (size: SizedComponent) => fields(subject, name, size, String(version), own)
  const plain = sizes.filter(({ shards }) => shards === undefined)
  const sharded = sizes.filter(({ shards }) => shards !== undefined)
  return object(
    isV1 ? 'apps.kubeblocks.io/v1' : 'apps.kubeblocks.io/v1alpha1',
    'Cluster',
    exampleMetadata(name, own.annotations),
    pair(
      'spec',
      map(
        pair(isV1 ? 'clusterDef' : 'clusterDefinitionRef', addon.name),
        isOld ? pair('clusterVersionRef', String(version)) : pair('topology', topology?.name),
        pair('terminationPolicy', String(preset('terminationPolicy'))),
        hasSchedulingPolicy(release)
          ? []
          : pair('affinity', map(pair('podAntiAffinity', String(preset('podAntiAffinity'))), pair('tenancy', String(preset('tenancy'))))),
        plain.length === 0
          ? []
          : pair(
              'componentSpecs',
              seq(plain.map((size) => map(pair('name', named(size)), isOld ? pair('componentDefRef', size.component.name) : [], part(size)))),
            ),
        sharded.length === 0
          ? []
          : pair(
              'shardings',
              seq(
                sharded.map((size) =>
                  map(pair('name', named(size)), pair('shards', Number(preset(size.shards ?? ''))), pair('template', map(part(size)))),
                ),
              ),
            ),
      ),
    ),
  )
}

function named({ component: { name, origin } }: SizedComponent): Node {
  return scalar(name, origin)
}

function fields(
  { lowering: { release }, main, preset }: Subject,
  cluster: string,
  size: SizedComponent,
  version: string,
  own: Own,
): readonly Entry[] {
  const { component } = size
  const isOld = release.family === 'clusterdefinition'
  const replicas = size === main && own.replicas !== undefined ? own.replicas : Number(preset(size.replicas))
  const amounts = map(pair('cpu', String(preset(size.cpu))), pair('memory', `${String(preset(size.memory))}Gi`))
  const claims = size.claims.map(({ volume, value }) => {
    const storage = map(pair('requests', map(pair('storage', `${String(preset(value))}Gi`))))
    return map(pair('name', volume.name), pair('spec', map(pair('accessModes', seq([scalar('ReadWriteOnce')])), pair('resources', storage))))
  })
  const monitored = preset('monitor') === true
  return [
    ...(isOld ? [] : pair('serviceVersion', version)),
    ...(component.metrics === undefined ? [] : isOld ? pair('monitor', monitored) : pair('disableExporter', !monitored)),
    ...pair('replicas', replicas),
    ...pair('resources', map(pair('requests', amounts), pair('limits', amounts))),
    ...(claims.length === 0 ? [] : pair('volumeClaimTemplates', seq(claims))),
    ...(hasSchedulingPolicy(release) ? pair('schedulingPolicy', keptApart(cluster, size)) : []),
  ]
}

/** Pods of a component on different nodes, if possible. */
function keptApart(cluster: string, size: SizedComponent): Node {
  const labels = map(pair('app.kubernetes.io/instance', cluster), pair(podLabelOf(size), size.component.name))
  const term = map(pair('labelSelector', map(pair('matchLabels', labels))), pair('topologyKey', 'kubernetes.io/hostname'))
  const preferred = seq([map(pair('podAffinityTerm', term), pair('weight', 100))])
  return map(pair('affinity', map(pair('podAntiAffinity', map(pair('preferredDuringSchedulingIgnoredDuringExecution', preferred))))))
}
