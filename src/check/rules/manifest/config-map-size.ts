import { keysAt, textAt } from '../../../objects/index.ts'
import { ALL } from '../../../operator/index.ts'
import type { ObjectRule } from '../../rule.ts'

/** Bytes of all values together. */
const MAX_BYTES = 1024 * 1024

const rule: ObjectRule = {
  code: 'manifest/config-map-size',
  kinds: ['ConfigMap', 'Secret'],
  releases: ALL,
  source: 'kubernetes: pkg/apis/core/validation ValidateConfigMap, MaxSecretSize',
  check(object) {
    const sizes = ['data', 'binaryData', 'stringData'].flatMap((part) =>
      keysAt(object, part).map((key) => ({ path: [part, key], bytes: Buffer.byteLength(textAt(object, part, key) ?? '') })),
    )
    const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0)
    const [largest] = [...sizes].sort((a, b) => b.bytes - a.bytes)
    return total > MAX_BYTES && largest !== undefined
      ? [{ path: largest.path, message: `Its values have ${total} bytes, and the API server takes ${MAX_BYTES}.` }]
      : []
  },
}
export default rule
