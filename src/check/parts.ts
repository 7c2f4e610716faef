import { at, keysAt, listAt, textAt } from '../objects/index.ts'
import { type ComponentPart, type Item, nameMatches, nameOf, type OperatorRelease, ofKind } from '../operator/index.ts'

/** All containers of a component. */
export function containersOf({ initContainers, containers }: ComponentPart): readonly Item[] {
  return [...initContainers, ...containers]
}

/** The keys of all ConfigMaps of a name, whatever their namespace; undefined when the chart has none. */
export function configMapKeys(objects: readonly unknown[], name: string): readonly string[] | undefined {
  const maps = ofKind(objects, 'ConfigMap').filter((map) => nameOf(map) === name)
  return maps.length === 0 ? undefined : maps.flatMap((map) => [...keysAt(map, 'data'), ...keysAt(map, 'binaryData')])
}

/** Names of the items of a list. */
export function namesAt(value: unknown, ...path: readonly string[]): readonly string[] {
  return listAt(value, ...path).flatMap((item) => textAt(item, 'name') ?? [])
}

/** A text inside an object, with its path. */
export interface PlacedText {
  readonly text: string
  readonly path: Item['path']
}

/** Every text inside something whose own path is given. */
export function textsIn({ item, path }: Item): readonly PlacedText[] {
  if (typeof item === 'string') return [{ text: item, path }]
  if (typeof item !== 'object' || item === null) return []
  const entries = Array.isArray(item)
    ? item.map((entry, index) => [index, entry] as const)
    : Object.entries(item as Readonly<Record<string, unknown>>)
  return entries.flatMap(([key, value]) => textsIn({ item: value, path: [...path, key] }))
}

/** Something below an item, with its path. */
export function below({ item, path }: Item, ...fields: readonly string[]): Item {
  return { item: at(item, ...fields), path: [...path, ...fields] }
}

/** ComponentDefinitions whose names a reference matches. */
export function definitionsMatching(release: OperatorRelease, objects: readonly unknown[], pattern: string): readonly unknown[] {
  return ofKind(objects, 'ComponentDefinition').filter((definition) => nameMatches(release, nameOf(definition), pattern))
}
