import { keysAt } from '../../../objects/index.ts'
import { ALL, nameOf, whole } from '../../../operator/index.ts'
import { textsIn } from '../../parts.ts'
import type { ObjectRule } from '../../rule.ts'

const rule: ObjectRule = {
  code: 'reference/config-map-unused',
  kinds: ['ConfigMap'],
  releases: ALL,
  source: 'corpus: four charts of 1.0',
  check(object, objects, _release, others) {
    const name = nameOf(object)
    // Some are found by a label, such as dashboards, and hooks are run for themselves.
    const marks = [...keysAt(object, 'metadata', 'labels'), ...keysAt(object, 'metadata', 'annotations')]
    if (name === '' || marks.some((mark) => /dashboard|prometheus|^helm\.sh\/hook$/.test(mark))) return []
    const isNamed = [...objects, ...others].some(
      (other) => other !== object && nameOf(other) !== name && textsOf(other).some((text) => names(text, name)),
    )
    return isNamed || isNamedBySame(objects, object, name)
      ? []
      : [{ path: ['metadata', 'name'], message: 'Nothing in the chart names it, so its files reach nobody.' }]
  },
}
export default rule

/** An object of another kind may have the same name. */
function isNamedBySame(objects: readonly unknown[], object: unknown, name: string): boolean {
  return objects.some(
    (other) => other !== object && nameOf(other) === name && textsIn(whole(Object(other).spec)).some(({ text }) => names(text, name)),
  )
}

const texts = new WeakMap<object, readonly string[]>()

/** All objects are searched once for each ConfigMap. */
function textsOf(object: unknown): readonly string[] {
  const key = Object(object)
  const known = texts.get(key)
  if (known !== undefined) return known
  const found = textsIn(whole(object)).map(({ text }) => text)
  texts.set(key, found)
  return found
}

/** Whether a text is the name, or has it as a word, as in a script. */
function names(text: string, name: string): boolean {
  for (let start = text.indexOf(name); start >= 0; start = text.indexOf(name, start + 1)) {
    if (!/[\w.-]/.test(text[start - 1] ?? '') && !/[\w.-]/.test(text[start + name.length] ?? '')) return true
  }
  return false
}
