import { kbcliRelease } from '../../../kbcli/index.ts'
import { at, listAt, textAt } from '../../../objects/index.ts'
import { FROM_08 } from '../../../operator/index.ts'
import type { ObjectRule } from '../../rule.ts'

const rule: ObjectRule = {
  code: 'kbcli/definition',
  kinds: ['Cluster'],
  releases: FROM_08,
  source: 'kbcli: release-1.0:pkg/cmd/cluster/create_subcmds.go Complete',
  check(object, _, release) {
    const kbcli = kbcliRelease(release.version)
    if (kbcli === undefined || at(object, 'apiVersion') !== kbcli.clusterApi) return []
    if ((textAt(object, 'spec', kbcli.definitionField) ?? '') !== '') return []
    const isNamed = kbcli.componentLists.some(([list, ...below]) =>
      listAt(object, 'spec', list).some((item) => textAt(item, ...below, 'componentDef') !== undefined),
    )
    if (isNamed) return []
    return [{ path: ['spec'], message: `It has neither ${kbcli.definitionField} nor a componentDef, and kbcli creates no such Cluster.` }]
  },
}
export default rule
