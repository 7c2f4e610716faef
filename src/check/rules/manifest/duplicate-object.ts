import type { Rule } from '../../rule.ts'

const rule: Rule = {
  code: 'manifest/duplicate-object',
  kinds: ['*'],
  check({ kind, name, namespace, value, placeOf }, { manifests }, report) {
    const same = manifests.filter((other) => other.kind === kind && other.name === name && other.namespace === namespace)
    if (same[0]?.value !== value) report(`The ${kind} "${name}" is rendered ${same.length} times.`, placeOf(name))
  },
}
export default rule
