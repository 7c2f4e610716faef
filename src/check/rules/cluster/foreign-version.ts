import { textAt } from '../../../objects/index.ts'
import { isOfKubeBlocks, namedDefinition, nameOf, OLD, ofKind } from '../../../operator/index.ts'
import type { ObjectRule } from '../../rule.ts'

const rule: ObjectRule = {
  code: 'cluster/foreign-version',
  kinds: ['Cluster'],
  releases: OLD,
  source: 'release-0.6:controllers/apps/transformer_validate_and_load_ref_resources.go: it must be there, and nothing asks whose it is',
  check(object, objects, _release, others) {
    const path = ['spec', 'clusterVersionRef']
    const wanted = namedDefinition(object)?.name
    const version = ofKind([...objects, ...others], 'ClusterVersion').find((candidate) => nameOf(candidate) === textAt(object, ...path))
    const owner = textAt(version, 'spec', 'clusterDefinitionRef')
    if (!isOfKubeBlocks(object) || wanted === undefined || owner === undefined || owner === wanted) return []
    return [
      {
        path,
        message: `The ClusterVersion "${nameOf(version)}" is for the ClusterDefinition "${owner}", and the Cluster is of "${wanted}": components get the images of others, or none.`,
      },
    ]
  },
}
export default rule
