import type { Mutation, Rendered } from './mutation.ts'

const addon = 'everything'
/** The first definition of everything is that of its engine. */
const definition = (find: (kind: string) => Rendered) => find('ComponentDefinition').spec
const variable = (find: (kind: string) => Rendered, name: string) => definition(find).vars.find((item: Rendered) => item.name === name)

/** What operators demand of ComponentDefinitions, and of volumes. */
export const operatorDefinitions: readonly Mutation[] = [
  {
    code: 'definition/available',
    addon,
    kubeblocks: '1.0',
    says: 'no role "leader"',
    change: (_, find) => {
      definition(find).available = { withRole: 'leader' }
    },
  },
  {
    code: 'definition/available',
    addon,
    kubeblocks: '1.1',
    says: 'no availableProbe',
    change: (_, find) => {
      definition(find).available = { withProbe: { timeWindowSeconds: 10 } }
    },
  },
  {
    code: 'definition/exporter',
    addon,
    kubeblocks: '0.9',
    says: 'loses the container "rich"',
    change: (_, find) => {
      definition(find).exporter.containerName = 'rich'
    },
  },
  {
    code: 'definition/exporter',
    addon,
    kubeblocks: '1.0',
    says: 'The port "metric" is not in the container',
    change: (_, find) => {
      definition(find).exporter.containerName = 'sidecar'
      definition(find).exporter.scrapePort = 'metric'
    },
  },
  {
    code: 'definition/high-watermark',
    addon,
    kubeblocks: '0.9',
    says: 'readonly and the readwrite',
    change: (_, find) => {
      definition(find).volumes[0].highWatermark = 90
    },
  },
  {
    code: 'definition/host-network',
    addon,
    kubeblocks: '0.9',
    says: 'no port "clients"',
    change: (_, find) => {
      definition(find).hostNetwork.containerPorts[0].ports = ['clients']
    },
  },
  {
    code: 'definition/name',
    addon,
    kubeblocks: '1.0',
    says: 'takes 63',
    change: (_, find) => {
      find('ComponentDefinition').metadata.name = `everything-${'x'.repeat(53)}`
    },
  },
  {
    code: 'definition/pod-management',
    addon,
    kubeblocks: '1.0',
    says: 'neither OrderedReady nor Parallel',
    change: (_, find) => {
      definition(find).podManagementPolicy = 'Ordered'
    },
  },
  {
    code: 'definition/roles',
    addon,
    kubeblocks: '1.0',
    says: '"primary" is there twice',
    change: (_, find) => {
      definition(find).roles[1].name = 'primary'
    },
  },
  {
    code: 'definition/service-version',
    addon,
    kubeblocks: '0.9',
    says: '"2.0"',
    change: (_, find) => {
      definition(find).serviceVersion = '2.0'
    },
  },
  {
    code: 'definition/services',
    addon,
    kubeblocks: '1.0',
    says: 'no role "leader"',
    change: (_, find) => {
      definition(find).services[0].roleSelector = 'leader'
    },
  },
  {
    code: 'definition/services',
    addon,
    kubeblocks: '0.9',
    says: '"metrics" has no port',
    change: (_, find) => void delete definition(find).services[1].spec.ports,
  },
  {
    code: 'definition/services',
    addon,
    kubeblocks: '1.1',
    says: 'The serviceName "metrics" is there twice',
    change: (_, find) => {
      definition(find).services[2].serviceName = 'metrics'
    },
  },
  {
    code: 'definition/var-pattern',
    addon,
    kubeblocks: '0.9',
    says: 'no regular expression',
    change: (_, find) => {
      variable(find, 'PROXY').valueFrom.serviceVarRef.compDef = '^everything-(?!rich'
    },
  },
  {
    code: 'definition/var-selector',
    addon,
    kubeblocks: '0.9',
    says: '"PODS" nothing',
    change: (_, find) => {
      variable(find, 'PODS').valueFrom.componentVarRef = { podNames: 'Required' }
    },
  },
  {
    code: 'definition/var-source',
    addon,
    kubeblocks: '1.0',
    says: '"REPLICAS" has both',
    change: (_, find) => {
      variable(find, 'REPLICAS').value = '3'
    },
  },
  {
    code: 'definition/vars',
    addon,
    kubeblocks: '0.9',
    says: '"LEVEL" is there twice',
    change: (_, find) => void definition(find).vars.push({ name: 'LEVEL', value: 'debug' }),
  },
  {
    code: 'definition/volumes',
    addon,
    kubeblocks: '1.0',
    says: '"data" is there twice',
    change: (_, find) => void definition(find).volumes.push({ name: 'data' }),
  },
  {
    code: 'gate/crd-api-version',
    kubeblocks: '1.0',
    says: 'ignores the object',
    change: (_, find) => void delete find('ComponentVersion').metadata.annotations['kubeblocks.io/crd-api-version'],
  },
  {
    code: 'volume/duplicate',
    addon,
    kubeblocks: '1.0',
    says: '"data"',
    change: (_, find) => {
      definition(find).scripts[0].volumeName = 'data'
    },
  },
  {
    code: 'volume/unknown-mount',
    addon,
    kubeblocks: '0.6',
    says: '"elsewhere"',
    change: (_, find) => {
      find('ClusterDefinition').spec.componentDefs[0].podSpec.containers[0].volumeMounts[0].name = 'elsewhere'
    },
  },
  {
    code: 'volume/unknown-mount',
    addon,
    kubeblocks: '1.0',
    says: '"elsewhere"',
    change: (_, find) => {
      definition(find).volumes[0].name = 'dta2'
      definition(find).runtime.containers[0].volumeMounts[0].name = 'elsewhere'
    },
  },
]
