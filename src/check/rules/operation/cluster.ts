import { suggestAmong } from '../../../diagnostics/index.ts'
import { ALL, clustersIn, clustersMeant, namedCluster, nameOf, operationType } from '../../../operator/index.ts'
import type { ObjectRule } from '../../rule.ts'

/** The cluster may well be there already; only where others are shown beside the operation one is missed. */
const rule: ObjectRule = {
  code: 'operation/cluster',
  kinds: ['OpsRequest'],
  releases: ALL,
  source: 'release-0.6 to release-0.9:controllers/apps/opsrequest_controller.go; release-1.0:controllers/operations/opsrequest_controller.go',
  check(object, objects, _release, others) {
    const named = namedCluster(object)
    const known = [...new Set(clustersIn(objects).map(nameOf))]
    // A restore makes the cluster.
    if (named === undefined || known.length === 0 || operationType(object) === 'Restore') return []
    if (clustersMeant(object, [...objects, ...others]).length > 0) return []
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
