import { at, textAt } from '../../objects/index.ts'
import { componentsOf } from '../components.ts'
import { OLD } from '../eras.ts'
import { type Finding, type Item, isGiven, itemsAt, type ValidationRule, whole } from './rule.ts'

/**
 * What the admission webhook of old releases refuses. It is off unless the operator was installed with `admissionWebhooks.enabled`, so all of it
 * is a warning. release-0.5 to release-0.9.
 */
const WEBHOOK = 'apis/apps/v1alpha1/clusterdefinition_webhook.go'
const kinds = ['ClusterDefinition']

/** Components that stand in a ClusterDefinition. */
function componentDefsOf(object: unknown): readonly Item[] {
  return itemsAt(whole(object), 'spec', 'componentDefs')
}

const logPath: ValidationRule = {
  code: 'definition/log-path',
  kinds,
  releases: OLD,
  source: `release-0.5 to release-0.9:${WEBHOOK} validateLogFilePatternPrefix`,
  check: (object) =>
    componentsOf(object).flatMap(({ owner, containers }) => {
      const [first] = containers
      const mounts = first === undefined ? [] : itemsAt(first, 'volumeMounts').flatMap(({ item }) => textAt(item, 'mountPath') ?? [])
      return itemsAt(owner, 'logConfigs').flatMap(({ item, path }): readonly Finding[] => {
        const pattern = textAt(item, 'filePathPattern') ?? ''
        return mounts.some((mount) => pattern.startsWith(mount))
          ? []
          : [{ path: [...path, 'filePathPattern'], message: `The log "${pattern}" is in no folder that the first container mounts.` }]
      })
    }),
}

const consensus: ValidationRule = {
  code: 'definition/consensus',
  kinds,
  releases: OLD,
  source: `release-0.5 to release-0.9:${WEBHOOK} validateConsensus`,
  check: (object) =>
    componentDefsOf(object)
      .filter(({ item }) => textAt(item, 'workloadType') === 'Consensus')
      .flatMap(({ item, path }): readonly Finding[] => {
        const spec = [...path, 'consensusSpec']
        if (!isGiven(item, 'consensusSpec')) return [{ path: spec, message: 'A component of the workload type Consensus needs a consensusSpec.' }]
        // A name that is not given has a default.
        const name = textAt(item, 'consensusSpec', 'leader', 'name')
        const leaders = at(item, 'consensusSpec', 'leader', 'replicas')
        const followers = itemsAt({ item, path }, 'consensusSpec', 'followers').map((follower) => Number(at(follower.item, 'replicas') ?? 0))
        const voters = followers.reduce((sum, replicas) => sum + replicas, 1)
        return [
          ...(name === '' ? [{ path: [...spec, 'leader', 'name'], message: 'The leader has no name.' }] : []),
          ...(typeof leaders === 'number' && leaders > 1
            ? [{ path: [...spec, 'leader', 'replicas'], message: `There is one leader, not ${leaders}.` }]
            : []),
          ...(voters % 2 === 0
            ? [
                {
                  path: [...spec, 'followers'],
                  message: `The leader and its followers are ${voters}, and only an odd number can outvote each other.`,
                },
              ]
            : []),
        ]
      }),
}

const accounts: ValidationRule = {
  code: 'account/policy',
  kinds,
  releases: OLD,
  source: `release-0.5 to release-0.9:${WEBHOOK} SystemAccountSpec.validate`,
  check: (object, _objects, { version }) =>
    componentDefsOf(object).flatMap((component) => {
      const seen = new Set<string>()
      const each = itemsAt(component, 'systemAccounts', 'accounts').flatMap(({ item, path }): readonly Finding[] => {
        const name = textAt(item, 'name') ?? ''
        const policy = [...path, 'provisionPolicy']
        const type = textAt(item, 'provisionPolicy', 'type')
        const isRepeated = seen.has(name)
        seen.add(name)
        const statements = at(item, 'provisionPolicy', 'statements')
        const changes = ['update', 'deletion'].some((field) => (textAt(statements, field) ?? '') !== '')
        if (type === 'CreateByStmt' && !isGiven(item, 'provisionPolicy', 'statements'))
          return [{ path: policy, message: `The account "${name}" is made by statements, and there are none.` }]
        if (type === 'ReferToExisting' && !isGiven(item, 'provisionPolicy', 'secretRef'))
          return [{ path: policy, message: `The account "${name}" is in a Secret, and none is named.` }]
        if (isGiven(item, 'provisionPolicy', 'statements') && !changes && version !== '0.5')
          return [{ path: [...policy, 'statements'], message: `The statements of the account "${name}" can neither update nor delete it.` }]
        return isRepeated ? [{ path: [...path, 'name'], message: `The account "${name}" is there twice.` }] : []
      })
      return [...each, ...passwordOf(component)]
    }),
}

