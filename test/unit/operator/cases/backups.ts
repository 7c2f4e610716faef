import { object } from '../../../support/definitions.ts'
import { bpt, type Case, cd, cmpd, MODERN, topology } from './case.ts'

const LABELLED = { 'clusterdefinition.kubeblocks.io/name': 'd' }
const KEPT = { 'helm.sh/resource-policy': 'keep' }
const SCHEDULED = { backupPolicies: [{ componentDefs: ['x'], schedules: [{ backupMethod: 'm' }] }] }

export const backups: readonly Case[] = [
  {
    rule: 'backup/label',
    what: 'none',
    bad: [bpt({ clusterDefinitionRef: 'd' })],
    expected: ['BackupPolicyTemplate/b metadata.labels.clusterdefinition.kubeblocks.io/name'],
    good: [bpt({ clusterDefinitionRef: 'd' }, { labels: LABELLED })],
  },
  {
    rule: 'backup/topology-label',
    what: 'none for a ClusterDefinition with topologies',
    bad: [topology({}), cmpd({}), bpt({ backupPolicies: [{ componentDefs: ['x'] }] }, { labels: { a: 'b' } })],
    expected: ['BackupPolicyTemplate/b metadata.labels.clusterdefinition.kubeblocks.io/name'],
    good: [topology({}), cmpd({}), bpt({ backupPolicies: [{ componentDefs: ['x'] }] }, { labels: LABELLED })],
  },
  {
    rule: 'backup/default',
    what: 'none on a kept template with schedules',
    bad: [bpt(SCHEDULED, { labels: LABELLED, annotations: KEPT })],
    expected: ['BackupPolicyTemplate/b metadata.annotations.dataprotection.kubeblocks.io/is-default-policy-template'],
    good: [
      bpt(SCHEDULED, { labels: LABELLED, annotations: { ...KEPT, 'dataprotection.kubeblocks.io/is-default-policy-template': 'true' } }),
      bpt(SCHEDULED, { labels: LABELLED }),
    ],
  },
  {
    rule: 'backup/no-labels',
    what: 'none at all',
    bad: [bpt({})],
    expected: ['BackupPolicyTemplate/b metadata.labels'],
    good: [bpt({}, { labels: { a: 'b' } })],
  },
  {
    rule: 'backup/component',
    what: 'one there is not',
    bad: [cd({}), bpt({ clusterDefinitionRef: 'd', backupPolicies: [{ componentDefRef: 'y' }] })],
    expected: ['BackupPolicyTemplate/b spec.backupPolicies.0.componentDefRef'],
    good: [cd({}), bpt({ clusterDefinitionRef: 'd', backupPolicies: [{ componentDefRef: 'x' }] })],
  },
  {
    rule: 'backup/tool',
    what: 'one there is not',
    bad: [bpt({ backupPolicies: [{ datafile: { backupToolName: 't' } }] })],
    expected: ['BackupPolicyTemplate/b spec.backupPolicies.0.datafile.backupToolName'],
    good: [object('BackupTool', 't'), bpt({ backupPolicies: [{ datafile: { backupToolName: 't' }, snapshot: {} }] })],
  },
  {
    rule: 'backup/tool-command',
    what: 'a script where a program is run',
    bad: [object('BackupTool', 't', { backupCommands: ['set -e\necho x'], physical: { restoreCommands: ['cp a b'] } })],
    expected: ['BackupTool/t spec.backupCommands.0', 'BackupTool/t spec.physical.restoreCommands.0'],
    good: [object('BackupTool', 't', { backupCommands: ['sh', '-c', 'echo x'], physical: {}, logical: { restoreCommands: ['/tools/restore'] } })],
    releases: ['0.6'],
  },
  {
    rule: 'backup/tool-command',
    what: 'a shell where there is one',
    bad: [object('BackupTool', 't', { backupCommands: ['/bin/sh', '-ec', 'echo x'], logical: { incrementalRestoreCommands: ['bash', '-c', 'x'] } })],
    expected: ['BackupTool/t spec.backupCommands.0', 'BackupTool/t spec.logical.incrementalRestoreCommands.0'],
    good: [object('BackupTool', 't', { backupCommands: ['set -e\necho x'], physical: { restoreCommands: ['bash -c "cp a b"'] } })],
    releases: ['0.5'],
  },
  {
    rule: 'backup/action-set',
    what: 'one there is not',
    bad: [bpt({ backupMethods: [{ name: 'm', actionSetName: 'a' }] })],
    expected: ['BackupPolicyTemplate/b spec.backupMethods.0.actionSetName'],
    good: [
      object('ActionSet', 'a'),
      bpt({
        backupMethods: [
          { name: 'm', actionSetName: 'a' },
          { name: 's', snapshotVolumes: true },
        ],
      }),
    ],
  },
  {
    rule: 'backup/action-set',
    what: 'none for a method without snapshots',
    bad: [bpt({ backupMethods: [{ name: 'm' }] })],
    expected: ['BackupPolicyTemplate/b spec.backupMethods.0'],
    good: [bpt({ backupMethods: [{ name: 'm', snapshotVolumes: true }] })],
    releases: MODERN,
  },
  {
    rule: 'backup/schedule',
    what: 'of a method there is not, and twice',
    bad: [bpt({ backupPolicies: [{ backupMethods: [{ name: 'm' }], schedules: [{ backupMethod: 'n' }, { backupMethod: 'm', name: 'n' }] }] })],
    expected: ['BackupPolicyTemplate/b spec.backupPolicies.0.schedules.0.backupMethod', 'BackupPolicyTemplate/b spec.backupPolicies.0.schedules.1'],
    good: [bpt({ backupPolicies: [{ backupMethods: [{ name: 'm' }], schedules: [{ backupMethod: 'm' }, { backupMethod: 'm', name: 'n' }] }] })],
  },
  {
    rule: 'backup/parameters',
    what: 'one that the schema does not know',
    bad: [object('ActionSet', 'a', { backup: { withParameters: ['p'] } })],
    expected: ['ActionSet/a spec.backup.withParameters.0'],
    good: [object('ActionSet', 'a', { backup: { withParameters: ['p'] }, parametersSchema: { openAPIV3Schema: { properties: { p: {} } } } })],
  },
  {
    rule: 'backup/default-among',
    what: 'none of two',
    bad: [bpt({ clusterDefinitionRef: 'd' }), bpt({ clusterDefinitionRef: 'd', identifier: 'i' })],
    expected: ['BackupPolicyTemplate/b metadata.annotations.dataprotection.kubeblocks.io/is-default-policy-template'],
    good: [
      bpt({ clusterDefinitionRef: 'd' }, { annotations: { 'dataprotection.kubeblocks.io/is-default-policy-template': 'true' } }),
      bpt({ clusterDefinitionRef: 'd' }),
      bpt({ clusterDefinitionRef: 'e' }),
    ],
  },
  {
    rule: 'backup/identifier',
    what: 'the same for two policies of a component',
    bad: [
      bpt({ clusterDefinitionRef: 'd', backupPolicies: [{ componentDefRef: 'x' }] }),
      bpt({ clusterDefinitionRef: 'd', backupPolicies: [{ componentDefRef: 'y' }, { componentDefRef: 'x' }] }),
    ],
    expected: ['BackupPolicyTemplate/b spec.identifier'],
    good: [
      bpt({ clusterDefinitionRef: 'd', backupPolicies: [{ componentDefRef: 'x' }] }),
      bpt({ clusterDefinitionRef: 'd', identifier: 'i', backupPolicies: [{ componentDefRef: 'x' }] }),
      bpt({ clusterDefinitionRef: 'e', backupPolicies: [{ componentDefRef: 'x' }] }),
    ],
  },
]
