import { textAt } from '../../../objects/index.ts'
import { ALL, componentsOf, type Item, itemsAt, whole } from '../../../operator/index.ts'
import { containersOf } from '../../parts.ts'
import type { ObjectRule } from '../../rule.ts'

const rule: ObjectRule = {
  code: 'reference/repeated-env',
  kinds: ['ClusterDefinition', 'ClusterVersion', 'ComponentDefinition', 'SidecarDefinition'],
  releases: ALL,
  source: 'kubernetes: pkg/kubelet makeEnvironmentVariables, the last one wins',
  check: (object) =>
    [...componentsOf(object).flatMap(containersOf), ...ofVersions(object), ...itemsAt(whole(object), 'spec', 'containers')].flatMap((container) => {
      const seen = new Set<string>()
      return itemsAt(container, 'env').flatMap(({ item, path }) => {
        const name = textAt(item, 'name') ?? ''
        const isRepeated = seen.has(name)
        seen.add(name)
        return isRepeated && name !== ''
          ? [
              {
                path: [...path, 'name'],
                message: `The container "${textAt(container.item, 'name')}" has the variable "${name}" twice, and the first is lost.`,
              },
            ]
          : []
      })
    }),
}
export default rule

function ofVersions(object: unknown): readonly Item[] {
  return itemsAt(whole(object), 'spec', 'componentVersions').flatMap((version) => [
    ...itemsAt(version, 'versionsContext', 'initContainers'),
    ...itemsAt(version, 'versionsContext', 'containers'),
  ])
}
