import { suggestAmong } from '../../../diagnostics/index.ts'
import { textAt } from '../../../objects/index.ts'
import { ALL, componentsOf, configMapName, itemsAt } from '../../../operator/index.ts'
import { configMapKeys, containersOf } from '../../parts.ts'
import type { ObjectRule } from '../../rule.ts'

const rule: ObjectRule = {
  code: 'reference/sub-path',
  kinds: ['ClusterDefinition', 'ComponentDefinition'],
  releases: ALL,
  source: 'kubernetes: a subPath that the ConfigMap does not have is mounted as an empty folder',
  check: (object, objects) =>
    componentsOf(object).flatMap((part) =>
      containersOf(part).flatMap((container) =>
        itemsAt(container, 'volumeMounts').flatMap(({ item, path }) => {
          const key = textAt(item, 'subPath') ?? ''
          // Configs of several templates of one volume lie in it together; a path with folders is no key.
          const maps = part.templates.filter((template) => textAt(template.item, 'volumeName') === textAt(item, 'name'))
          const keys = maps.map((template) => configMapKeys(objects, configMapName(template.item)))
          const known = keys.flatMap((each) => each ?? [])
          if (key === '' || key.includes('/') || maps.length === 0 || keys.includes(undefined) || known.includes(key)) return []
          return [
            {
              path: [...path, 'subPath'],
              message: `The ConfigMap "${configMapName(maps[0]?.item)}" has no key "${key}", so "${textAt(item, 'mountPath')}" becomes an empty folder.`,
              hint: suggestAmong(key, known),
            },
          ]
        }),
      ),
    ),
}
export default rule
