import type { Mutation, Rendered } from './mutation.ts'

const component = (find: (kind: string) => Rendered) => find('ClusterDefinition').spec.componentDefs[0]

export const oldReferences: readonly Mutation[] = [
  {
    code: 'image/mutable-tag',
    kubeblocks: '0.6',
    says: 'qdrant:latest',
    change: (_, find) => {
      find('ClusterVersion').spec.componentVersions[0].versionsContext.containers[0].image = 'docker.io/qdrant/qdrant:latest'
    },
  },
  {
    code: 'image/mutable-tag',
    kubeblocks: '0.6',
    says: 'has no tag',
    change: (_, find) => {
      find('BackupTool').spec.image = 'registry.example:5000/tools'
    },
  },
  {
    code: 'manifest/duplicate-object',
    kubeblocks: '0.6',
    says: 'rendered 2 times',
    change: (objects, find) => void objects.push(structuredClone(find('BackupTool'))),
  },
  {
    code: 'template/config-map',
    kubeblocks: '0.6',
    says: 'in the namespace "default"',
    change: (_, find) => void delete component(find).scriptSpecs[0].namespace,
  },
  {
    code: 'backup/tool',
    kubeblocks: '0.6',
    says: 'qdrant-snapshop',
    change: (_, find) => {
      find('BackupPolicyTemplate').spec.backupPolicies[0].datafile.backupToolName = 'qdrant-snapshop'
    },
  },
  {
    code: 'backup/tool-command',
    kubeblocks: '0.6',
    says: 'this is a script',
    change: (_, find) => void find('BackupTool').spec.backupCommands.splice(0, 2),
  },
  {
    code: 'version/cluster-version',
    kubeblocks: '0.6',
    says: 'qdrnt',
    change: (_, find) => {
      find('ClusterVersion').spec.clusterDefinitionRef = 'qdrnt'
    },
  },
  {
    code: 'backup/component',
    kubeblocks: '0.6',
    says: 'qdrand',
    change: (_, find) => {
      find('BackupPolicyTemplate').spec.backupPolicies[0].componentDefRef = 'qdrand'
    },
  },
  {
    code: 'template/constraint',
    kubeblocks: '0.6',
    says: 'nowhere',
    change: (_, find) => {
      component(find).configSpecs[0].constraintRef = 'nowhere'
    },
  },
  {
    code: 'template/config-map',
    kubeblocks: '0.6',
    says: 'qdrant-script',
    change: (_, find) => {
      component(find).scriptSpecs[0].templateRef = 'qdrant-script'
    },
  },
  {
    code: 'reference/credential-port',
    kubeblocks: '0.6',
    says: '$(SVC_PORT_tcp-monogdb)',
    change: (_, find) => {
      find('ClusterDefinition').spec.connectionCredential.endpoint = '$(SVC_FQDN):$(SVC_PORT_tcp-monogdb)'
    },
  },
  {
    code: 'reference/image',
    kubeblocks: '0.6',
    says: 'The container "qdrant" of the component "qdrant" gets no image',
    change: (_, find) => void delete find('ClusterVersion').spec.componentVersions[0].versionsContext.containers,
  },
  {
    code: 'reference/script',
    kubeblocks: '0.6',
    says: '/qdrant/scripts/pre-stop.sh',
    change: (_, find) => void delete find('ConfigMap', 'qdrant-scripts').data['pre-stop.sh'],
  },
  {
    code: 'reference/service-port',
    kubeblocks: '0.6',
    says: 'redis-twemproxy',
    change: (_, find) => {
      component(find).service.ports[0].targetPort = 'redis-twemproxy'
    },
  },
  {
    code: 'reference/volume',
    kubeblocks: '0.6',
    says: 'qdrant-config',
    change: (_, find) => {
      const [container] = component(find).podSpec.containers
      container.volumeMounts = container.volumeMounts.filter(({ name }: Rendered) => name !== 'qdrant-config')
    },
  },
]
