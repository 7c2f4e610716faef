import type { Mutation, Rendered } from './mutation.ts'

const addon = 'everything'
const component = (find: (kind: string) => Rendered) => find('ClusterDefinition').spec.componentDefs[0]

/** What operators demand of templates, parameters, topologies, shards and sidecars. */
export const operatorTemplates: readonly Mutation[] = [
  {
    code: 'parameters/definition',
    addon,
    kubeblocks: '1.0',
    says: 'no ParametersDefinition "rich"',
    change: (_, find) => {
      find('ParamConfigRenderer').spec.parametersDefs = ['rich']
    },
  },
  {
    code: 'parameters/reload-script',
    addon: 'primary',
    kubeblocks: '1.0',
    says: 'reloads run it as it is',
    change: (_, find) => {
      const { scripts } = find('ComponentDefinition').spec
      const reload = find('ParametersDefinition').spec.reloadAction.shellTrigger.scriptConfig
      reload.scriptConfigMapRef = scripts[0].template
      find('ConfigMap', scripts[0].template).data['reload.sh'] = 'echo {{ .NAME }}'
    },
  },
  {
    code: 'parameters/template',
    addon,
    kubeblocks: '1.1',
    says: 'no config "rich"',
    change: (_, find) => {
      find('ParamConfigRenderer').spec.configs[0].templateName = 'rich'
    },
  },
  {
    code: 'sharding/actions',
    addon: 'shards',
    kubeblocks: '1.0',
    says: 'never calls shardAdd',
    change: (_, find) => {
      find('ShardingDefinition').spec.lifecycleActions = { shardAdd: { exec: { command: ['/bin/true'] } } }
    },
  },
  {
    code: 'sharding/definition',
    addon: 'shards',
    kubeblocks: '1.0',
    says: 'No ComponentDefinition of the chart matches "shrads"',
    change: (_, find) => {
      find('ShardingDefinition').spec.template.compDef = 'shrads'
    },
  },
  {
    code: 'sharding/definition',
    addon: 'shards',
    kubeblocks: '1.1',
    says: 'has no account "root"',
    change: (_, find) => {
      find('ShardingDefinition').spec.systemAccounts = [{ name: 'root', shared: true }]
    },
  },
  {
    code: 'sharding/definition',
    addon: 'shards',
    kubeblocks: '1.2-alpha',
    says: 'neither Serial nor Parallel',
    change: (_, find) => {
      find('ShardingDefinition').spec.provisionStrategy = 'BestEffortParallel'
    },
  },
  {
    code: 'sidecar/definition',
    addon,
    kubeblocks: '1.0',
    says: 'The owner and the selectors both match',
    change: (objects, find) =>
      void objects.push({
        kind: 'SidecarDefinition',
        metadata: { name: 'watch' },
        spec: { name: 'watch', owner: find('ComponentDefinition').metadata.name, selectors: ['^everything-rich-'], containers: [{ name: 'watch' }] },
      }),
  },
  {
    code: 'sidecar/definition',
    addon,
    kubeblocks: '1.1',
    says: 'has "CLUSTER" among its vars',
    change: (objects) =>
      void objects.push({
        kind: 'SidecarDefinition',
        metadata: { name: 'watch' },
        spec: { name: 'watch', owner: '^everything-proxy-', selectors: ['^everything-rich-'], vars: [{ name: 'CLUSTER', value: 'x' }] },
      }),
  },
  {
    code: 'template/blank',
    addon,
    kubeblocks: '1.0',
    says: '"empty.sh"',
    change: (_, find) => {
      find('ConfigMap', find('ComponentDefinition').spec.scripts[0].template).data['empty.sh'] = '\n'
    },
  },
  {
    code: 'template/config-map',
    addon,
    kubeblocks: '1.0',
    says: 'in the namespace "default", which counts',
    change: (_, find) => void delete find('ComponentDefinition').spec.scripts[0].namespace,
  },
  {
    code: 'template/label',
    addon,
    kubeblocks: '0.8',
    says: 'takes 59',
    change: (_, find) => {
      component(find).configSpecs[0].name = `everything-${'x'.repeat(50)}`
    },
  },
  {
    code: 'template/volume-name',
    addon,
    kubeblocks: '0.7',
    says: '"everything-rich-scripts"',
    change: (_, find) => void delete component(find).scriptSpecs[0].volumeName,
  },
  {
    code: 'topology/definition',
    addon,
    kubeblocks: '0.9',
    says: '"^everything-riches-"',
    change: (_, find) => {
      find('ClusterDefinition').spec.topologies[1].components[0].compDef = '^everything-riches-'
    },
  },
  {
    code: 'topology/definition',
    addon,
    kubeblocks: '1.0',
    says: 'No ShardingDefinition of the chart matches "^everything-shards-"',
    change: (_, find) => {
      find('ClusterDefinition').spec.topologies[0].shardings[0].shardingDef = '^everything-shards-'
    },
  },
  {
    code: 'topology/names',
    addon,
    kubeblocks: '1.0',
    says: 'Another topology is the default',
    change: (_, find) => {
      find('ClusterDefinition').spec.topologies[1].default = true
    },
  },
  {
    code: 'topology/names',
    addon,
    kubeblocks: '1.1',
    says: '"rich" is there twice',
    change: (_, find) => {
      find('ClusterDefinition').spec.topologies[0].shardings[0].name = 'rich'
    },
  },
  {
    code: 'topology/orders',
    addon,
    kubeblocks: '0.9',
    says: 'each of proxy, rich, shard once',
    change: (_, find) => {
      find('ClusterDefinition').spec.topologies[0].orders.terminate = ['proxy', 'rich']
    },
  },
]
