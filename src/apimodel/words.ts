/** Words of the model for keywords of CRDs. Other keywords keep their name. */
export const WORDS: ReadonlyMap<string, string> = new Map([
  ['x-kubernetes-preserve-unknown-fields', 'preserve'],
  ['x-kubernetes-embedded-resource', 'embedded'],
  ['x-kubernetes-int-or-string', 'intOrString'],
  ['x-kubernetes-list-type', 'list'],
  ['x-kubernetes-list-map-keys', 'keys'],
  ['x-kubernetes-map-type', 'map'],
  ['x-kubernetes-validations', 'rules'],
])

/** Types of the model that stand for what CRDs spell out: a type with a format, or a form. `any` stands for nothing. */
export const TYPES: ReadonlyMap<string, Readonly<Record<string, unknown>>> = new Map([
  ['int32', { type: 'integer', format: 'int32' }],
  ['int64', { type: 'integer', format: 'int64' }],
  ['date-time', { type: 'string', format: 'date-time' }],
  ['int-or-string', { anyOf: [{ type: 'integer' }, { type: 'string' }], 'x-kubernetes-int-or-string': true }],
  ['any', {}],
])
