import { at, keysAt } from '../../../objects/index.ts'
import { ALL } from '../../../operator/index.ts'
import type { ObjectRule } from '../../rule.ts'

const rule: ObjectRule = {
  code: 'manifest/config-map-data',
  kinds: ['ConfigMap', 'Secret'],
  releases: ALL,
  source: 'kubernetes: data of a ConfigMap is a map of texts; kubernetes: IsConfigMapKey',
  check: (object) =>
    keysAt(object, 'data').flatMap((key) => {
      const value = at(object, 'data', key)
      const path = ['data', key]
      // A null is taken for an empty text.
      if (typeof value !== 'string' && value !== null)
        return [{ path, message: `"${key}" is ${kindOf(value)}, and the API server takes texts only.` }]
      return /^[-._a-zA-Z0-9]{1,253}$/.test(key) && key !== '.' && key !== '..'
        ? []
        : [{ path, message: `"${key}" cannot be a key: letters, digits, dashes, dots and underscores can.` }]
    }),
}
export default rule

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'a list'
  return typeof value === 'object' ? 'a map' : `the ${typeof value} ${String(value)}`
}
