import { suggestAmong } from '../../../diagnostics/index.ts'
import { textAt } from '../../../objects/index.ts'
import { nameOf, OLD, ofKind, policiesOf } from '../../../operator/index.ts'
import { policyDefinitions } from '../../policies.ts'
import type { ObjectRule } from '../../rule.ts'

const rule: ObjectRule = {
  code: 'backup/definition',
  kinds: ['BackupPolicyTemplate'],
  releases: OLD,
  source: 'release-0.8:controllers/apps/transformer_cluster_backup_policy.go getBackupPolicyTemplates',
  check(object, objects, release, others) {
    const path = ['spec', 'clusterDefinitionRef']
    const wanted = textAt(object, ...path) ?? ''
    const known = ofKind(objects, 'ClusterDefinition').map(nameOf)
    if (wanted === '' || known.includes(wanted) || ofKind(others, 'ClusterDefinition').some((other) => nameOf(other) === wanted)) return []
    // Policies for ComponentDefinitions are found by them.
    if (policiesOf(object).some((policy) => policyDefinitions(release, policy, objects).length > 0)) return []
    return [
      {
        path,
        message: `The chart has no ClusterDefinition "${wanted}", so its own clusters have no backups from this template.`,
        hint: suggestAmong(wanted, known),
      },
    ]
  },
}
export default rule
