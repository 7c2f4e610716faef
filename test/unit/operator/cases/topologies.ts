import { object } from '../../../support/definitions.ts'
import { type Case, cmpd, onlyDefinition, topology } from './case.ts'

export const topologies: readonly Case[] = [
  {
    rule: 'topology/names',
    what: 'twice, and two defaults',
    bad: [
      onlyDefinition({
        topologies: [
          { name: 't', default: true, components: [{ name: 'x' }, { name: 'x' }] },
          { name: 't', default: true, components: [] },
        ],
      }),
    ],
    expected: [
      'ClusterDefinition/d spec.topologies.1.name',
      'ClusterDefinition/d spec.topologies.1.default',
      'ClusterDefinition/d spec.topologies.0.components.1.name',
    ],
    good: [topology({})],
  },
  {
    rule: 'topology/definition',
    what: 'misspelt, or the pattern does not compile',
    bad: [
      cmpd({}, 'engine-1'),
      topology({
        components: [
          { name: 'a', compDef: '^engnie-' },
          { name: 'b', compDef: '(' },
        ],
      }),
    ],
    expected: ['ClusterDefinition/d spec.topologies.0.components.0.compDef', 'ClusterDefinition/d spec.topologies.0.components.1.compDef'],
    good: [
      cmpd({}),
      topology({
        components: [
          { name: 'a', compDef: 'x' },
          { name: 'b', compDef: 'etcd-' },
        ],
      }),
    ],
  },
  {
    rule: 'topology/elsewhere',
    what: 'definitions of another addon',
    bad: [
      cmpd({}),
      topology({ components: [{ name: 'a', compDef: 'etcd-' }], shardings: [{ name: 'b', shardingDef: 'x' }] }),
      object('ShardingDefinition', 's', { template: { compDef: 'etcd' } }),
      object('SidecarDefinition', 's', { owner: 'etcd-' }),
    ],
    expected: [
      'ClusterDefinition/d spec.topologies.0.components.0.compDef',
      'ClusterDefinition/d spec.topologies.0.shardings.0.shardingDef',
      'ShardingDefinition/s spec.template.compDef',
      'SidecarDefinition/s spec.owner',
    ],
    good: [cmpd({}), topology({}), object('ShardingDefinition', 's', { template: { compDef: 'x' } })],
  },
  {
    rule: 'topology/orders',
    what: 'not all',
    bad: [topology({ components: [{ name: 'a' }, { name: 'b' }], orders: { provision: ['a'], terminate: ['b,a'], update: ['a', 'b', 'c'] } })],
    expected: ['ClusterDefinition/d spec.topologies.0.orders.provision', 'ClusterDefinition/d spec.topologies.0.orders.update'],
    good: [topology({ components: [{ name: 'a' }, { name: 'b' }], orders: { provision: ['a', 'b'], terminate: [], update: ['a,b'] } })],
  },
  {
    rule: 'sharding/definition',
    what: 'misspelt',
    bad: [cmpd({}, 'engine-1'), object('ShardingDefinition', 's', { template: { compDef: 'engnie-' } })],
    expected: ['ShardingDefinition/s spec.template.compDef'],
    good: [cmpd({}), object('ShardingDefinition', 's', { template: { compDef: 'x' } })],
  },
  {
    rule: 'sharding/definition',
    what: 'strategies, vars that wait, accounts there are not',
    bad: [
      cmpd({ vars: [{ name: 'A', valueFrom: { componentVarRef: { multipleClusterObjectOption: { requireAllComponentObjects: true } } } }] }),
      object('ShardingDefinition', 's', {
        template: { compDef: 'x' },
        provisionStrategy: 'Serial',
        updateStrategy: 'BestEffortParallel',
        systemAccounts: [{ name: 'a' }],
      }),
    ],
    expected: [
      'ShardingDefinition/s spec.updateStrategy',
      'ShardingDefinition/s spec.provisionStrategy',
      'ShardingDefinition/s spec.systemAccounts.0.name',
    ],
    good: [
      cmpd({ systemAccounts: [{ name: 'a' }] }),
      object('ShardingDefinition', 's', {
        template: { compDef: 'x' },
        provisionStrategy: 'Serial',
        updateStrategy: 'Parallel',
        systemAccounts: [{ name: 'a' }],
      }),
    ],
  },
  {
    rule: 'sidecar/definition',
    what: 'no owner; names that are taken; owner and selectors overlap',
    bad: [
      cmpd({ vars: [{ name: 'A' }] }),
      cmpd({}, 'engine'),
      object('SidecarDefinition', 's', { owner: 'engnie', selectors: ['x'], containers: [{ name: 'c' }, { name: 'c' }], vars: [{ name: 'A' }] }),
      object('SidecarDefinition', 't', { owner: 'x', selectors: ['^x'] }),
    ],
    expected: [
      'SidecarDefinition/s spec.owner',
      'SidecarDefinition/s spec.containers.1.name',
      'SidecarDefinition/s spec.vars.0.name',
      'SidecarDefinition/t spec.selectors',
    ],
    good: [
      cmpd({}),
      cmpd({}, 'y'),
      object('SidecarDefinition', 's', { owner: 'x', selectors: ['y'], containers: [{ name: 'c' }], vars: [{ name: 'A' }] }),
    ],
  },
]
