import { type Code, concat, firstOf, type Node, values } from '../../gotemplate/index.ts'
import type { EngineVersion, Image } from '../../model/addon.ts'

/** `registry/repository:tag` of an image, from the values of the chart. */
export function imageReference(image: Image, version: EngineVersion | undefined): Node {
  const global = values('image', 'registry')
  const registry: Code = image.registry === undefined ? global : firstOf(values('images', image.name, 'registry'), global)
  const tag =
    image.tag !== undefined || version === undefined ? values('images', image.name, 'tag') : values('images', image.name, 'tags', version.version)
  return concat(
    [registry, '/', values('images', image.name, 'repository'), ':', tag],
    version === undefined ? image.origin : [...version.origin, 'images'],
  )
}
