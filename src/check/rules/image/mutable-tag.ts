import { isFloatingTag } from '../../../model/image-tag.ts'
import { imageFields } from '../../../objects/index.ts'
import { ALL } from '../../../operator/index.ts'
import type { ObjectRule } from '../../rule.ts'

const rule: ObjectRule = {
  code: 'image/mutable-tag',
  kinds: 'all',
  releases: ALL,
  source: 'kubernetes: pkg/kubelet/images/image_manager.go EnsureImageExists: nodes that pull a tag later get another image',
  check(object) {
    return imageFields(object).flatMap(({ image, path }) => {
      if (image.includes('@sha256:') || image.includes('$(')) return []
      const tag = /:([^:/]+)$/.exec(image)?.[1]
      if (tag !== undefined && !isFloatingTag(tag)) return []
      return [{ path, message: tag === undefined ? `The image "${image}" has no tag.` : `The tag of the image "${image}" can change.` }]
    })
  },
}
export default rule
