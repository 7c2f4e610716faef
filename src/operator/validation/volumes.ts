import { textAt } from '../../objects/index.ts'
import { componentsOf } from '../components.ts'
import { ALL, NEW } from '../eras.ts'
import { type Finding, itemsAt, type ValidationRule } from './rule.ts'

/**
 * A mount of a volume that nobody declares becomes an empty folder, whose contents go with the pod: a typing error loses data, and nothing says so.
 */
const mounts: ValidationRule = {
  code: 'volume/unknown-mount',
  kinds: ['ClusterDefinition', 'ComponentDefinition'],
  releases: ALL,
  source: 'release-1.0:pkg/controller/component/synthesize_component.go buildVolumeMounts; release-0.5:internal/controller/component/component.go',
  check: (object) =>
    componentsOf(object).flatMap(({ owner, pod, claims, templates, containers, initContainers }) => {
      const known = [
        ...itemsAt(pod, 'volumes').map(({ item }) => textAt(item, 'name')),
        ...templates.map(({ item }) => textAt(item, 'volumeName')),
        ...claims.map(({ item }) => textAt(item, 'name')),
        textAt(owner.item, 'tls', 'volumeName'),
        // The name under which the operator mounts certificates before 1.0.
        'tls',
      ]
      return [...initContainers, ...containers].flatMap((container) =>
        itemsAt(container, 'volumeMounts')
          .filter(({ item }) => !known.includes(textAt(item, 'name')))
          .map(({ item, path }) => ({
            path: [...path, 'name'],
            message: `Nothing declares the volume "${textAt(item, 'name')}": it becomes an empty folder that goes with the pod.`,
          })),
      )
    }),
}

const duplicates: ValidationRule = {
  code: 'volume/duplicate',
  kinds: ['ComponentDefinition'],
  releases: NEW,
  source: 'release-1.0:pkg/controller/component/synthesize_component.go mergeUserDefinedVolumes',
  check: (object) =>
    componentsOf(object).flatMap(({ pod, claims, templates }) => {
      const taken = new Set([...itemsAt(pod, 'volumes'), ...claims].map(({ item }) => textAt(item, 'name')))
      return templates.flatMap(({ item, path }): readonly Finding[] => {
        const name = textAt(item, 'volumeName') ?? ''
        const isTaken = taken.has(name)
        taken.add(name)
        return isTaken ? [{ path: [...path, 'volumeName'], message: `Another volume has the name "${name}", and clusters fail.` }] : []
      })
    }),
}

export const volumeRules: readonly ValidationRule[] = [duplicates, mounts]
