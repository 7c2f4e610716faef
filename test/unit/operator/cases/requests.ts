import { object } from '../../../support/definitions.ts'
import { type Case, cmpd, MODERN } from './case.ts'
import { definitions, newCluster } from './clusters.ts'

const request = (type: string, spec: object = {}, name = 'o') => object('OpsRequest', name, { clusterName: 'c', clusterRef: 'c', type, ...spec })
const plain = object('Cluster', 'c', {
  componentSpecs: [{ name: 'x', componentDef: 'engine-x-1', replicas: 1, volumeClaimTemplates: [{ name: 'data' }] }],
})
const beside = (...requests: readonly unknown[]) => [plain, ...requests]
const NEEDS: readonly (readonly [string, object])[] = [
  ['Restart', { restart: [{ componentName: 'x' }] }],
  ['Upgrade', { upgrade: { clusterVersionRef: 'v', components: [{ componentName: 'x', serviceVersion: '1.1.0' }] } }],
  ['VerticalScaling', { verticalScaling: [{ componentName: 'x', requests: { cpu: 1 } }] }],
  ['HorizontalScaling', { horizontalScaling: [{ componentName: 'x', replicas: 3 }] }],
  ['VolumeExpansion', { volumeExpansion: [{ componentName: 'x', volumeClaimTemplates: [{ name: 'data' }] }] }],
  ['Reconfiguring', { reconfigure: { componentName: 'x' } }],
  ['Reconfiguring', { reconfigures: [{ componentName: 'x' }] }],
  ['Expose', { expose: [{ componentName: 'x', switch: 'Enable' }] }],
  ['Restore', { restore: { backupName: 'b' } }],
  ['Restore', { restoreSpec: { backupName: 'b' } }],
  ['Custom', { custom: { components: [{ componentName: 'x' }] } }],
]
const template = (spec: object, labels: object = {}) => object('BackupPolicyTemplate', 'b', spec, { labels })
const newTemplate = template({ compDefs: ['engine-x'], backupMethods: [{ name: 'full', actionSetName: 'a' }] })
const oldTemplate = template({ identifier: 'id', backupPolicies: [{ componentDefs: ['engine-x-1'], backupMethods: [{ name: 'full' }] }] })

