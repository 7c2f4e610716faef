import { at, keysAt, listAt, textAt } from '../../objects/index.ts'
import { DEFINITION_LABEL, isPolicyFor, labelledDefinition, topologyOwners } from '../backup-templates.ts'
import { FROM_08, FROM_09 } from '../eras.ts'
import { nameOf, ofKind } from '../matching.ts'
import { type Finding, type Item, itemsAt, type ValidationRule, whole } from './rule.ts'
import { toolCommand } from './tool-command.ts'

const kinds = ['BackupPolicyTemplate']
const DEFAULT = 'dataprotection.kubeblocks.io/is-default-policy-template'
const FINDS_09 = 'release-0.9:controllers/apps/transformer_cluster_backup_policy.go'
const CONTROLLER = 'controllers/dataprotection/backuppolicytemplate_controller.go'

/** Policies of a template: several in apps.kubeblocks.io, the template itself in dataprotection.kubeblocks.io. */
export function policiesOf(object: unknown): readonly Item[] {
  const policies = itemsAt(whole(object), 'spec', 'backupPolicies')
  return policies.length > 0 ? policies : [{ item: at(object, 'spec'), path: ['spec'] }]
}

const label: ValidationRule = {
  code: 'backup/label',
  kinds,
  releases: ['0.5', '0.6'],
  source: 'release-0.6:controllers/apps/transformer_backup_policy_tpl.go Transform',
  check(object, objects) {
    const wanted = textAt(object, 'spec', 'clusterDefinitionRef') ?? ''
    const definitions = ofKind(objects, 'ClusterDefinition').map(nameOf)
    // Of a name that none of them has another rule speaks.
    if (definitions.length > 0 && !definitions.includes(wanted)) return []
    return textAt(object, 'metadata', 'labels', DEFINITION_LABEL) === wanted
      ? []
      : [{ path: ['metadata', 'labels', DEFINITION_LABEL], message: `Clusters find the template by the label ${DEFINITION_LABEL}: ${wanted} alone.` }]
  },
}

/** Clusters of a topology get no policy when there is no template with the label of their ClusterDefinition. */
const topologyLabel: ValidationRule = {
  code: 'backup/topology-label',
  kinds,
  releases: ['0.9'],
  source: `${FINDS_09} getBackupPolicyTemplates`,
  check(object, objects, release) {
    const definitions = ofKind(objects, 'ComponentDefinition')
      .map(nameOf)
      .filter((name) => policiesOf(object).some(({ item }) => isPolicyFor(release, item, name)))
    const owners = new Set(definitions.flatMap((name) => topologyOwners(release, objects, name)))
    return [...owners]
      .filter((owner) => owner !== labelledDefinition(object))
      .map((owner) => ({
        path: ['metadata', 'labels', DEFINITION_LABEL],
        message: `Clusters of the ClusterDefinition "${owner}" find the template by the label ${DEFINITION_LABEL}: ${owner} alone, and have no backups.`,
      }))
  },
}

/** Templates that are kept when the chart is upgraded soon are several; each component still finds the one that is for its definition. */
const defaultTemplate: ValidationRule = {
  code: 'backup/default',
  kinds,
  releases: ['0.9'],
  source: `${FINDS_09} Transform: tplCount`,
  check(object) {
    const isKept = textAt(object, 'metadata', 'annotations', 'helm.sh/resource-policy') === 'keep'
    const hasSchedules = policiesOf(object).some(({ item }) => listAt(item, 'schedules').length > 0)
    return !isKept || !hasSchedules || labelledDefinition(object) === undefined || textAt(object, 'metadata', 'annotations', DEFAULT) === 'true'
      ? []
      : [
          {
            path: ['metadata', 'annotations', DEFAULT],
            message: `Once there are two templates, those without the annotation ${DEFAULT} make no schedules.`,
          },
        ]
  },
}

