import { componentVersion, object } from '../../../support/definitions.ts'
import { type Case, cmpd, MODERN } from './case.ts'

const OF_OLD = ['0.6', '0.8', '0.9']

/** A ClusterDefinition with a component `x`, its version, and a Cluster of both: 0.5 to 0.9. */
const oldDefinition = object('ClusterDefinition', 'engine', {
  componentDefs: [{ name: 'x', podSpec: { containers: [{ name: 'x', image: 'x:1', volumeMounts: [{ name: 'data' }] }] } }],
})
const oldVersion = object('ClusterVersion', 'engine-1', { clusterDefinitionRef: 'engine', componentVersions: [{ componentDefRef: 'x' }] })
const oldCluster = (spec: object = {}, component: object = {}) =>
  object('Cluster', 'c', {
    clusterDefinitionRef: 'engine',
    clusterVersionRef: 'engine-1',
    componentSpecs: [{ name: 'x', componentDefRef: 'x', replicas: 1, ...component }],
    ...spec,
  })
const old = (spec: object = {}, component: object = {}) => [oldDefinition, oldVersion, oldCluster(spec, component)]

/** The same as topologies and ComponentDefinitions, under the field names of 1.0. */
export const newDefinition: unknown = object('ClusterDefinition', 'engine', {
  topologies: [
    { name: 'single', default: true, components: [{ name: 'x', compDef: 'engine-x' }] },
    {
      name: 'sharded',
      components: [{ name: 'proxy', compDef: 'engine-x', template: true }],
      shardings: [{ name: 'shard', shardingDef: 'engine-shard' }],
    },
  ],
})
const runtime = { containers: [{ name: 'x', image: 'x:1', volumeMounts: [{ name: 'data' }], ports: [{ name: 'http', containerPort: 80 }] }] }
export const newComponent: unknown = cmpd(
  { runtime, serviceVersion: '1.0.0', roles: [{ name: 'Leader' }], replicasLimit: { minReplicas: 1, maxReplicas: 3 } },
  'engine-x-1',
)
export const newVersion: unknown = componentVersion('engine', [[['engine-x'], ['a']]], [['a', '1.1.0', { x: 'x:1.1' }]])
export const newSharding: unknown = object('ShardingDefinition', 'engine-shard-1', {
  template: { compDef: 'engine-x' },
  shardsLimit: { minShards: 3, maxShards: 9 },
})
export const newCluster = (spec: object = {}, component: object = {}): unknown =>
  object('Cluster', 'c', { clusterDef: 'engine', topology: 'single', componentSpecs: [{ name: 'x', replicas: 1, ...component }], ...spec })
export const definitions: readonly unknown[] = [newDefinition, newComponent, newVersion, newSharding]
const modern = (spec: object = {}, component: object = {}) => [...definitions, newCluster(spec, component)]
const in09 = (spec: object = {}, component: object = {}) => modern({ clusterDef: undefined, clusterDefinitionRef: 'engine', ...spec }, component)
const sharded = (more: object) => modern({ topology: 'sharded', componentSpecs: [], shardings: [{ name: 'shard', shards: 3, ...more }] })
const alone = (componentDef: string, more: object = {}) => modern({ clusterDef: undefined, topology: undefined }, { componentDef, ...more })
const foreign = { apiVersion: 'cluster.x-k8s.io/v1beta1', kind: 'Cluster', metadata: { name: '1' }, spec: { clusterDef: 'engin', topology: 'y' } }
const good = (objects: readonly unknown[]) => [...objects, foreign]

