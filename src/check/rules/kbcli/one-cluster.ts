import { kbcliRelease } from '../../../kbcli/index.ts'
import { at } from '../../../objects/index.ts'
import { ALL, nameOf, ofKind } from '../../../operator/index.ts'
import type { ObjectRule } from '../../rule.ts'

const rule: ObjectRule = {
  code: 'kbcli/one-cluster',
  kinds: ['Cluster'],
  releases: ALL,
  source: 'kbcli: release-1.0:pkg/cmd/cluster/create_subcmds.go getClusterObj takes one of them in no order',
  check(object, objects, release) {
    const kbcli = kbcliRelease(release.version)
    if (kbcli === undefined) return []
    const clusters = ofKind(objects, 'Cluster').filter((cluster) => at(cluster, 'apiVersion') === kbcli.clusterApi)
    if (clusters.length < 2 || clusters[0] === object || !clusters.includes(object)) return []
    return [
      {
        path: ['kind'],
        message: `The chart has ${clusters.length} Clusters, and kbcli edits and looks at one, now "${nameOf(clusters[0])}" and now another.`,
      },
    ]
  },
}
export default rule
