export { imageFields, imagesOf } from './images.ts'

/** Ways to read rendered objects, of which nothing is known. */

/** The value at a path, or undefined. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  let current = value
  for (const key of path) {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, key)) return undefined
    current = (current as Readonly<Record<string, unknown>>)[key]
  }
  return current
}

/** The items of the list at a path; none when there is no list. */
export function listAt(value: unknown, ...path: readonly string[]): readonly unknown[] {
  const list = at(value, ...path)
  return Array.isArray(list) ? list : []
}

/** The text at a path, or undefined. */
export function textAt(value: unknown, ...path: readonly string[]): string | undefined {
  const text = at(value, ...path)
  return typeof text === 'string' ? text : undefined
}

/** The keys of the map at a path. */
export function keysAt(value: unknown, ...path: readonly string[]): readonly string[] {
  const map = at(value, ...path)
  return typeof map === 'object' && map !== null && !Array.isArray(map) ? Object.keys(map) : []
}
