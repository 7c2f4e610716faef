import { suggest } from '../../../diagnostics/index.ts'
import { at, containersOf, listAt, textAt } from '../../access.ts'
import type { Rule } from '../../rule.ts'

const rule: Rule = {
  code: 'reference/service-port',
  kinds: ['ClusterDefinition'],
  check({ value, placeOf }, _graph, report) {
    for (const component of listAt(value, 'spec', 'componentDefs')) {
      const ports = containersOf(component).flatMap((container) => listAt(container, 'ports'))
      const names = ports.flatMap((port) => textAt(port, 'name') ?? [])
      // Without containers the ports come from the ClusterVersion.
      if (containersOf(component).length === 0) continue
      for (const port of listAt(component, 'service', 'ports')) {
        const target = at(port, 'targetPort')
        if (typeof target !== 'string' || names.includes(target)) continue
        report(
          `The service port "${textAt(port, 'name')}" leads to the container port "${target}", which no container has.`,
          placeOf(target),
          suggest(target, names),
        )
      }
    }
  },
}
export default rule
