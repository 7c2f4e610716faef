import { ALL, componentsOf, unknownMounts } from '../../../operator/index.ts'
import type { ObjectRule } from '../../rule.ts'

const rule: ObjectRule = {
  code: 'reference/mount',
  kinds: ['ClusterDefinition', 'ComponentDefinition'],
  releases: ALL,
  source: 'release-1.0:pkg/controller/component/synthesize_component.go buildVolumeMounts',
  check: (object) =>
    componentsOf(object)
      .flatMap(unknownMounts)
      // Of templates that nobody mounts another rule speaks.
      .filter(({ isTemplate }) => !isTemplate)
      .flatMap(({ name, meant, path }) =>
        meant === undefined
          ? []
          : [
              {
                path: [...path, 'name'],
                message: `Nothing declares the volume "${name}", and no mount of the container is of "${meant}".`,
                hint: `did you mean "${meant}"?`,
              },
            ],
      ),
}
export default rule
