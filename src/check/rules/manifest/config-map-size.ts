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
    const isSecret = textAt(object, 'kind') === 'Secret'
    const sizes = ['data', 'binaryData', 'stringData'].flatMap((part) => {
      const isEncoded = part === 'binaryData' || (part === 'data' && isSecret)
      return keysAt(object, part).map((key) => {
        const text = textAt(object, part, key) ?? ''
        return { path: [part, key], bytes: isEncoded ? Buffer.byteLength(text, 'base64') : Buffer.byteLength(text) }
      })
    })
    const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0)
    const [largest] = [...sizes].sort((a, b) => b.bytes - a.bytes)
    return total > MAX_BYTES && largest !== undefined
      ? [{ path: largest.path, message: `Its values have ${total} bytes, and the API server takes ${MAX_BYTES}.` }]
      : []
  },
}
export default rule
