import type { RawNode } from './model.ts'

/** What the API server itself asks of the metadata of every object, in the form of the model. */
export const objectMeta: RawNode = {
  fields: {
    annotations: { '*': 'string' },
    creationTimestamp: { type: 'date-time', nullable: true },
    deletionGracePeriodSeconds: 'int64',
    deletionTimestamp: { type: 'date-time', nullable: true },
    finalizers: { items: 'string', list: 'set' },
    generateName: 'string',
    generation: 'int64',
    labels: {
      // The values of labels; their keys are not in reach of a schema.
      '*': { type: 'string', maxLength: 63, pattern: '^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$' },
    },
    managedFields: [{ preserve: true, type: 'object' }],
    name: { type: 'string', maxLength: 253, pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$' },
    namespace: { type: 'string', maxLength: 63, pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$' },
    ownerReferences: {
      items: {
        required: ['apiVersion', 'kind', 'name', 'uid'],
        fields: { apiVersion: 'string', blockOwnerDeletion: 'boolean', controller: 'boolean', kind: 'string', name: 'string', uid: 'string' },
      },
      keys: ['uid'],
    },
    resourceVersion: 'string',
    selfLink: 'string',
    uid: 'string',
  },
}
