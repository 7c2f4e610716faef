import { suggest } from '../../diagnostics/index.ts'
import { textAt } from '../../objects/index.ts'
import { nameOf, ofKind } from '../matching.ts'
import type { ValidationRule } from './rule.ts'

/** The controller makes the label by which clusters find a template of the name it has here. In 0.9 clusters find it by its ComponentDefinitions too. */
export const backupDefinition: ValidationRule = {
  code: 'backup/definition',
  kinds: ['BackupPolicyTemplate'],
  releases: ['0.7', '0.8'],
  source: 'release-0.7 and release-0.8:controllers/apps/backuppolicytemplate_controller.go Reconcile',
  check(object, objects, _release, others) {
    const wanted = textAt(object, 'spec', 'clusterDefinitionRef') ?? ''
    const known = ofKind([...objects, ...others], 'ClusterDefinition').map(nameOf)
    return wanted === '' || known.includes(wanted)
      ? []
      : [
          {
            path: ['spec', 'clusterDefinitionRef'],
            message: `The chart has no ClusterDefinition "${wanted}", so no cluster finds the template.`,
            hint: suggest(wanted, known),
          },
        ]
  },
}
