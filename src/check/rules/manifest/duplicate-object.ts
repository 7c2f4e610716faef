import { at, textAt } from '../../../objects/index.ts'
import { ALL, nameOf } from '../../../operator/index.ts'
import type { ObjectRule } from '../../rule.ts'

const rule: ObjectRule = {
  code: 'manifest/duplicate-object',
  kinds: 'all',
  releases: ALL,
  source: 'helm: v3.17.2 pkg/kube/client.go createResource creates each and fails at the second; v4.1.4, same file, patchResourceServerSide',
  check(object, objects) {
    const same = byIdentity(objects).get(identity(object)) ?? []
    return same[0] === object || !same.includes(object)
      ? []
      : [
          {
            path: ['metadata', 'name'],
            message: `The object is rendered ${same.length} times: the chart cannot be installed, or one of them overwrites the others.`,
          },
        ]
  },
}
export default rule

const known = new WeakMap<readonly unknown[], ReadonlyMap<string, readonly unknown[]>>()

/** The objects of a chart by what tells them apart. Hooks are left out: each may remove what the one before it made. */
function byIdentity(objects: readonly unknown[]): ReadonlyMap<string, readonly unknown[]> {
  const before = known.get(objects)
  if (before !== undefined) return before
  const found = new Map<string, unknown[]>()
  for (const object of objects) {
    if (at(object, 'metadata', 'annotations', 'helm.sh/hook') !== undefined) continue
    const id = identity(object)
    const same = found.get(id) ?? []
    same.push(object)
    found.set(id, same)
  }
  known.set(objects, found)
  return found
}

/** Versions of an API are forms of the same objects; groups have objects of their own. */
function identity(object: unknown): string {
  const api = textAt(object, 'apiVersion') ?? ''
  const group = api.includes('/') ? api.slice(0, api.indexOf('/')) : ''
  return [group, textAt(object, 'kind'), textAt(object, 'metadata', 'namespace'), nameOf(object)].join('\n')
}