/** Policies are named after the component and the identifier of their template; a second one of a name is left out. */
const identifier: ValidationRule = {
  code: 'backup/identifier',
  kinds,
  releases: ['0.5', '0.6', '0.7', '0.8'],
  source:
    'release-0.5 to release-0.7:controllers/apps/transformer_backup_policy_tpl.go Transform; release-0.8:controllers/apps/transformer_cluster_backup_policy.go',
  check(object, objects) {
    const own = policyNames(object)
    const before = objects.slice(0, objects.indexOf(object))
    const taken = ofKind(before, 'BackupPolicyTemplate').flatMap((template) => [...policyNames(template).values()])
    return [...own]
      .filter(([, name]) => taken.includes(name))
      .map(([component]) => ({
        path: ['spec', 'identifier'],
        message: `Another template has a policy for the component "${component}" with the same identifier, and one of them is left out.`,
      }))
  },
}

/** What the policies of a template are called but for the name of the cluster, by component. */
function policyNames(template: unknown): ReadonlyMap<string, string> {
  const definition = labelledDefinition(template) ?? ''
  return new Map(
    policiesOf(template).flatMap(({ item }) => {
      const component = textAt(item, 'componentDefRef')
      return component === undefined ? [] : [[component, [definition, component, textAt(template, 'spec', 'identifier') ?? ''].join('/')] as const]
    }),
  )
}

/** With several templates for a ClusterDefinition the default is one of them, else no cluster has a default policy. */
const defaultAmong: ValidationRule = {
  code: 'backup/default-among',
  kinds,
  releases: ['0.5', '0.6', '0.7', '0.8'],
  source:
    'release-0.5 to release-0.7:controllers/apps/transformer_backup_policy_tpl.go Transform: tplCount; release-0.8:controllers/apps/transformer_cluster_backup_policy.go',
  check(object, objects) {
    const definition = labelledDefinition(object)
    const all = definition === undefined ? [] : ofKind(objects, 'BackupPolicyTemplate').filter((other) => labelledDefinition(other) === definition)
    const defaults = all.filter((template) => textAt(template, 'metadata', 'annotations', DEFAULT) === 'true')
    return all.length < 2 || defaults.length === 1 || all[0] !== object
      ? []
      : [
          {
            path: ['metadata', 'annotations', DEFAULT],
            message: `There are ${all.length} templates for the ClusterDefinition "${definition}", and ${defaults.length === 0 ? 'none' : 'more than one'} has the annotation ${DEFAULT}.`,
          },
        ]
  },
}

const labels: ValidationRule = {
  code: 'backup/no-labels',
  kinds,
  releases: ['0.7', '0.8', '0.9'],
  source: 'release-0.7 to release-0.9:controllers/apps/backuppolicytemplate_controller.go Reconcile',
  check: (object) =>
    keysAt(object, 'metadata', 'labels').length > 0
      ? []
      : [{ path: ['metadata', 'labels'], message: 'Without any label the operator crashes when it adds its own.' }],
}

const component: ValidationRule = {
  code: 'backup/component',
  kinds,
  // Later releases look for the components of the cluster among the policies, not the other way round.
  releases: ['0.5', '0.6', '0.7'],
  source: 'release-0.5 to release-0.7:controllers/apps/transformer_backup_policy_tpl.go Transform',
  check(object, objects) {
    const definition = ofKind(objects, 'ClusterDefinition').find((candidate) => nameOf(candidate) === textAt(object, 'spec', 'clusterDefinitionRef'))
    if (definition === undefined) return []
    const known = listAt(definition, 'spec', 'componentDefs').map((candidate) => textAt(candidate, 'name'))
    return policiesOf(object).flatMap(({ item, path }) => {
      const wanted = textAt(item, 'componentDefRef')
      return wanted === undefined || known.includes(wanted)
        ? []
        : [{ path: [...path, 'componentDefRef'], message: `The ClusterDefinition has no component "${wanted}", and its clusters fail.` }]
    })
  },
}

