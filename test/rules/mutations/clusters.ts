import type { Mutation, Rendered } from './mutation.ts'

type Change = Mutation['change']

const everything = { addon: 'everything', kubeblocks: '1.0' } as const

/** A Cluster of the qdrant chart of 0.6. */
const inOld =
  (spec: object, component: object = {}): Change =>
  (objects) => {
    const componentSpecs = [{ name: 'vector', componentDefRef: 'qdrant', replicas: 1, ...component }]
    objects.push(cluster({ clusterDefinitionRef: 'qdrant', clusterVersionRef: 'qdrant-1.17.1', componentSpecs, ...spec }))
  }

/** A Cluster of the chart `everything` of 1.0, or of another. */
const inNew =
  (spec: object, component: object = {}, clusterDef = 'everything'): Change =>
  (objects) => {
    objects.push(cluster({ clusterDef, topology: 'single', componentSpecs: [{ name: 'rich', replicas: 1, ...component }], ...spec }))
  }

/** An OpsRequest beside such a Cluster. */
const request =
  (type: string, spec: object, beside: Change = inNew({})): Change =>
  (objects, find) => {
    beside(objects, find)
    objects.push({ kind: 'OpsRequest', metadata: { name: 'o' }, spec: { clusterName: 'c', type, ...spec } })
  }

function cluster(spec: object, name = 'c'): Rendered {
  return { kind: 'Cluster', metadata: { name }, spec }
}

