import { at, keysAt } from '../../../objects/index.ts'
import { ALL, nameOf, ofKind, whole } from '../../../operator/index.ts'
import { textsIn } from '../../parts.ts'
import type { ObjectRule } from '../../rule.ts'

const rule: ObjectRule = {
  code: 'reference/config-map-unused',
  kinds: ['ConfigMap'],
  releases: ALL,
  source: 'kubernetes: what a ConfigMap holds reaches those alone that name it; test/rules/fixtures/reference/config-map-unused.txt',
  check(object, objects, _release, others) {
    const name = nameOf(object)
    // Some are found by a label, such as dashboards, and hooks are run for themselves.
    const marks = [...keysAt(object, 'metadata', 'labels'), ...keysAt(object, 'metadata', 'annotations')]
    if (name === '' || marks.some((mark) => /dashboard|prometheus|^helm\.sh\/hook$/.test(mark))) return []
    return namedIn(objects, others).has(name)
      ? []
      : [{ path: ['metadata', 'name'], message: 'Nothing in the chart names it, so its files reach nobody.' }]
  },
}
export default rule

interface Named {
  readonly others: readonly unknown[]
  readonly names: ReadonlySet<string>
}

const known = new WeakMap<readonly unknown[], Named>()

/** The names of ConfigMaps of a chart that other objects have as a word somewhere, as in a script. All texts are read once for all of them. */
function namedIn(objects: readonly unknown[], others: readonly unknown[]): ReadonlySet<string> {
  const before = known.get(objects)
  if (before?.others === others) return before.names
  const wanted = new Set(ofKind(objects, 'ConfigMap').map(nameOf))
  const names = new Set<string>()
  for (const object of objects) addNamed(object, true, wanted, names)
  for (const object of others) addNamed(object, false, wanted, names)
  known.set(objects, { others, names })
  return names
}

/** An object of another kind may have the same name: then its spec counts alone, and that of this chart only. */
function addNamed(object: unknown, isOwn: boolean, wanted: ReadonlySet<string>, names: Set<string>): void {
  for (const word of wordsIn(object)) if (wanted.has(word) && word !== nameOf(object)) names.add(word)
  const own = nameOf(object)
  if (!isOwn || !wanted.has(own) || names.has(own)) return
  for (const word of wordsIn(at(object, 'spec'))) if (word === own) names.add(own)
}

/** Whatever may be a name in the texts of a value. */
function* wordsIn(value: unknown): Generator<string> {
  for (const { text } of textsIn(whole(value))) for (const [word] of text.matchAll(/[\w.-]+/g)) yield word
}
