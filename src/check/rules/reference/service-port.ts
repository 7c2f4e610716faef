import { suggestAmong } from '../../../diagnostics/index.ts'
import { at, textAt } from '../../../objects/index.ts'
import { ALL, componentsOf, itemsAt } from '../../../operator/index.ts'
import type { ObjectRule } from '../../rule.ts'

const rule: ObjectRule = {
  code: 'reference/service-port',
  kinds: ['ClusterDefinition', 'ComponentDefinition'],
  releases: ALL,
  source: 'kubernetes: a Service sends to the port of that name of its pods, and to nothing when there is none',
  check: (object) =>
    componentsOf(object).flatMap(({ owner, containers, initContainers }) => {
      // Without containers the ports come from the ClusterVersion.
      if (containers.length + initContainers.length === 0) return []
      const names = [...containers, ...initContainers].flatMap((container) =>
        itemsAt(container, 'ports').flatMap(({ item }) => textAt(item, 'name') ?? []),
      )
      const services = [...itemsAt(owner, 'services').flatMap((service) => itemsAt(service, 'spec', 'ports')), ...itemsAt(owner, 'service', 'ports')]
      return services.flatMap(({ item, path }) => {
        const target = at(item, 'targetPort')
        if (typeof target !== 'string' || names.includes(target)) return []
        return [
          {
            path: [...path, 'targetPort'],
            message: `The service port "${textAt(item, 'name')}" leads to the container port "${target}", which no container has.`,
            hint: suggestAmong(target, names),
          },
        ]
      })
    }),
}
export default rule
