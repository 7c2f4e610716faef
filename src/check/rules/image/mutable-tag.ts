import { isFloatingTag } from '../../../model/image-tag.ts'
import type { Rule } from '../../rule.ts'

const rule: Rule = {
  code: 'image/mutable-tag',
  kinds: ['ClusterDefinition', 'ClusterVersion', 'BackupTool'],
  check({ kind, name, value, placeOf }, _graph, report) {
    for (const image of imagesIn(value)) {
      if (image.includes('@sha256:') || image.includes('$(')) continue
      const tag = /:([^:/]+)$/.exec(image)?.[1]
      if (tag === undefined) report(`The ${kind} "${name}" uses the image "${image}" without a tag.`, placeOf(image))
      else if (isFloatingTag(tag)) report(`The ${kind} "${name}" uses the image "${image}", whose tag can change.`, placeOf(tag))
    }
  },
}
export default rule

/** The texts of all `image` fields in an object. */
function imagesIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(imagesIn)
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, item]) => (key === 'image' && typeof item === 'string' && item !== '' ? [item] : imagesIn(item)))
}