export const requests: readonly Case[] = [
  {
    rule: 'operation/section',
    what: 'no Cluster',
    bad: [object('OpsRequest', 'o', { type: 'Stop' })],
    expected: ['OpsRequest/o spec'],
    good: [object('OpsRequest', 'o', { clusterRef: 'c', type: 'Stop' })],
  },
  {
    rule: 'operation/section',
    what: 'nothing, or an empty list',
    bad: [...NEEDS.map(([type]) => request(type)), request('Restart', { restart: [] }), request('Restart', { stop: [{ componentName: 'x' }] })],
    expected: Array.from({ length: NEEDS.length + 2 }, () => 'OpsRequest/o spec.type'),
    good: [...NEEDS.map(([type, section]) => request(type, section)), request('Start'), request('Stop'), request('Backup')],
  },
  {
    rule: 'operation/component',
    what: 'not of the Cluster',
    bad: beside(
      request('Restart', { restart: [{ componentName: 'x' }, { componentName: 'y' }] }),
      request('Reconfiguring', { reconfigure: { componentName: 'y' } }),
      request('Custom', { custom: { components: [{ componentName: 'y' }] } }),
    ),
    expected: [
      'OpsRequest/o spec.restart.1.componentName',
      'OpsRequest/o spec.reconfigure.componentName',
      'OpsRequest/o spec.custom.components.0.componentName',
    ],
    good: [
      ...beside(...NEEDS.map(([type, section]) => request(type, section))),
      // Of clusters that are not shown, or not as a whole, nothing is known.
      request('Restart', { clusterName: 'd', clusterRef: 'd', restart: [{ componentName: 'y' }] }),
      object('Cluster', 'e', { clusterDef: 'mysql', componentSpecs: [{ name: 'x' }] }),
      request('Restart', { clusterName: 'e', clusterRef: 'e', restart: [{ componentName: 'y' }] }),
      // Examples show several clusters of one name.
      object('Cluster', 'c', { componentSpecs: [{ name: 'z' }] }),
      request('Restart', { restart: [{ componentName: 'z' }] }),
      // What is for another type is not looked at.
      request('Stop', { restart: [{ componentName: 'y' }] }),
    ],
  },
  {
    rule: 'operation/component',
    what: 'not among those that a topology adds',
    bad: [
      ...definitions,
      newCluster({ topology: 'sharded', componentSpecs: [{ name: 'proxy-1' }] }),
      request('Restart', { restart: [{ componentName: 'x' }] }),
    ],
    expected: ['OpsRequest/o spec.restart.0.componentName'],
    good: [
      ...definitions,
      newCluster({ topology: 'sharded', componentSpecs: [{ name: 'proxy-1' }] }),
      request('Restart', { restart: [{ componentName: 'proxy-1' }, { componentName: 'shard' }] }),
    ],
    releases: MODERN,
  },
  {
    rule: 'operation/component',
    what: 'of a cluster that leaves everything to its topology',
    bad: [...definitions, newCluster({ topology: 'sharded', componentSpecs: undefined }), request('Restart', { restart: [{ componentName: 'x' }] })],
    expected: ['OpsRequest/o spec.restart.0.componentName'],
    good: [
      ...definitions,
      newCluster({ topology: 'sharded', componentSpecs: undefined }),
      request('Restart', { restart: [{ componentName: 'shard' }] }),
    ],
    releases: MODERN,
  },
  {
    rule: 'operation/volume',
    what: 'a claim that the component has not',
    bad: beside(request('VolumeExpansion', { volumeExpansion: [{ componentName: 'x', volumeClaimTemplates: [{ name: 'data' }, { name: 'log' }] }] })),
    expected: ['OpsRequest/o spec.volumeExpansion.0.volumeClaimTemplates.1.name'],
    good: beside(request('VolumeExpansion', { volumeExpansion: [{ componentName: 'x', volumeClaimTemplates: [{ name: 'data' }] }] })),
  },
  {
    rule: 'operation/expose',
    what: 'two without component, one of them without ports',
    bad: [
      request('Expose', {
        expose: [
          { switch: 'Enable', services: [{ name: 'a', ports: [{ port: 1 }] }] },
          { switch: 'Enable', services: [{ name: 'b' }] },
        ],
      }),
    ],
    expected: ['OpsRequest/o spec.expose.1', 'OpsRequest/o spec.expose.1.services.0'],
    good: [
      request('Expose', {
        expose: [
          { componentName: 'x', switch: 'Enable', services: [{ name: 'a' }] },
          { switch: 'Disable', services: [{ name: 'b' }] },
        ],
      }),
    ],
  },
  {
    rule: 'operation/scaling',
    what: 'shards of a component, and two ways at once',
    bad: beside(
      request('HorizontalScaling', { horizontalScaling: [{ componentName: 'x', shards: 3 }] }),
      request('HorizontalScaling', { horizontalScaling: [{ componentName: 'x', replicas: 3, scaleOut: { replicaChanges: 1 } }] }),
      request('HorizontalScaling', {
        horizontalScaling: [{ componentName: 'x', scaleIn: { replicaChanges: 1, onlineInstancesToOffline: ['c-x-0', 'c-x-1'] } }],
      }),
    ),
    expected: [
      'OpsRequest/o spec.horizontalScaling.0.shards',
      'OpsRequest/o spec.horizontalScaling.0.replicas',
      'OpsRequest/o spec.horizontalScaling.0.scaleIn.replicaChanges',
    ],
    good: beside(
      request('HorizontalScaling', { horizontalScaling: [{ componentName: 'x', scaleOut: { replicaChanges: 1 } }] }),
      request('HorizontalScaling', { clusterName: 'd', clusterRef: 'd', horizontalScaling: [{ componentName: 'x', shards: 3 }] }),
    ),
  },
  {
    rule: 'operation/resources',
    what: 'storage, and a request above its limit',
    bad: [
      request('VerticalScaling', {
        verticalScaling: [{ componentName: 'x', requests: { storage: '1Gi', memory: '2Gi' }, limits: { memory: '1Gi' } }],
      }),
    ],
    expected: ['OpsRequest/o spec.verticalScaling.0.requests.storage', 'OpsRequest/o spec.verticalScaling.0.requests.memory'],
    good: [
      request('VerticalScaling', { verticalScaling: [{ componentName: 'x', requests: { 'hugepages-2Mi': 1, cpu: '1' }, limits: { cpu: '1000m' } }] }),
    ],
  },
  {
    rule: 'operation/script',
    what: 'neither text nor source',
    bad: [request('DataScript', { scriptSpec: { componentName: 'x', script: [] } })],
    expected: ['OpsRequest/o spec.scriptSpec'],
    good: [
      request('DataScript', { scriptSpec: { componentName: 'x', script: ['select 1'] } }),
      request('DataScript', { scriptSpec: { componentName: 'x', scriptFrom: { secretRef: [{ name: 's', key: 'k' }] } } }),
    ],
  },
  {
    rule: 'operation/switchover',
    what: 'that the definition has not',
    bad: [
      cmpd({ runtime: { containers: [] }, serviceVersion: '1.0.0' }, 'engine-x-1'),
      ...beside(request('Switchover', { switchover: [{ componentName: 'x', instanceName: 'c-x-0' }] })),
    ],
    expected: ['OpsRequest/o spec.switchover.0.componentName'],
    good: [
      cmpd({ runtime: { containers: [] }, serviceVersion: '1.0.0', roles: [{ name: 'a' }], lifecycleActions: { switchover: {} } }, 'engine-x-1'),
      ...beside(request('Switchover', { switchover: [{ componentName: 'x', instanceName: 'c-x-0' }] })),
    ],
    releases: MODERN,
  },
  {
    rule: 'operation/switchover',
    what: 'without a candidate, before ComponentDefinitions',
    bad: switchoverOf({ withCandidate: {} }),
    expected: ['OpsRequest/o spec.switchover.0.componentName'],
    good: switchoverOf({ withoutCandidate: {} }),
    releases: ['0.6', '0.8', '0.9'],
  },
  {
    rule: 'operation/switchover',
    what: 'to a candidate, which the action of the ComponentDefinition does not know',
    bad: [
      cmpd({ runtime: { containers: [] }, serviceVersion: '1.0.0', lifecycleActions: { switchover: { withoutCandidate: {} } } }, 'engine-x-1'),
      ...beside(request('Switchover', { switchover: [{ componentName: 'x', instanceName: 'c-x-0' }] })),
    ],
    expected: ['OpsRequest/o spec.switchover.0.componentName'],
    good: [
      cmpd({ runtime: { containers: [] }, serviceVersion: '1.0.0', lifecycleActions: { switchover: { withoutCandidate: {} } } }, 'engine-x-1'),
      ...beside(request('Switchover', { switchover: [{ componentName: 'x', instanceName: '*' }] })),
    ],
    releases: ['0.8', '0.9'],
  },
  {
    rule: 'operation/upgrade',
    what: 'to a version that nothing offers, or a definition that is misspelt',
    bad: [
      ...definitions,
      ...beside(
        request('Upgrade', { upgrade: { components: [{ componentName: 'x', serviceVersion: '3.0.0' }] } }),
        request('Upgrade', { upgrade: { components: [{ componentName: 'x', componentDefinitionName: 'engnie-x' }] } }),
      ),
    ],
    expected: ['OpsRequest/o spec.upgrade.components.0.serviceVersion', 'OpsRequest/o spec.upgrade.components.0.componentDefinitionName'],
    good: [
      ...definitions,
      ...beside(
        request('Upgrade', { upgrade: { components: [{ componentName: 'x', serviceVersion: '1.1.0' }] } }),
        request('Upgrade', { upgrade: { components: [{ componentName: 'x', componentDefinitionName: 'engine-x' }] } }),
        request('Upgrade', { upgrade: { components: [{ componentName: 'x', componentDefinitionName: 'mysql' }] } }),
      ),
    ],
    releases: ['0.9', ...MODERN],
  },
  {
    rule: 'operation/upgrade',
    what: 'to what is no version',
    bad: [request('Upgrade', { upgrade: { components: [{ componentName: 'x', serviceVersion: '3' }] } })],
    expected: ['OpsRequest/o spec.upgrade.components.0.serviceVersion'],
    good: [request('Upgrade', { upgrade: { components: [{ componentName: 'x', serviceVersion: '3.0.0' }] } })],
    releases: ['1.1', '1.2'],
  },
  {
    rule: 'operation/upgrade',
    what: 'to a ClusterVersion that there is not',
    bad: upgradeTo('engine-3'),
    expected: ['OpsRequest/o spec.upgrade.clusterVersionRef'],
    good: upgradeTo('engine-2'),
    releases: ['0.5', '0.6', '0.7', '0.8', '0.9'],
  },
  {
    rule: 'operation/backup',
    what: 'a policy or a method that the Cluster has not',
    bad: [...definitions, newTemplate, ...backups('c-y-backup-policy', 'full'), ...backups('c-x-backup-policy', 'fast').slice(1)],
    expected: [
      'OpsRequest/o spec.backup.backupPolicyName',
      'Backup/b spec.backupPolicyName',
      'OpsRequest/o spec.backup.backupMethod',
      'Backup/b spec.backupMethod',
    ],
    good: [
      ...definitions,
      newTemplate,
      ...backups('c-x-backup-policy', 'full'),
      ...backups('other', 'full').slice(2),
      ...backups('c-test-x-backup-policy', 'full').slice(2),
    ],
    releases: MODERN,
  },
  {
    rule: 'operation/backup',
    what: 'a policy without the identifier of its template',
    bad: [...definitions, oldTemplate, ...backups('c-x-backup-policy', 'full')],
    expected: ['OpsRequest/o spec.backup.backupPolicyName', 'Backup/b spec.backupPolicyName'],
    good: [...definitions, oldTemplate, ...backups('c-x-backup-policy-id', 'full')],
    releases: ['0.8', '0.9'],
  },
  {
    rule: 'operation/backup',
    what: 'a policy by the name of the component, not of its definition',
    bad: backupsOfOld('c-comp-backup-policy'),
    expected: ['OpsRequest/o spec.backup.backupPolicyName', 'Backup/b spec.backupPolicyName'],
    good: backupsOfOld('c-x-backup-policy'),
    releases: ['0.7'],
  },
]

