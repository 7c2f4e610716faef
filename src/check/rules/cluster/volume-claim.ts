import { suggestAmong } from '../../../diagnostics/index.ts'
import { listAt, textAt } from '../../../objects/index.ts'
import { ALL, definitionOf, type FoundDefinition, isOfKubeBlocks, itemsAt, ofKind, partsOf } from '../../../operator/index.ts'
import { containersOf, namesAt } from '../../parts.ts'
import type { ObjectRule } from '../../rule.ts'

const rule: ObjectRule = {
  code: 'cluster/volume-claim',
  kinds: ['Cluster'],
  releases: ALL,
  source:
    'kubernetes: a claim that no container mounts keeps nothing; release-1.0:pkg/controller/component/synthesize_component.go buildVolumeMounts',
  check(object, objects, release, others) {
    if (!isOfKubeBlocks(object)) return []
    const all = [...objects, ...others]
    return partsOf(object, all).parts.flatMap((part) => {
      const found = definitionOf(release, object, part, all)
      if (found === undefined) return []
      const known = mountedVolumes(found, all)
      return itemsAt(part.spec, 'volumeClaimTemplates').flatMap(({ item, path }) => {
        const name = textAt(item, 'name') ?? ''
        if (known.includes(name)) return []
        const message = `No container of the component "${part.name}" mounts a volume "${name}": the claim stays empty.`
        return [{ path: [...path, 'name'], message, hint: suggestAmong(name, known) }]
      })
    })
  },
}

/** Volumes that containers of a component mount; a ClusterVersion may add mounts. */
function mountedVolumes({ component, name }: FoundDefinition, all: readonly unknown[]): readonly string[] {
  const contexts = ofKind(all, 'ClusterVersion')
    .flatMap((version) => listAt(version, 'spec', 'componentVersions'))
    .filter((context) => textAt(context, 'componentDefRef') === name)
    .flatMap((context) => ['initContainers', 'containers'].flatMap((part) => listAt(context, 'versionsContext', part)))
  const containers = [...containersOf(component).map(({ item }) => item), ...contexts]
  return [...new Set(containers.flatMap((container) => namesAt(container, 'volumeMounts')))]
}
export default rule
