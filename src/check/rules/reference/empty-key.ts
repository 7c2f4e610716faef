import { keysAt, textAt } from '../../../objects/index.ts'
import { ALL, configMapName, nameOf, templatesOf } from '../../../operator/index.ts'
import type { ObjectRule } from '../../rule.ts'

const rule: ObjectRule = {
  code: 'reference/empty-key',
  kinds: ['ConfigMap'],
  releases: ALL,
  source: 'helm: pkg/engine/files.go Get gives an empty text for a path that is not there; test/rules/fixtures/reference/empty-key.txt',
  check(object, objects, release) {
    const keys = keysAt(object, 'data')
    // Where blank keys of templates get the text of others, another rule speaks of them.
    if (release.sharesTemplates && keys.length > 1 && templateNames(objects).has(nameOf(object))) return []
    return keys
      .filter((key) => textAt(object, 'data', key)?.trim() === '')
      .map((key) => ({ path: ['data', key], message: `The file "${key}" is empty.` }))
  },
}
export default rule

const known = new WeakMap<readonly unknown[], ReadonlySet<string>>()

/** The names of the ConfigMaps that templates of a chart have. */
function templateNames(objects: readonly unknown[]): ReadonlySet<string> {
  const before = known.get(objects)
  if (before !== undefined) return before
  const names = new Set(objects.flatMap(templatesOf).map(({ item }) => configMapName(item)))
  known.set(objects, names)
  return names
}
