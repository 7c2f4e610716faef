import { suggestAmong } from '../../../diagnostics/index.ts'
import { at, textAt } from '../../../objects/index.ts'
import { definitionOf, FROM_08, isOfKubeBlocks, itemsAt, partsOf, whole } from '../../../operator/index.ts'
import { containersOf, namesAt } from '../../parts.ts'
import type { ObjectRule } from '../../rule.ts'

const rule: ObjectRule = {
  code: 'cluster/service-port',
  kinds: ['Cluster'],
  releases: FROM_08,
  source: 'kubernetes: a Service sends to the port of that name of its pods, and to nothing when there is none',
  check(object, objects, release, others) {
    if (!isOfKubeBlocks(object)) return []
    const all = [...objects, ...others]
    const { parts } = partsOf(object, all)
    return itemsAt(whole(object), 'spec', 'services').flatMap((service) => {
      const selected = textAt(service.item, 'componentSelector') ?? textAt(service.item, 'shardingSelector')
      const part = parts.find(({ name }) => name === selected)
      const found = part === undefined ? undefined : definitionOf(release, object, part, all)
      const containers = found === undefined ? [] : containersOf(found.component)
      // Without containers the ports come from the ClusterVersion.
      if (containers.length === 0) return []
      const names = containers.flatMap(({ item }) => namesAt(item, 'ports'))
      return itemsAt(service, 'spec', 'ports').flatMap(({ item, path }) => {
        const target = at(item, 'targetPort')
        if (typeof target !== 'string' || names.includes(target)) return []
        const message = `The service leads to the container port "${target}", which no container of the component "${selected}" has.`
        return [{ path: [...path, 'targetPort'], message, hint: suggestAmong(target, names) }]
      })
    })
  },
}
export default rule