const tool: ValidationRule = {
  code: 'backup/tool',
  kinds,
  releases: ['0.5', '0.6'],
  source: 'release-0.5:controllers/dataprotection/backup_controller.go buildBackupToolPodSpec',
  check: (object, objects, _release, others) =>
    policiesOf(object).flatMap(({ item, path }) =>
      ['datafile', 'logfile'].flatMap((part) => {
        const wanted = textAt(item, part, 'backupToolName')
        const isThere = wanted === undefined || ofKind([...objects, ...others], 'BackupTool').some((candidate) => nameOf(candidate) === wanted)
        return isThere ? [] : [{ path: [...path, part, 'backupToolName'], message: `The chart has no BackupTool "${wanted}".` }]
      }),
    ),
}

const actionSet: ValidationRule = {
  code: 'backup/action-set',
  kinds,
  releases: ['0.7', ...FROM_08],
  source: `release-1.0:${CONTROLLER} validateAvailable; before, backups fail`,
  check: (object, objects, { version, agent }, others) =>
    policiesOf(object).flatMap((policy) =>
      itemsAt(policy, 'backupMethods').flatMap(({ item, path }): readonly Finding[] => {
        const wanted = textAt(item, 'actionSetName') ?? ''
        const method = textAt(item, 'name')
        if (wanted === '') {
          const isRefused = agent === 'kbagent' && at(item, 'snapshotVolumes') !== true
          return isRefused
            ? [{ path, message: `The method "${method}" makes no snapshots of volumes, so KubeBlocks ${version} wants an ActionSet.` }]
            : []
        }
        return ofKind([...objects, ...others], 'ActionSet').some((set) => nameOf(set) === wanted)
          ? []
          : [{ path: [...path, 'actionSetName'], message: `The chart has no ActionSet "${wanted}" for the method "${method}".` }]
      }),
    ),
}

const schedule: ValidationRule = {
  code: 'backup/schedule',
  kinds,
  releases: ['0.7', ...FROM_08],
  source: `release-1.0:${CONTROLLER} validateAvailable; pkg/dataprotection/utils/backup.go ValidateScheduleNames`,
  check: (object) =>
    policiesOf(object).flatMap((policy) => {
      const methods = itemsAt(policy, 'backupMethods').map(({ item }) => textAt(item, 'name'))
      const seen = new Set<string>()
      return itemsAt(policy, 'schedules').flatMap(({ item, path }): readonly Finding[] => {
        const method = textAt(item, 'backupMethod') ?? ''
        // A schedule without a name has that of its method: SchedulePolicy.GetScheduleName.
        const name = textAt(item, 'name') ?? method
        const isRepeated = seen.has(name)
        seen.add(name)
        return [
          ...(methods.includes(method) ? [] : [{ path: [...path, 'backupMethod'], message: `There is no method "${method}".` }]),
          ...(isRepeated ? [{ path, message: `The schedule "${name}" is there twice.` }] : []),
        ]
      })
    }),
}

/** Parameters of an ActionSet need a schema that knows them. */
const parameters: ValidationRule = {
  code: 'backup/parameters',
  kinds: ['ActionSet'],
  releases: FROM_09,
  source: 'release-0.9:controllers/dataprotection/actionset_controller.go validate',
  check(object) {
    const known = keysAt(object, 'spec', 'parametersSchema', 'openAPIV3Schema', 'properties')
    return ['backup', 'restore'].flatMap((part) =>
      itemsAt(whole(object), 'spec', part, 'withParameters')
        .filter(({ item }) => !known.includes(String(item)))
        .map(({ item, path }) => ({ path, message: `The schema of parameters has no "${String(item)}".` })),
    )
  },
}

export const backupRules: readonly ValidationRule[] = [
  actionSet,
  component,
  defaultAmong,
  defaultTemplate,
  identifier,
  label,
  labels,
  parameters,
  schedule,
  tool,
  toolCommand,
  topologyLabel,
]