/** Digits and symbols are part of the length; what is not given has the default of the CRD. */
function passwordOf(component: Item): readonly Finding[] {
  const config = at(component.item, 'systemAccounts', 'passwordConfig')
  const number = (field: string, otherwise: number): number => {
    const given = at(config, field)
    return typeof given === 'number' ? given : otherwise
  }
  const length = number('length', 10)
  return number('numDigits', 2) + number('numSymbols', 0) > length
    ? [
        {
          path: [...component.path, 'systemAccounts', 'passwordConfig'],
          message: `A password of ${length} characters cannot hold so many digits and symbols.`,
        },
      ]
    : []
}

const componentRef: ValidationRule = {
  code: 'definition/component-ref',
  kinds,
  releases: OLD.slice(1),
  source: `release-0.6 to release-0.9:${WEBHOOK} ComponentDefRef.validate`,
  check(object) {
    const components = componentDefsOf(object)
    return components.flatMap((component) =>
      itemsAt(component, 'componentDefRef').flatMap((reference): readonly Finding[] => {
        const name = textAt(reference.item, 'componentDefName') ?? ''
        const target = components.find(({ item }) => textAt(item, 'name') === name)
        const unknown =
          target === undefined ? [{ path: [...reference.path, 'componentDefName'], message: `There is no component "${name}" to refer to.` }] : []
        return [...unknown, ...itemsAt(reference, 'componentRefEnv').flatMap((variable) => referenceEnv(variable, target?.item))]
      }),
    )
  },
}

function referenceEnv({ item, path }: Item, target: unknown): readonly Finding[] {
  const name = textAt(item, 'name')
  const hasValue = (textAt(item, 'value') ?? '') !== ''
  if (hasValue === isGiven(item, 'valueFrom'))
    return [{ path, message: `The variable "${name}" needs a value or a source, ${hasValue ? 'and has both' : 'and has none'}.` }]
  const type = textAt(item, 'valueFrom', 'type')
  const field = textAt(item, 'valueFrom', 'fieldPath') ?? ''
  const source = [...path, 'valueFrom']
  if (type === 'FieldRef' && field === '') return [{ path: source, message: `The variable "${name}" comes from a field, and none is named.` }]
  if (type !== 'HeadlessServiceRef') return []
  if (field !== '') return [{ path: [...source, 'fieldPath'], message: `The variable "${name}" comes from a headless service, which has no fields.` }]
  return textAt(target, 'workloadType') === 'Stateless'
    ? [{ path: source, message: `The variable "${name}" comes from a headless service, and a stateless component has none.` }]
    : []
}

const templates: ValidationRule = {
  code: 'template/duplicate',
  kinds,
  releases: OLD,
  source: `release-0.5 to release-0.9:${WEBHOOK} validateConfigTemplateList`,
  check: (object) =>
    componentDefsOf(object).flatMap((component) => {
      const configs = itemsAt(component, 'configSpecs')
      return ['name', 'volumeName', 'templateRef'].flatMap((field) => {
        const seen = new Set<string>()
        return configs.flatMap(({ item, path }): readonly Finding[] => {
          const value = textAt(item, field) ?? ''
          const isRepeated = value !== '' && seen.has(value)
          seen.add(value)
          return isRepeated ? [{ path: [...path, field], message: `Two configs of the component have the ${field} "${value}".` }] : []
        })
      })
    }),
}

export const webhookRules: readonly ValidationRule[] = [accounts, componentRef, consensus, logPath, templates]
