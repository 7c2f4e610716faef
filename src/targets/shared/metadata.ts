import { type Entry, expr, include, map, type Node, pair, release } from '../../gotemplate/index.ts'

/** `metadata` of an object: its name, its namespace when it has one, the chart's labels and its own, annotations. */
export function metadata(
  addon: string,
  name: string | Node,
  options: {
    readonly namespaced?: boolean
    readonly labels?: Readonly<Record<string, string>>
    readonly annotations?: Readonly<Record<string, string>>
  } = {},
): Entry[] {
  const { namespaced = false, labels = {}, annotations } = options
  const own = Object.entries(labels).flatMap(([key, value]) => pair(key, value))
  return pair(
    'metadata',
    map(
      pair('name', name),
      namespaced ? pair('namespace', expr(release('Namespace'))) : [],
      pair('labels', map(own, [{ kind: 'spread', code: include(`${addon}.labels`) }])),
      annotations === undefined ? [] : pair('annotations', map(Object.entries(annotations).flatMap(([key, value]) => pair(key, value)))),
    ),
  )
}

/** A Kubernetes object: its type, its metadata, and the rest. */
export function object(apiVersion: string, kind: string, ...rest: readonly (readonly Entry[])[]): Node {
  return map(pair('apiVersion', apiVersion), pair('kind', kind), ...rest)
}
