import { at, textAt } from '../../objects/index.ts'
import { ALL, NEW } from '../eras.ts'
import { type Finding, type Item, itemsAt, type ValidationRule, whole } from './rule.ts'

/** A component of any form: what has its pod, its templates and its claims. */
function componentsOf(object: unknown): readonly { readonly pod: Item; readonly owner: Item; readonly claims: string }[] {
  const root = whole(object)
  const old = itemsAt(root, 'spec', 'componentDefs').map((owner) => ({
    owner,
    pod: { item: at(owner.item, 'podSpec'), path: [...owner.path, 'podSpec'] },
    claims: 'volumeTypes',
  }))
  const runtime = at(object, 'spec', 'runtime')
  const spec = { item: at(object, 'spec'), path: ['spec'] }
  return runtime === undefined ? old : [{ owner: spec, pod: { item: runtime, path: ['spec', 'runtime'] }, claims: 'volumes' }]
}

function templatesOf(owner: Item): readonly Item[] {
  return ['configSpecs', 'scriptSpecs', 'configs', 'scripts'].flatMap((field) => itemsAt(owner, field))
}

/**
 * A mount of a volume that nobody declares becomes an empty folder, whose contents go with the pod: a typing error loses data, and nothing says so.
 */
const mounts: ValidationRule = {
  name: 'volume/unknown-mount',
  effect: 'silent',
  kinds: ['ClusterDefinition', 'ComponentDefinition'],
  releases: ALL,
  source: 'release-1.0:pkg/controller/component/synthesize_component.go buildVolumeMounts; release-0.5:internal/controller/component/component.go',
  check: (object) =>
    componentsOf(object).flatMap(({ owner, pod, claims }) => {
      const known = [
        ...itemsAt(pod, 'volumes').map(({ item }) => textAt(item, 'name')),
        ...templatesOf(owner).map(({ item }) => textAt(item, 'volumeName')),
        ...itemsAt(owner, claims).map(({ item }) => textAt(item, 'name')),
        textAt(owner.item, 'tls', 'volumeName'),
        // The name under which the operator mounts certificates before 1.0.
        'tls',
      ]
      const containers = [...itemsAt(pod, 'initContainers'), ...itemsAt(pod, 'containers')]
      return containers.flatMap((container) =>
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
  name: 'volume/duplicate',
  effect: 'fails',
  kinds: ['ComponentDefinition'],
  releases: NEW,
  source: 'release-1.0:pkg/controller/component/synthesize_component.go mergeUserDefinedVolumes',
  check: (object) =>
    componentsOf(object).flatMap(({ owner, pod, claims }) => {
      const taken = new Set([...itemsAt(pod, 'volumes'), ...itemsAt(owner, claims)].map(({ item }) => textAt(item, 'name')))
      return templatesOf(owner).flatMap(({ item, path }): readonly Finding[] => {
        const name = textAt(item, 'volumeName') ?? ''
        const isTaken = taken.has(name)
        taken.add(name)
        return isTaken ? [{ path: [...path, 'volumeName'], message: `Another volume has the name "${name}", and clusters fail.` }] : []
      })
    }),
}

export const volumeRules: readonly ValidationRule[] = [duplicates, mounts]
