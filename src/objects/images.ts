/** Where a field of an object is. */
type FieldPath = readonly (string | number)[]

/** An image that an object names. */
export interface ImageField {
  readonly image: string
  readonly path: FieldPath
}

/** The texts of all `image` fields in an object, and those of the map `images` of a ComponentVersion. */
export function imageFields(value: unknown, path: FieldPath = []): readonly ImageField[] {
  if (Array.isArray(value)) return value.flatMap((item: unknown, index) => imageFields(item, [...path, index]))
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, item]) => {
    const isImage = (key === 'image' || path.at(-1) === 'images') && typeof item === 'string' && item !== ''
    return isImage ? [{ image: item, path: [...path, key] }] : imageFields(item, [...path, key])
  })
}

/** The images that objects name, of every engine version, sorted and each once. What a variable of the operator gives is not known. */
export function imagesOf(objects: readonly unknown[]): readonly string[] {
  const images = objects.flatMap((object) => imageFields(object).map(({ image }) => image))
  return [...new Set(images)].filter((image) => !image.includes('$(')).sort()
}
