import { suggestAmong } from '../../../diagnostics/index.ts'
import { listAt, textAt } from '../../../objects/index.ts'
import { ALL, componentsOf, itemsAt } from '../../../operator/index.ts'
import type { ObjectRule } from '../../rule.ts'

const rule: ObjectRule = {
  code: 'reference/volume',
  kinds: ['ClusterDefinition', 'ComponentDefinition'],
  releases: ALL,
  source: 'release-1.0:pkg/controller/component/synthesize_component.go buildVolumeMounts',
  check: (object) =>
    componentsOf(object).flatMap(({ containers, initContainers, templates }) => {
      if (containers.length + initContainers.length === 0) return []
      const mounts = [...containers, ...initContainers].flatMap((container) =>
        itemsAt(container, 'volumeMounts').flatMap(({ item }) => textAt(item, 'name') ?? []),
      )
      return templates.flatMap(({ item, path }) => {
        const volume = textAt(item, 'volumeName')
        // As environment the files reach containers without a mount.
        const isEnv = ['asEnvFrom', 'injectEnvTo'].some((field) => listAt(item, field).length > 0)
        if (volume === undefined || isEnv || mounts.includes(volume)) return []
        return [
          {
            path: [...path, 'volumeName'],
            message: `No container mounts the volume "${volume}" of "${textAt(item, 'name')}".`,
            hint: suggestAmong(volume, [...new Set(mounts)]),
          },
        ]
      })
    }),
}
export default rule