function backups(backupPolicyName: string, backupMethod: string): readonly unknown[] {
  return [plain, request('Backup', { backup: { backupPolicyName, backupMethod } }), object('Backup', 'b', { backupPolicyName, backupMethod })]
}

function backupsOfOld(policy: string): readonly unknown[] {
  return [
    object('ClusterDefinition', 'engine', { componentDefs: [{ name: 'x' }] }),
    template(
      { clusterDefinitionRef: 'engine', backupPolicies: [{ componentDefRef: 'x', backupMethods: [{ name: 'full' }] }] },
      { 'clusterdefinition.kubeblocks.io/name': 'engine' },
    ),
    object('Cluster', 'c', { clusterDefinitionRef: 'engine', componentSpecs: [{ name: 'comp', componentDefRef: 'x' }] }),
    ...backups(policy, 'full').slice(1),
  ]
}

function upgradeTo(clusterVersionRef: string): readonly unknown[] {
  return [
    ...['engine-1', 'engine-2'].map((name) => object('ClusterVersion', name, { clusterDefinitionRef: 'engine' })),
    object('Cluster', 'c', { clusterDefinitionRef: 'engine', componentSpecs: [{ name: 'x', componentDefRef: 'x' }] }),
    request('Upgrade', { upgrade: { clusterVersionRef } }),
  ]
}

function switchoverOf(switchoverSpec: object): readonly unknown[] {
  return [
    object('ClusterDefinition', 'engine', { componentDefs: [{ name: 'x', switchoverSpec }] }),
    object('Cluster', 'c', { clusterDefinitionRef: 'engine', componentSpecs: [{ name: 'x', componentDefRef: 'x' }] }),
    request('Switchover', { switchover: [{ componentName: 'x', instanceName: '*' }] }),
  ]
}
