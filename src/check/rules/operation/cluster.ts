import { didYouMean, suggestAmong } from '../../../diagnostics/index.ts'
import { ALL, clustersIn, clustersMeant, namedCluster, nameOf, operationType } from '../../../operator/index.ts'
import type { ObjectRule } from '../../rule.ts'

/** The cluster may well be there already: it is missed only where others are in the same file or chart, or one of nearly that name is at hand. */
const rule: ObjectRule = {
  code: 'operation/cluster',
  kinds: ['OpsRequest'],
  releases: ALL,
  source: 'release-0.6 to release-0.9:controllers/apps/opsrequest_controller.go; release-1.0:controllers/operations/opsrequest_controller.go',
  check(object, objects, _release, others) {
    const named = namedCluster(object)
    // A restore makes the cluster.
    if (named === undefined || operationType(object) === 'Restore') return []
    const all = [...objects, ...others]
    const known = [...new Set(clustersIn(all).map(nameOf))]
    const isMissed = clustersIn(objects).length > 0 || didYouMean(named.name, known) !== undefined
    if (!isMissed || clustersMeant(object, all).length > 0) return []
    return [
      {
        path: named.path,
        message: `The Cluster "${named.name}" is not among those here, so what is done to it is not checked.`,
        hint: suggestAmong(named.name, known),
      },
    ]
  },
}
export default rule
