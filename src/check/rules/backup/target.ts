import { suggestAmong } from '../../../diagnostics/index.ts'
import { textAt } from '../../../objects/index.ts'
import { type Finding, FROM_08, type Item, itemsAt, nameOf, policiesOf } from '../../../operator/index.ts'
import { below, namesAt } from '../../parts.ts'
import { policyDefinitions } from '../../policies.ts'
import type { ObjectRule } from '../../rule.ts'
import { portNames } from '../../var-referents.ts'

const rule: ObjectRule = {
  code: 'backup/target',
  kinds: ['BackupPolicyTemplate'],
  releases: FROM_08,
  source: 'release-0.8 to release-1.1:pkg/dataprotection/backup: target pods by role label, accounts by Secret',
  check: (object, objects, release) =>
    policiesOf(object).flatMap((policy) => {
      const definitions = policyDefinitions(release, policy, objects)
      const methods = itemsAt(policy, 'backupMethods')
      const targets = [below(policy, 'target'), ...methods.flatMap((method) => [below(method, 'target'), ...itemsAt(method, 'targets')])]
      // Each definition has what it has; one that lacks what is named has no backups.
      return targets.flatMap((target) => {
        const found = definitions.flatMap((definition) => problems(target, definition))
        return found.filter(({ path }, index) => found.findIndex((other) => other.path.join() === path.join()) === index)
      })
    }),
}
export default rule

function problems(target: Item, definition: unknown): readonly Finding[] {
  const name = nameOf(definition)
  const roles = namesAt(definition, 'spec', 'roles')
  const accounts = namesAt(definition, 'spec', 'systemAccounts')
  const containers = namesAt(definition, 'spec', 'runtime', 'containers')
  const container = textAt(target.item, 'containerPort', 'containerName') ?? ''
  const port = textAt(target.item, 'containerPort', 'portName') ?? ''
  return [
    // Without declared roles a probe may still report some.
    ...(roles.length === 0 ? [] : ['role', 'fallbackRole']).flatMap((field) =>
      missing(target, [field], `The ComponentDefinition "${name}" has no role`, roles),
    ),
    ...missing(target, ['account'], `The ComponentDefinition "${name}" has no account`, accounts),
    ...missing(target, ['containerPort', 'containerName'], `The ComponentDefinition "${name}" has no container`, containers),
    ...(port !== '' && (container === '' || containers.includes(container))
      ? missing(target, ['containerPort', 'portName'], `The container has no port`, portNames(definition, container === '' ? undefined : container))
      : []),
  ]
}

function missing(target: Item, field: readonly string[], what: string, known: readonly string[]): readonly Finding[] {
  const wanted = textAt(target.item, ...field) ?? ''
  if (wanted === '' || known.some((name) => name.toLowerCase() === wanted.toLowerCase())) return []
  return [{ path: [...target.path, ...field], message: `${what} "${wanted}", so backups find no target.`, hint: suggestAmong(wanted, known) }]
}
