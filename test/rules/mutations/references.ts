import type { Mutation, Rendered } from './mutation.ts'

const component = (find: (kind: string) => Rendered) => find('ClusterDefinition').spec.componentDefs[0]
const engine = (find: (kind: string) => Rendered) => find('ComponentDefinition').spec.runtime.containers[0]

/** A var of a ComponentDefinition. */
const addVar = (find: (kind: string) => Rendered, valueFrom: object) => {
  const { spec } = find('ComponentDefinition')
  spec.vars = [...(spec.vars ?? []), { name: 'MORE', valueFrom }]
}

export const references: readonly Mutation[] = [
  {
    code: 'backup/container',
    kubeblocks: '1.0',
    says: 'has a container "qdrat"',
    change: (_, find) => {
      find('ActionSet').spec.restore = { postReady: [{ exec: { container: 'qdrat', command: ['a'] } }] }
    },
  },
  {
    code: 'backup/definition',
    kubeblocks: '0.8',
    says: 'no ClusterDefinition "milvus"',
    change: (_, find) => {
      find('BackupPolicyTemplate').spec.clusterDefinitionRef = 'milvus'
    },
  },
  {
    code: 'backup/target',
    kubeblocks: '1.0',
    says: 'has no account "nobody"',
    change: (_, find) => {
      find('BackupPolicyTemplate').spec.target = { role: '', account: 'nobody' }
    },
  },
  {
    code: 'backup/unused-policy',
    kubeblocks: '1.0',
    says: '"qdrnt-"',
    change: (_, find) => {
      find('BackupPolicyTemplate').spec.compDefs = ['qdrnt-']
    },
  },
  {
    code: 'reference/action-container',
    kubeblocks: '0.9',
    says: 'postProvision is for the container "qdrat"',
    change: (_, find) => {
      find('ComponentDefinition').spec.lifecycleActions.postProvision = { customHandler: { image: 'a:1', container: 'qdrat' } }
    },
  },
  {
    code: 'reference/cluster-version',
    kubeblocks: '0.6',
    says: 'no ClusterVersion for it',
    change: (objects, find) => {
      for (const part of ['initContainers', 'containers']) for (const container of component(find).podSpec[part] ?? []) container.image = 'a:1'
      for (let index = objects.length - 1; index >= 0; index--) if (objects[index].kind === 'ClusterVersion') objects.splice(index, 1)
    },
  },
  {
    code: 'reference/config-key',
    kubeblocks: '0.6',
    says: 'no file "qdrant.yaml"',
    change: (_, find) => {
      component(find).configSpecs[0].keys = ['qdrant.yaml']
    },
  },
  {
    code: 'reference/config-map-unused',
    kubeblocks: '1.0',
    says: 'Nothing in the chart names it',
    change: (objects, find) => {
      const left = structuredClone(find('ConfigMap'))
      left.metadata = { name: 'left-over' }
      objects.push(left)
    },
  },
  {
    code: 'volume/unknown-mount',
    kubeblocks: '0.6',
    says: 'looks like data',
    change: (_, find) => void delete component(find).volumeTypes,
  },
  {
    code: 'reference/elsewhere',
    kubeblocks: '1.0',
    says: 'matches "etcd-"',
    change: (_, find) => addVar(find, { serviceVarRef: { compDef: 'etcd-', name: 'client', host: 'Required' } }),
  },
  {
    code: 'reference/empty-key',
    kubeblocks: '0.6',
    says: '"more.conf" is empty',
    change: (_, find) => {
      find('ConfigMap').data['more.conf'] = '\n'
    },
  },
  {
    code: 'reference/former-variable',
    kubeblocks: '1.0',
    says: 'KB_POD_FQDN',
    change: (_, find) => {
      engine(find).args = ['$KB_POD_FQDN']
    },
  },
  {
    code: 'reference/former-variable',
    kubeblocks: '1.0',
    says: 'KB_POD_NAME',
    change: (_, find) => {
      const { data } = find('ConfigMap', find('ComponentDefinition').spec.scripts[0].template)
      for (const key of Object.keys(data)) data[key] += '\necho "${KB_POD_NAME}"\n'
    },
  },
  {
    code: 'reference/mount',
    kubeblocks: '1.0',
    says: 'Nothing declares the volume "dta"',
    change: (_, find) => {
      for (const mount of engine(find).volumeMounts) if (mount.name === 'data') mount.name = 'dta'
    },
  },
  {
    code: 'reference/pattern',
    kubeblocks: '1.0',
    says: 'which the component "more" is for',
    change: (objects, find) => {
      const more = structuredClone(find('ComponentDefinition'))
      const { name } = more.metadata
      more.metadata.name = `${name}-more`
      objects.push(more)
      const [topology] = find('ClusterDefinition').spec.topologies
      topology.components = [
        { name: 'first', compDef: name },
        { name: 'more', compDef: `${name}-more` },
      ]
    },
  },
  {
    code: 'reference/pod-config-map',
    kubeblocks: '1.0',
    says: 'no ConfigMap "nowhere"',
    change: (_, find) => {
      find('ComponentDefinition').spec.runtime.volumes = [{ name: 'more', configMap: { name: 'nowhere' } }]
    },
  },
  {
    code: 'reference/repeated-env',
    kubeblocks: '1.0',
    says: 'twice',
    change: (_, find) => {
      engine(find).env = [
        { name: 'A', value: '1' },
        { name: 'A', value: '2' },
      ]
    },
  },
  {
    code: 'reference/role',
    kubeblocks: '1.0',
    says: 'pods of the role "leader"',
    change: (_, find) => addVar(find, { componentVarRef: { podNamesForRole: { role: 'leader', option: 'Optional' } } }),
  },
  {
    code: 'reference/sub-path',
    kubeblocks: '0.6',
    says: 'no key "qdrant.yaml"',
    change: (_, find) => {
      const [config] = component(find).configSpecs
      component(find).podSpec.containers[0].volumeMounts.find(({ name }: Rendered) => name === config.volumeName).subPath = 'qdrant.yaml'
    },
  },
  {
    code: 'reference/var',
    kubeblocks: '1.0',
    says: 'wants the account "nobody"',
    change: (_, find) => addVar(find, { credentialVarRef: { name: 'nobody', username: 'Required' } }),
  },
  {
    code: 'reference/var',
    kubeblocks: '0.9',
    says: 'wants the service "nowhere"',
    change: (_, find) => addVar(find, { serviceVarRef: { name: 'nowhere', host: 'Required' } }),
  },
  {
    code: 'reference/variable',
    kubeblocks: '1.0',
    says: '"$(NOWHERE)"',
    change: (_, find) => {
      engine(find).args = ['$(NOWHERE)']
    },
  },
  {
    code: 'topology/elsewhere',
    kubeblocks: '1.0',
    says: 'matches "etcd-"',
    change: (_, find) => {
      find('ClusterDefinition').spec.topologies[0].components[0].compDef = 'etcd-'
    },
  },
  {
    code: 'topology/definition',
    kubeblocks: '1.0',
    says: 'matches "qdrnat-"',
    change: (_, find) => {
      find('ClusterDefinition').spec.topologies[0].components[0].compDef = 'qdrnat-'
    },
  },
  {
    code: 'version/overlap',
    kubeblocks: '1.0',
    says: 'is for as well',
    change: (objects, find) => {
      const more = structuredClone(find('ComponentVersion'))
      more.metadata.name = 'more'
      objects.push(more)
    },
  },
  {
    code: 'version/unused-image',
    kubeblocks: '1.0',
    says: '"qdrat" is no container',
    change: (_, find) => {
      find('ComponentVersion').spec.releases[0].images.qdrat = 'a:1'
    },
  },
]
