import { textAt } from '../../../objects/index.ts'
import { FROM_08, nameOf, ofKind, policiesOf } from '../../../operator/index.ts'
import { policyComponent, policyDefinitions, policyPatterns } from '../../policies.ts'
import type { ObjectRule } from '../../rule.ts'

const rule: ObjectRule = {
  code: 'backup/unused-policy',
  kinds: ['BackupPolicyTemplate'],
  releases: FROM_08,
  source: 'release-0.8 to release-1.1:controllers/apps/transformer_cluster_backup_policy.go: components look for their policy',
  check(object, objects, release, others) {
    const wanted = textAt(object, 'spec', 'clusterDefinitionRef') ?? ''
    const all = [...objects, ...others]
    // Of a ClusterDefinition that is not there another rule speaks.
    if (wanted !== '' && !ofKind(all, 'ClusterDefinition').some((definition) => nameOf(definition) === wanted)) return []
    return policiesOf(object).flatMap((policy) => {
      const patterns = policyPatterns(policy)
      const component = textAt(policy.item, 'componentDefRef') ?? ''
      const isUsed = policyDefinitions(release, policy, all).length > 0 || policyComponent(object, policy, all) !== undefined
      const names = [...(component === '' ? [] : [component]), ...patterns]
      if (isUsed || names.length === 0) return []
      return [
        { path: policy.path, message: `The policy is for ${names.map((name) => `"${name}"`).join(', ')}, which no definition of the chart is.` },
      ]
    })
  },
}
export default rule
