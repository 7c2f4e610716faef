import { suggest } from '../../../diagnostics/index.ts'
import { containersOf, listAt, textAt } from '../../access.ts'
import type { Rule } from '../../rule.ts'

const rule: Rule = {
  code: 'reference/volume',
  kinds: ['ClusterDefinition'],
  check({ value, placeOf }, _graph, report) {
    for (const component of listAt(value, 'spec', 'componentDefs')) {
      const mounts = containersOf(component).flatMap((container) => listAt(container, 'volumeMounts').flatMap((mount) => textAt(mount, 'name') ?? []))
      if (containersOf(component).length === 0) continue
      for (const spec of [...listAt(component, 'configSpecs'), ...listAt(component, 'scriptSpecs')]) {
        const volume = textAt(spec, 'volumeName')
        if (volume === undefined || mounts.includes(volume)) continue
        report(`No container mounts the volume "${volume}" of "${textAt(spec, 'name')}".`, placeOf(volume), suggest(volume, mounts))
      }
    }
  },
}
export default rule
