import type { SourceRule } from '../../rule.ts'
import { findingIn, readChart } from '../../source/chart.ts'

/** Namespaces that every cluster has for itself, and that objects of charts are put into on purpose. */
const OF_KUBERNETES = new Set(['kube-system', 'kube-public', 'kube-node-lease'])

const rule: SourceRule = {
  code: 'source/hard-coded-namespace',
  source: 'helm: --namespace is known to templates as .Release.Namespace only',
  check(chart) {
    return readChart(chart)
      .templates.filter(({ givesObjects }) => givesObjects)
      .flatMap((template) =>
        template.lines().flatMap(({ key, value, keyOffset, parents }) => {
          const parent = parents.at(-1)
          const name = value.replace(/^(["'])(.*)\1$/, '$2')
          const isObject = parent === 'metadata' && parents.length === 1
          if (key !== 'namespace' || !(isObject || (parent === 'subjects' && parents.length === 1))) return []
          if (!/^[a-z0-9][a-z0-9-]*$/.test(name) || OF_KUBERNETES.has(name)) return []
          const what = isObject ? 'The object is always put into' : 'The binding is always for'
          return [findingIn(template, keyOffset, `${what} the namespace "${name}", whatever namespace the chart is installed in.`)]
        }),
      )
  },
}
export default rule
