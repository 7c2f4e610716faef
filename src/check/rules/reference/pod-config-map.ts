import { at, textAt } from '../../../objects/index.ts'
import { ALL, componentsOf, itemsAt, nameOf, ofKind } from '../../../operator/index.ts'
import type { ObjectRule } from '../../rule.ts'

const rule: ObjectRule = {
  code: 'reference/pod-config-map',
  kinds: ['ClusterDefinition', 'ComponentDefinition'],
  releases: ALL,
  source: 'kubernetes: a pod waits for the ConfigMaps of its volumes, in its own namespace',
  check: (object, objects, _release, others) =>
    componentsOf(object).flatMap(({ pod }) =>
      itemsAt(pod, 'volumes').flatMap(({ item, path }) => {
        const name = textAt(item, 'configMap', 'name') ?? ''
        const isThere = ofKind([...objects, ...others], 'ConfigMap').some((map) => nameOf(map) === name)
        if (name === '' || name.includes('$(') || at(item, 'configMap', 'optional') === true || isThere) return []
        return [
          {
            path: [...path, 'configMap', 'name'],
            message: `The chart has no ConfigMap "${name}", and pods wait until the namespace of their cluster has one.`,
          },
        ]
      }),
    ),
}
export default rule
