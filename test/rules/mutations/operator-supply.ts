import type { Mutation, Rendered } from './mutation.ts'

const addon = 'everything'
const LABEL = 'clusterdefinition.kubeblocks.io/name'
const DEFAULT = 'dataprotection.kubeblocks.io/is-default-policy-template'

/** What operators demand of versions and backups. */
export const operatorSupply: readonly Mutation[] = [
  {
    code: 'backup/action-set',
    addon,
    kubeblocks: '0.8',
    says: 'no ActionSet "everything-dumb"',
    change: (_, find) => {
      find('BackupPolicyTemplate').spec.backupPolicies[0].backupMethods[0].actionSetName = 'everything-dumb'
    },
  },
  {
    code: 'backup/action-set',
    addon,
    kubeblocks: '1.0',
    says: 'wants an ActionSet',
    change: (_, find) => void delete find('BackupPolicyTemplate').spec.backupMethods[0].actionSetName,
  },
  {
    code: 'backup/default',
    addon,
    kubeblocks: '0.9',
    says: 'make no schedules',
    change: (_, find) => void delete find('BackupPolicyTemplate').metadata.annotations[DEFAULT],
  },
  {
    code: 'backup/definition',
    addon,
    kubeblocks: '0.8',
    says: 'no ClusterDefinition "everything"',
    change: (_, find) => {
      find('ClusterDefinition').metadata.name = 'everything-0.1.0'
    },
  },
  {
    code: 'backup/label',
    addon,
    kubeblocks: '0.5',
    says: LABEL,
    change: (_, find) => void delete find('BackupPolicyTemplate').metadata.labels[LABEL],
  },
  {
    code: 'backup/no-labels',
    addon,
    kubeblocks: '0.7',
    says: 'crashes',
    change: (_, find) => void delete find('BackupPolicyTemplate').metadata.labels,
  },
  {
    code: 'backup/parameters',
    addon,
    kubeblocks: '1.0',
    says: '"compression"',
    change: (_, find) => {
      find('ActionSet').spec.backup.withParameters = ['compression']
    },
  },
  {
    code: 'backup/schedule',
    addon,
    kubeblocks: '0.9',
    says: 'no method "dumb"',
    change: (_, find) => {
      find('BackupPolicyTemplate').spec.backupPolicies[0].schedules[0].backupMethod = 'dumb'
    },
  },
  {
    code: 'backup/schedule',
    addon,
    kubeblocks: '1.1',
    says: '"dump" is there twice',
    change: (_, find) => {
      const { schedules } = find('BackupPolicyTemplate').spec
      schedules.push(schedules[0])
    },
  },
  {
    code: 'backup/topology-label',
    addon,
    kubeblocks: '0.9',
    says: '"everything" find the template by the label',
    change: (_, find) => {
      find('BackupPolicyTemplate').metadata.labels[LABEL] = 'other'
    },
  },
  {
    code: 'version/cluster-version',
    addon,
    kubeblocks: '0.7',
    says: '"proxy" has containers neither here',
    change: (_, find) => {
      find('ClusterDefinition').spec.componentDefs[1].podSpec.containers = []
      find('ClusterVersion').spec.componentVersions[1].versionsContext.containers = []
    },
  },
  {
    code: 'version/image-key',
    addon,
    kubeblocks: '0.9',
    says: 'no container "role-probe"',
    change: (_, find) => {
      find('ComponentVersion', 'everything-rich-0.9-0.1.0').spec.releases[0].images['role-probe'] = 'example/tools:1.2.3'
    },
  },
  {
    code: 'version/images',
    addon,
    kubeblocks: '1.0',
    says: 'sidecar',
    change: (_, find) => {
      for (const { images } of find('ComponentVersion', 'everything-rich-1.0-0.1.0').spec.releases) delete images.sidecar
    },
  },
  {
    code: 'version/mixed',
    addon: 'lines',
    kubeblocks: '1.0',
    says: 'of a release for other definitions',
    change: (_, find) => {
      const { releases } = find('ComponentVersion').spec
      releases[2].serviceVersion = releases[1].serviceVersion
    },
  },
  {
    code: 'version/none',
    kubeblocks: '1.0',
    says: 'neither it nor a ComponentVersion',
    change: (objects, find) => {
      delete find('ComponentDefinition').spec.serviceVersion
      objects.splice(objects.indexOf(find('ComponentVersion')), 1)
    },
  },
  {
    code: 'version/pattern',
    addon,
    kubeblocks: '0.9',
    says: 'no regular expression',
    change: (_, find) => {
      find('ComponentVersion').spec.compatibilityRules[0].compDefs = ['^everything-(']
    },
  },
  {
    code: 'version/release',
    addon,
    kubeblocks: '1.0',
    says: 'makes all releases unavailable',
    change: (_, find) => {
      find('ComponentVersion').spec.compatibilityRules[0].compDefs = ['^evrything-rich-']
    },
  },
  {
    code: 'version/release',
    addon,
    kubeblocks: '0.9',
    says: 'is there twice',
    change: (_, find) => {
      const { releases } = find('ComponentVersion').spec
      releases.push({ ...releases[0] } as Rendered)
    },
  },
  {
    code: 'version/service-version',
    addon,
    kubeblocks: '1.0',
    says: '"2.0"',
    change: (_, find) => {
      find('ComponentVersion').spec.releases[0].serviceVersion = '2.0'
    },
  },
]