/** Clusters of our charts, and what is done to them. */
export const clusters: readonly Mutation[] = [
  { code: 'cluster/definition', kubeblocks: '0.6', says: 'no component "qdrants"', change: inOld({}, { componentDefRef: 'qdrants' }) },
  { code: 'cluster/definition', ...everything, says: 'no ClusterDefinition "evrything"', change: inNew({ clusterDef: 'evrything' }) },
  { code: 'cluster/elsewhere', ...everything, says: 'ClusterDefinition "mysql"', change: inNew({ clusterDef: 'mysql' }) },
  {
    code: 'cluster/foreign-version',
    kubeblocks: '0.6',
    says: 'for the ClusterDefinition "qdrant"',
    change: (objects) => void objects.push(cluster({ clusterDefinitionRef: 'milvus', clusterVersionRef: 'qdrant-1.17.1' })),
  },
  { code: 'cluster/name', kubeblocks: '0.6', says: 'begin with "1"', change: (objects) => void objects.push(cluster({}, '1')) },
  { code: 'cluster/replicas', ...everything, says: 'takes 1 to 7 replicas', change: inNew({}, { replicas: 9 }) },
  {
    code: 'cluster/replicas',
    ...everything,
    says: 'takes 1 to 16 shards',
    change: inNew({ topology: 'whole', shardings: [{ name: 'shard', shards: 17 }] }),
  },
  {
    code: 'cluster/resources',
    ...everything,
    says: 'above the limit of 1Gi',
    change: inNew({}, { resources: { requests: { memory: '2Gi' }, limits: { memory: '1Gi' } } }),
  },
  { code: 'cluster/service', ...everything, says: 'no component "reach"', change: inNew({ services: [{ name: 's', componentSelector: 'reach' }] }) },
  {
    code: 'cluster/service',
    ...everything,
    says: 'no role "leader"',
    change: inNew({ services: [{ name: 's', componentSelector: 'rich', roleSelector: 'leader' }] }),
  },
  {
    code: 'cluster/service-port',
    ...everything,
    says: 'container port "grcp"',
    change: inNew({ services: [{ name: 's', componentSelector: 'rich', spec: { ports: [{ port: 1, targetPort: 'grcp' }] } }] }),
  },
  { code: 'cluster/service-version', ...everything, says: 'service version 3.0.0', change: inNew({}, { serviceVersion: '3.0.0' }) },
  { code: 'cluster/tls', kubeblocks: '0.6', says: 'no issuer', change: inOld({}, { tls: true }) },
  {
    code: 'cluster/tls',
    ...everything,
    says: 'does not support TLS',
    change: inNew({ topology: 'whole' }, { name: 'proxy', tls: true, issuer: { name: 'KubeBlocks' } }),
  },
  { code: 'cluster/topology', ...everything, says: 'no topology "double"', change: inNew({ topology: 'double' }) },
  { code: 'cluster/topology', ...everything, says: 'no component "proxy"', change: inNew({}, { name: 'proxy' }) },
  { code: 'cluster/version', kubeblocks: '0.6', says: 'no ClusterVersion "qdrant-1.0.0"', change: inOld({ clusterVersionRef: 'qdrant-1.0.0' }) },
  {
    code: 'cluster/volume-claim',
    kubeblocks: '0.6',
    says: 'mounts a volume "storage"',
    change: inOld({}, { volumeClaimTemplates: [{ name: 'data' }, { name: 'storage' }] }),
  },
  {
    code: 'operation/backup',
    ...everything,
    says: 'no BackupPolicy "c-poor-backup-policy"',
    change: request('Backup', { backup: { backupPolicyName: 'c-poor-backup-policy', backupMethod: 'dump' } }),
  },
  {
    code: 'operation/backup',
    ...everything,
    says: 'no method "snap"',
    change: request('Backup', { backup: { backupPolicyName: 'c-rich-backup-policy', backupMethod: 'snap' } }),
  },
  { code: 'operation/cluster', ...everything, says: 'The Cluster "d"', change: request('Stop', { clusterName: 'd' }) },
  { code: 'operation/component', ...everything, says: 'no component "proxy"', change: request('Restart', { restart: [{ componentName: 'proxy' }] }) },
  {
    code: 'operation/expose',
    ...everything,
    says: 'ports are needed',
    change: request('Expose', { expose: [{ switch: 'Enable', services: [{}] }] }),
  },
  {
    code: 'operation/resources',
    ...everything,
    says: 'Of storage nothing',
    change: request('VerticalScaling', { verticalScaling: [{ componentName: 'rich', limits: { storage: '1Gi' } }] }),
  },
  {
    code: 'operation/restore',
    ...everything,
    says: 'The Backup "c"',
    change: request('Restore', { restore: { backupName: 'c' } }, (objects) => void objects.push({ kind: 'Backup', metadata: { name: 'b' } })),
  },
  {
    code: 'operation/scaling',
    ...everything,
    says: 'no sharding',
    change: request('HorizontalScaling', { horizontalScaling: [{ componentName: 'rich', shards: 3 }] }),
  },
  {
    code: 'operation/script',
    kubeblocks: '0.6',
    says: 'neither a script',
    change: request('DataScript', { clusterRef: 'c', scriptSpec: { componentName: 'vector' } }, inOld({})),
  },
  { code: 'operation/section', kubeblocks: '0.6', says: 'section upgrade', change: request('Upgrade', { clusterRef: 'c' }, inOld({})) },
  {
    code: 'operation/switchover',
    ...everything,
    says: 'no action switchover',
    change: request('Switchover', { switchover: [{ componentName: 'rich', instanceName: 'c-rich-0' }] }, (objects, find) => {
      for (const one of objects) delete one.spec?.lifecycleActions?.switchover
      inNew({})(objects, find)
    }),
  },
  {
    code: 'operation/upgrade',
    kubeblocks: '0.6',
    says: 'no ClusterVersion "qdrant-9"',
    change: request('Upgrade', { clusterRef: 'c', upgrade: { clusterVersionRef: 'qdrant-9' } }, inOld({})),
  },
  {
    code: 'operation/upgrade',
    ...everything,
    says: 'service version 9.0.0',
    change: request('Upgrade', { upgrade: { components: [{ componentName: 'rich', serviceVersion: '9.0.0' }] } }),
  },
  {
    code: 'operation/volume',
    ...everything,
    says: 'no volumeClaimTemplate "dat"',
    change: request(
      'VolumeExpansion',
      { volumeExpansion: [{ componentName: 'rich', volumeClaimTemplates: [{ name: 'dat' }] }] },
      inNew({}, { volumeClaimTemplates: [{ name: 'data' }] }),
    ),
  },
]
