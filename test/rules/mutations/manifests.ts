import type { Mutation } from './mutation.ts'

export const manifests: readonly Mutation[] = [
  {
    code: 'manifest/config-map-data',
    kubeblocks: '1.0',
    says: 'the number 1',
    change: (_, find) => {
      find('ConfigMap').data.number = 1
    },
  },
  {
    code: 'manifest/config-map-size',
    kubeblocks: '1.0',
    says: 'the API server takes 1048576',
    change: (_, find) => {
      find('ConfigMap').data.large = 'x'.repeat(1_100_000)
    },
  },
]
