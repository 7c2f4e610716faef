import { suggest } from '../../../diagnostics/index.ts'
import { textAt } from '../../access.ts'
import type { Rule } from '../../rule.ts'

const rule: Rule = {
  code: 'reference/cluster-definition',
  kinds: ['ClusterVersion', 'BackupPolicyTemplate'],
  check({ kind, name, value, placeOf }, graph, report) {
    const wanted = textAt(value, 'spec', 'clusterDefinitionRef')
    if (wanted === undefined || graph.find('ClusterDefinition', wanted) !== undefined) return
    report(
      `The ${kind} "${name}" refers to the ClusterDefinition "${wanted}", which the chart does not have.`,
      placeOf(wanted),
      suggest(
        wanted,
        graph.ofKind('ClusterDefinition').map((definition) => definition.name),
      ),
    )
  },
}
export default rule
