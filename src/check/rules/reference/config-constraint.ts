import { suggest } from '../../../diagnostics/index.ts'
import { listAt, textAt } from '../../access.ts'
import type { Rule } from '../../rule.ts'

const rule: Rule = {
  code: 'reference/config-constraint',
  kinds: ['ClusterDefinition'],
  check({ value, placeOf }, graph, report) {
    for (const component of listAt(value, 'spec', 'componentDefs')) {
      for (const spec of listAt(component, 'configSpecs')) {
        const wanted = textAt(spec, 'constraintRef')
        if (wanted === undefined || graph.find('ConfigConstraint', wanted) !== undefined) continue
        report(
          `"${textAt(spec, 'name')}" is constrained by the ConfigConstraint "${wanted}", which the chart does not have.`,
          placeOf(wanted),
          suggest(
            wanted,
            graph.ofKind('ConfigConstraint').map(({ name }) => name),
          ),
        )
      }
    }
  },
}
export default rule
