import { listAt, textAt } from '../../../objects/index.ts'
import { nameOf, OLD, ofKind } from '../../../operator/index.ts'
import type { ObjectRule } from '../../rule.ts'

const rule: ObjectRule = {
  code: 'reference/cluster-version',
  kinds: ['ClusterDefinition'],
  releases: OLD,
  source: 'release-0.8:controllers/apps/transformer_cluster_load_resources.go',
  check(object, objects, _release, others) {
    const own = ofKind(objects, 'ClusterVersion')
    const components = listAt(object, 'spec', 'componentDefs').map((component) => textAt(component, 'name'))
    const isNamed = [...own, ...ofKind(others, 'ClusterVersion')].some(
      (version) => textAt(version, 'spec', 'clusterDefinitionRef') === nameOf(object),
    )
    // A Cluster may name the version of another definition, which is merged by the names of components.
    const isDone =
      isNamed ||
      own.some((version) => listAt(version, 'spec', 'componentVersions').some((item) => components.includes(textAt(item, 'componentDefRef'))))
    // Of containers that need one for their image another rule speaks.
    const lacks = listAt(object, 'spec', 'componentDefs').some((component) =>
      listAt(component, 'podSpec', 'containers').some((container) => (textAt(container, 'image') ?? '') === ''),
    )
    return isDone || lacks || components.length === 0
      ? []
      : [{ path: ['metadata', 'name'], message: 'The chart has no ClusterVersion for it, so clusters cannot choose or change their version.' }]
  },
}
export default rule
