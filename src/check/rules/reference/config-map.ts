import { suggest } from '../../../diagnostics/index.ts'
import { listAt, textAt } from '../../access.ts'
import type { Rule } from '../../rule.ts'

const rule: Rule = {
  code: 'reference/config-map',
  kinds: ['ClusterDefinition'],
  check({ value, placeOf }, graph, report) {
    for (const component of listAt(value, 'spec', 'componentDefs')) {
      for (const spec of [...listAt(component, 'configSpecs'), ...listAt(component, 'scriptSpecs')]) {
        const wanted = textAt(spec, 'templateRef')
        if (wanted === undefined || graph.find('ConfigMap', wanted) !== undefined) continue
        report(
          `"${textAt(spec, 'name')}" takes its files from the ConfigMap "${wanted}", which the chart does not have.`,
          placeOf(wanted),
          suggest(
            wanted,
            graph.ofKind('ConfigMap').map(({ name }) => name),
          ),
        )
      }
    }
  },
}
export default rule
