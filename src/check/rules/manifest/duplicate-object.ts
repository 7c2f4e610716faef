import { textAt } from '../../../objects/index.ts'
import { ALL, nameOf } from '../../../operator/index.ts'
import type { ObjectRule } from '../../rule.ts'

const rule: ObjectRule = {
  code: 'manifest/duplicate-object',
  kinds: 'all',
  releases: ALL,
  source: 'helm: pkg/kube applies objects one after another, and a name is there once',
  check(object, objects) {
    const same = objects.filter((other) => identity(other) === identity(object))
    return same[0] === object
      ? []
      : [{ path: ['metadata', 'name'], message: `The object is rendered ${same.length} times, and one overwrites the other.` }]
  },
}
export default rule

function identity(object: unknown): string {
  return [textAt(object, 'kind'), textAt(object, 'metadata', 'namespace'), nameOf(object)].join('\n')
}
