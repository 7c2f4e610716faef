import { at } from '../objects/index.ts'
import { type Item, itemsAt, whole } from './validation/rule.ts'

/** A component as a ClusterDefinition or a ComponentDefinition describes it. */
export interface ComponentPart {
  /** What holds its templates, services and claims: an item of `componentDefs`, or `spec`. */
  readonly owner: Item
  /** Its PodSpec: `podSpec` or `runtime`. */
  readonly pod: Item
  readonly containers: readonly Item[]
  readonly initContainers: readonly Item[]
  /** Configs and scripts. */
  readonly templates: readonly Item[]
  /** Claims: `volumeTypes` or `volumes`. */
  readonly claims: readonly Item[]
}

/** The components that an object describes; none for objects of other kinds. */
export function componentsOf(object: unknown): readonly ComponentPart[] {
  const root = whole(object)
  const spec: Item = { item: at(object, 'spec'), path: ['spec'] }
  if (at(object, 'spec', 'runtime') !== undefined) return [part(spec, 'runtime', ['configs', 'scripts'], 'volumes')]
  return itemsAt(root, 'spec', 'componentDefs').map((owner) => part(owner, 'podSpec', ['configSpecs', 'scriptSpecs'], 'volumeTypes'))
}

function part(owner: Item, podField: string, templateFields: readonly string[], claimField: string): ComponentPart {
  const pod: Item = { item: at(owner.item, podField), path: [...owner.path, podField] }
  return {
    owner,
    pod,
    containers: itemsAt(pod, 'containers'),
    initContainers: itemsAt(pod, 'initContainers'),
    templates: templateFields.flatMap((field) => itemsAt(owner, field)),
    claims: itemsAt(owner, claimField),
  }
}
