import { suggest } from '../../../diagnostics/index.ts'
import { componentDefOf, listAt, textAt } from '../../access.ts'
import type { Rule } from '../../rule.ts'

const rule: Rule = {
  code: 'reference/component',
  kinds: ['ClusterVersion', 'BackupPolicyTemplate'],
  check({ kind, name, value, placeOf }, graph, report) {
    const definition = graph.find('ClusterDefinition', textAt(value, 'spec', 'clusterDefinitionRef') ?? '')
    if (definition === undefined) return
    for (const part of [...listAt(value, 'spec', 'componentVersions'), ...listAt(value, 'spec', 'backupPolicies')]) {
      const wanted = textAt(part, 'componentDefRef')
      if (wanted === undefined || componentDefOf(definition.value, wanted) !== undefined) continue
      const known = listAt(definition.value, 'spec', 'componentDefs').flatMap((component) => textAt(component, 'name') ?? [])
      report(
        `The ${kind} "${name}" refers to the component "${wanted}", which the ClusterDefinition "${definition.name}" does not have.`,
        placeOf(wanted),
        suggest(wanted, known),
      )
    }
  },
}
export default rule
