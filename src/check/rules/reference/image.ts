import { at, componentDefOf, listAt, textAt } from '../../access.ts'
import type { Rule } from '../../rule.ts'

const rule: Rule = {
  code: 'reference/image',
  kinds: ['ClusterVersion'],
  check({ name, value, placeOf }, graph, report) {
    const definition = graph.find('ClusterDefinition', textAt(value, 'spec', 'clusterDefinitionRef') ?? '')
    if (definition === undefined) return
    for (const component of listAt(value, 'spec', 'componentVersions')) {
      const componentDef = componentDefOf(definition.value, textAt(component, 'componentDefRef') ?? '')
      for (const part of ['initContainers', 'containers']) {
        const given = listAt(component, 'versionsContext', part).flatMap((container) =>
          at(container, 'image') === undefined ? [] : (textAt(container, 'name') ?? []),
        )
        for (const container of listAt(componentDef, 'podSpec', part)) {
          const wanted = textAt(container, 'name') ?? ''
          if (at(container, 'image') === undefined && !given.includes(wanted))
            report(`The ClusterVersion "${name}" gives the container "${wanted}" no image.`, placeOf(name))
        }
      }
    }
  },
}
export default rule
