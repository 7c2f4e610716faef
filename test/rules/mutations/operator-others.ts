import type { Mutation, Rendered } from './mutation.ts'

const addon = 'everything'
const component = (find: (kind: string) => Rendered) => find('ClusterDefinition').spec.componentDefs[0]
const proxy = (find: (kind: string) => Rendered) => find('ClusterDefinition').spec.componentDefs[1]

/** What webhooks and the controllers of parameters, operations and services demand. */
export const operatorOthers: readonly Mutation[] = [
  {
    code: 'account/policy',
    addon,
    kubeblocks: '0.7',
    says: '"kbadmin" is in a Secret',
    change: (_, find) => {
      component(find).systemAccounts = { accounts: [{ name: 'kbadmin', provisionPolicy: { type: 'ReferToExisting', scope: 'AnyPods' } }] }
    },
  },
  {
    code: 'account/policy',
    addon,
    kubeblocks: '0.5',
    says: 'so many digits and symbols',
    change: (_, find) => {
      component(find).systemAccounts = { passwordConfig: { length: 8, numDigits: 6, numSymbols: 6 } }
    },
  },
  {
    code: 'backup/default-among',
    addon,
    kubeblocks: '0.6',
    says: 'none has the annotation',
    change: (objects, find) => {
      const template = find('BackupPolicyTemplate')
      delete template.metadata.annotations
      objects.push({ ...structuredClone(template), metadata: { ...template.metadata, name: 'second' } })
    },
  },
  {
    code: 'backup/identifier',
    addon,
    kubeblocks: '0.7',
    says: 'the component "rich" with the same identifier',
    change: (objects, find) => {
      const template = find('BackupPolicyTemplate')
      objects.push({ ...structuredClone(template), metadata: { ...template.metadata, name: 'second' } })
    },
  },
  {
    code: 'definition/component-ref',
    addon,
    kubeblocks: '0.6',
    says: 'no component "ritch"',
    change: (_, find) => {
      proxy(find).componentDefRef[0].componentDefName = 'ritch'
    },
  },
  {
    code: 'definition/component-ref',
    addon,
    kubeblocks: '0.8',
    says: 'a stateless component has none',
    change: (_, find) => {
      component(find).workloadType = 'Stateless'
    },
  },
  {
    code: 'definition/consensus',
    addon,
    kubeblocks: '0.5',
    says: 'are 2, and only an odd number',
    change: (_, find) => {
      component(find).workloadType = 'Consensus'
      component(find).consensusSpec = { leader: { name: 'leader' }, followers: [{ name: 'follower', replicas: 1 }] }
    },
  },
  {
    code: 'definition/log-path',
    addon,
    kubeblocks: '0.7',
    says: '"/var/log/*.log" is in no folder',
    change: (_, find) => {
      component(find).logConfigs[0].filePathPattern = '/var/log/*.log'
    },
  },
  {
    code: 'definition/service-ref',
    addon,
    kubeblocks: '1.0',
    says: 'no serviceRefDeclaration "store"',
    change: (_, find) => {
      find('ComponentDefinition').spec.serviceRefDeclarations[0].name = 'stores'
    },
  },
  {
    code: 'operation/expression',
    addon,
    kubeblocks: '1.0',
    says: 'no function "hasKey"',
    change: (objects) =>
      void objects.push({
        kind: 'OpsDefinition',
        metadata: { name: 'promote' },
        spec: { preConditions: [{ rule: { expression: '{{ hasKey .params "a" }}', message: 'no a' } }], actions: [] },
      }),
  },
  {
    code: 'parameters/component',
    addon,
    kubeblocks: '1.0',
    says: 'has the name "rich"',
    change: (_, find) => {
      find('ParamConfigRenderer').spec.componentDef = 'rich'
    },
  },
  {
    code: 'parameters/reload',
    addon,
    kubeblocks: '0.6',
    says: 'no signal "SIGRELOAD"',
    change: (_, find) => {
      find('ConfigConstraint').spec.reloadOptions.unixSignalTrigger.signal = 'SIGRELOAD'
    },
  },
  {
    code: 'parameters/reload',
    addon,
    kubeblocks: '0.9',
    says: 'None of the triggers',
    change: (_, find) => {
      find('ConfigConstraint').spec.reloadAction = {}
    },
  },
  {
    code: 'parameters/renderer',
    addon,
    kubeblocks: '1.1',
    says: 'clusters wait for "everything-rich-rich-config-template"',
    change: (objects) => {
      for (const { spec } of objects.filter(({ kind }) => kind === 'ParamConfigRenderer')) spec.componentDef = 'other'
    },
  },
  {
    code: 'parameters/schema',
    addon,
    kubeblocks: '0.8',
    says: 'does not define "#Rich"',
    change: (_, find) => {
      find('ConfigConstraint').spec.cfgSchemaTopLevelName = 'Rich'
    },
  },
  {
    code: 'parameters/schema',
    addon: 'primary',
    kubeblocks: '1.0',
    says: 'does not define "#RedisConf"',
    change: (_, find) => {
      find('ParametersDefinition').spec.parametersSchema.topLevelKey = 'RedisConf'
    },
  },
  {
    code: 'parameters/template',
    addon,
    kubeblocks: '1.0',
    says: 'no config with a file',
    change: (_, find) => {
      const [config] = find('ParamConfigRenderer').spec.configs
      delete config.templateName
      config.name = 'rich.toml'
    },
  },
  {
    code: 'service/descriptor',
    addon,
    kubeblocks: '0.7',
    says: 'no serviceVersion',
    change: (objects) =>
      void objects.push({ kind: 'ServiceDescriptor', metadata: { name: 'store' }, spec: { serviceKind: 'etcd', serviceVersion: '' } }),
  },
  {
    code: 'template/duplicate',
    addon,
    kubeblocks: '0.6',
    says: 'the volumeName "rich-config"',
    change: (_, find) => {
      component(find).configSpecs[1].volumeName = 'rich-config'
    },
  },
  {
    code: 'topology/elsewhere',
    addon,
    kubeblocks: '1.0',
    says: 'until another chart brings one',
    change: (_, find) => {
      find('ClusterDefinition').spec.topologies[1].components.push({ name: 'etcd', compDef: '^etcd-' })
    },
  },
]
