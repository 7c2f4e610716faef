import { suggestAmong } from '../../../diagnostics/index.ts'
import { listAt, textAt } from '../../../objects/index.ts'
import { FROM_08, itemsAt, nameOf, type OperatorRelease, ofKind, policiesOf, whole } from '../../../operator/index.ts'
import { namesAt } from '../../parts.ts'
import { policyComponent, policyDefinitions } from '../../policies.ts'
import type { ObjectRule } from '../../rule.ts'

const STEPS = [
  ['backup', 'preBackup'],
  ['backup', 'postBackup'],
  ['restore', 'postReady'],
] as const

const rule: ObjectRule = {
  code: 'backup/container',
  kinds: ['ActionSet'],
  releases: FROM_08,
  source: 'release-0.8 to release-1.1:pkg/dataprotection/action/exec_action.go: kubectl exec into the container',
  check(object, objects, release) {
    const known = containersOfUsers(nameOf(object), objects, release)
    if (known.length === 0) return []
    return STEPS.flatMap(([phase, step]) =>
      itemsAt(whole(object), 'spec', phase, step).flatMap(({ item, path }) => {
        const wanted = textAt(item, 'exec', 'container') ?? ''
        if (wanted === '' || wanted.includes('$(') || known.includes(wanted)) return []
        return [
          {
            path: [...path, 'exec', 'container'],
            message: `No definition that uses it has a container "${wanted}", so the step ${step} fails.`,
            hint: suggestAmong(wanted, known),
          },
        ]
      }),
    )
  },
}
export default rule

/** Containers of the definitions whose policies use an ActionSet. */
function containersOfUsers(actionSet: string, objects: readonly unknown[], release: OperatorRelease): readonly string[] {
  const names = ofKind(objects, 'BackupPolicyTemplate').flatMap((template) =>
    policiesOf(template)
      .filter(({ item }) => listAt(item, 'backupMethods').some((method) => textAt(method, 'actionSetName') === actionSet))
      .flatMap((policy) => {
        const component = policyComponent(template, policy, objects)?.item
        const definitions = policyDefinitions(release, policy, objects)
        return [
          ...namesAt(component, 'podSpec', 'containers'),
          ...definitions.flatMap((definition) => namesAt(definition, 'spec', 'runtime', 'containers')),
        ]
      }),
  )
  return [...new Set(names)]
}
