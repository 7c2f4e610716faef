import type { Mutation } from './mutation.ts'

const cluster = (name: string, spec: unknown) => ({ apiVersion: 'apps.kubeblocks.io/v1', kind: 'Cluster', metadata: { name }, spec })

export const kbcli: readonly Mutation[] = [
  {
    code: 'kbcli/definition',
    kubeblocks: '1.0',
    says: 'neither clusterDef nor a componentDef',
    change: (objects) => {
      objects.push(cluster('a', { componentSpecs: [{ name: 'qdrant' }] }))
    },
  },
  {
    code: 'kbcli/one-cluster',
    kubeblocks: '1.0',
    says: 'The chart has 2 Clusters',
    change: (objects) => {
      objects.push(cluster('a', { clusterDef: 'qdrant' }), cluster('b', { clusterDef: 'qdrant' }))
    },
  },
]
