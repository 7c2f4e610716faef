import { isFloatingTag } from '../../../model/image-tag.ts'
import { ALL, type ObjectPath } from '../../../operator/index.ts'
import type { ObjectRule } from '../../rule.ts'

const rule: ObjectRule = {
  code: 'image/mutable-tag',
  kinds: 'all',
  releases: ALL,
  source: 'kubernetes: pkg/kubelet/images/image_manager.go EnsureImageExists: nodes that pull a tag later get another image',
  check(object) {
    return imagesIn(object, []).flatMap(({ image, path }) => {
      if (image.includes('@sha256:') || image.includes('$(')) return []
      const tag = /:([^:/]+)$/.exec(image)?.[1]
      if (tag !== undefined && !isFloatingTag(tag)) return []
      return [{ path, message: tag === undefined ? `The image "${image}" has no tag.` : `The tag of the image "${image}" can change.` }]
    })
  },
}
export default rule

/** The texts of all `image` fields in an object, and those of the map `images` of a ComponentVersion. */
function imagesIn(value: unknown, path: ObjectPath): readonly { readonly image: string; readonly path: ObjectPath }[] {
  if (Array.isArray(value)) return value.flatMap((item: unknown, index) => imagesIn(item, [...path, index]))
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, item]) => {
    const isImage = (key === 'image' || path.at(-1) === 'images') && typeof item === 'string' && item !== ''
    return isImage ? [{ image: item, path: [...path, key] }] : imagesIn(item, [...path, key])
  })
}
