import { type Code, concat, firstOf, type Node, type ValuePath, values } from '../../gotemplate/index.ts'
import type { EngineVersion, Image } from '../../model/addon.ts'

/** The path of a value that may stand in a group. */
export function inGroup(group: string | undefined, ...path: ValuePath): ValuePath {
  return group === undefined ? path : [group, ...path]
}

/** `registry/repository:tag` of an image, from the values of the chart, or from a group of them. */
export function imageReference(image: Image, version: EngineVersion | undefined, group?: string): Node {
  const own = (...path: ValuePath) => values(...inGroup(group, ...path))
  const global = own('image', 'registry')
  const registry: Code = image.registry === undefined ? global : firstOf(own('images', image.name, 'registry'), global)
  const tag = image.tag !== undefined || version === undefined ? own('images', image.name, 'tag') : own('images', image.name, 'tags', version.version)
  return concat(
    [registry, '/', own('images', image.name, 'repository'), ':', tag],
    version === undefined ? image.origin : [...version.origin, 'images'],
  )
}