export const clusters: readonly Case[] = [
  {
    rule: 'cluster/definition',
    what: 'misspelt before 1.0',
    bad: old({ clusterDefinitionRef: 'engin', clusterVersionRef: undefined }),
    expected: ['Cluster/c spec.clusterDefinitionRef'],
    good: good(old()),
    releases: OF_OLD,
  },
  {
    rule: 'cluster/definition',
    what: 'a component that the ClusterDefinition has not',
    bad: old({}, { componentDefRef: 'y' }),
    expected: ['Cluster/c spec.componentSpecs.0.componentDefRef'],
    good: old(),
    releases: OF_OLD,
  },
  {
    rule: 'cluster/definition',
    what: 'misspelt from 1.0 on',
    bad: modern({ clusterDef: 'engnie' }),
    expected: ['Cluster/c spec.clusterDef'],
    good: good(modern()),
    releases: MODERN,
  },
  {
    rule: 'cluster/definition',
    what: 'a ComponentDefinition that is misspelt, or no expression',
    bad: [...alone('engnie-x'), ...alone('engine-x(').slice(-1)],
    expected: ['Cluster/c spec.componentSpecs.0.componentDef', 'Cluster/c spec.componentSpecs.0.componentDef'],
    good: [...alone('engine-x'), ...alone('^engine-').slice(-1)],
    releases: ['0.9', ...MODERN],
  },
  {
    rule: 'cluster/definition',
    what: 'none at all',
    bad: alone(''),
    expected: ['Cluster/c spec.componentSpecs.0'],
    good: alone('engine-x'),
    releases: MODERN,
  },
  {
    rule: 'cluster/elsewhere',
    what: 'definitions that nothing at hand is',
    bad: [newCluster({ clusterDef: 'mysql' })],
    expected: ['Cluster/c spec.clusterDef'],
    good: good(modern()),
    releases: MODERN,
  },
  {
    rule: 'cluster/elsewhere',
    what: 'a version beside a definition that has none',
    bad: [oldDefinition, oldCluster()],
    expected: ['Cluster/c spec.clusterVersionRef'],
    good: old(),
    releases: OF_OLD,
  },
  {
    rule: 'cluster/version',
    what: 'not among those of the definition',
    bad: old({ clusterVersionRef: 'engine-2' }),
    expected: ['Cluster/c spec.clusterVersionRef'],
    good: old(),
  },
  {
    rule: 'cluster/topology',
    what: 'not of the ClusterDefinition',
    bad: modern({ topology: 'double' }),
    expected: ['Cluster/c spec.topology'],
    good: good(modern({ topology: '' })),
    releases: MODERN,
  },
  {
    rule: 'cluster/topology',
    what: 'not of the ClusterDefinition in 0.9, where clusters of before have none',
    bad: in09({ topology: 'double' }),
    expected: ['Cluster/c spec.topology'],
    good: old(),
    releases: ['0.9'],
  },
  {
    rule: 'cluster/topology',
    what: 'no default',
    bad: [object('ClusterDefinition', 'engine', { topologies: [{ name: 'single' }] }), newCluster({ topology: undefined })],
    expected: ['Cluster/c spec.clusterDef'],
    good: modern({ topology: undefined }),
    releases: MODERN,
  },
  {
    rule: 'cluster/topology',
    what: 'a component and a sharding of another topology',
    bad: [
      ...modern({}, { name: 'y' }),
      newCluster({ topology: 'sharded', componentSpecs: [{ name: 'proxy-1' }], shardings: [{ name: 'shards', shards: 3 }] }),
    ],
    expected: ['Cluster/c spec.componentSpecs.0.name', 'Cluster/c spec.shardings.0.name'],
    good: sharded({}),
    releases: MODERN,
  },
  {
    rule: 'cluster/service-version',
    what: 'that nothing offers',
    bad: [...modern({}, { serviceVersion: '2.0.0' }), ...sharded({ template: { serviceVersion: '3.0.0' } }).slice(-1)],
    expected: ['Cluster/c spec.componentSpecs.0.serviceVersion', 'Cluster/c spec.shardings.0.template.serviceVersion'],
    good: [...modern({}, { serviceVersion: '1.1.0' }), ...sharded({ template: { serviceVersion: '1.0.0' } }).slice(-1)],
    releases: MODERN,
  },
  {
    rule: 'cluster/service-version',
    what: 'that nothing offers, in 0.9',
    bad: in09({}, { serviceVersion: '2.0.0' }),
    expected: ['Cluster/c spec.componentSpecs.0.serviceVersion'],
    good: in09({}, { serviceVersion: '1.0.0' }),
    releases: ['0.9'],
  },
  {
    rule: 'cluster/tls',
    what: 'without issuer, or without the Secret of the user',
    bad: [...old({}, { tls: true }), oldCluster({}, { tls: true, issuer: { name: 'UserProvided' } })],
    expected: ['Cluster/c spec.componentSpecs.0.tls', 'Cluster/c spec.componentSpecs.0.issuer'],
    good: [...old({}, { tls: true, issuer: { name: 'KubeBlocks' } }), oldCluster({}, { tls: false })],
    releases: ['0.5', ...OF_OLD],
  },
  {
    rule: 'cluster/tls',
    what: 'that the definition does not support',
    bad: modern({}, { tls: true, issuer: { name: 'KubeBlocks' } }),
    expected: ['Cluster/c spec.componentSpecs.0.tls'],
    good: [
      newDefinition,
      cmpd({ runtime, serviceVersion: '1.0.0', tls: { volumeName: 'tls', mountPath: '/tls' } }, 'engine-x-1'),
      newCluster({}, { tls: true, issuer: { name: 'KubeBlocks' } }),
    ],
    releases: MODERN,
  },
  {
    rule: 'cluster/replicas',
    what: 'outside of the limit',
    bad: [...alone('engine-x-1', { replicas: 5 }), ...alone('engine-x-1', { replicas: 0 }).slice(-1)],
    expected: ['Cluster/c spec.componentSpecs.0.replicas', 'Cluster/c spec.componentSpecs.0.replicas'],
    good: alone('engine-x-1', { replicas: 3 }),
  },
  {
    rule: 'cluster/replicas',
    what: 'fewer shards than the limit',
    bad: sharded({ shards: 1 }),
    expected: ['Cluster/c spec.shardings.0.shards'],
    good: sharded({ shards: 9 }),
    releases: MODERN,
  },
  {
    rule: 'cluster/resources',
    what: 'a request above its limit',
    bad: alone('engine-x-1', { resources: { requests: { cpu: '1', memory: '1Gi' }, limits: { cpu: '500m', memory: '1024Mi' } } }),
    expected: ['Cluster/c spec.componentSpecs.0.resources.requests.cpu'],
    good: alone('engine-x-1', { resources: { requests: { cpu: 0.5 }, limits: { cpu: '500m', memory: '1Gi' } } }),
  },
  {
    rule: 'cluster/service',
    what: 'of a component or a role that is not there',
    bad: alone('engine-x-1').map((one, index, { length }) => (index < length - 1 ? one : withServices(one, ['y', undefined], ['x', 'master']))),
    expected: ['Cluster/c spec.services.0.componentSelector', 'Cluster/c spec.services.1.roleSelector'],
    good: alone('engine-x-1').map((one, index, { length }) => (index < length - 1 ? one : withServices(one, ['x', 'leader']))),
  },
  {
    rule: 'cluster/name',
    what: 'that no Service can begin with, or that is too long for one',
    bad: [object('Cluster', '1c', { componentSpecs: [] }), object('Cluster', 'c'.repeat(50), { componentSpecs: [{ name: 'abcdef' }] })],
    expected: ['Cluster/1c metadata.name', `Cluster/${'c'.repeat(50)} metadata.name`],
    good: good([object('Cluster', 'c'.repeat(46), { componentSpecs: [{ name: 'abcdef' }] })]),
  },
]

function withServices(cluster: unknown, ...services: readonly (readonly [string, string | undefined])[]): unknown {
  const { kind, metadata, spec } = Object(cluster)
  return {
    kind,
    metadata,
    spec: { ...spec, services: services.map(([componentSelector, roleSelector], i) => ({ name: `s${i}`, componentSelector, roleSelector })) },
  }
}
