import { at, keysAt, listAt, textAt } from '../../objects/index.ts'
import { UNCALLED_09 } from '../actions.ts'
import { FROM_08, NEW } from '../eras.ts'
import { type Finding, isGiven, itemsAt, type ObjectPath, uniqueness, type ValidationRule, whole } from './rule.ts'

const CONTROLLER = 'controllers/apps/componentdefinition_controller.go'
const kinds = ['ComponentDefinition']
/** Not among those whose image and container must agree: release-1.0:pkg/controller/component/kbagent.go customExecActionImageNContainer. */
const APART = ['availableProbe']

/** The text at a field of each action that has it, with its path. */
function textsOfActions(
  object: unknown,
  ...field: readonly string[]
): readonly { readonly action: string; readonly text: string; readonly path: ObjectPath }[] {
  return keysAt(object, 'spec', 'lifecycleActions').flatMap((action) => {
    const text = textAt(object, 'spec', 'lifecycleActions', action, ...field) ?? ''
    return text === '' ? [] : [{ action, text, path: ['spec', 'lifecycleActions', action, ...field] }]
  })
}

/** The first says what counts; findings are at those that differ from it. */
function differing(texts: readonly { readonly text: string; readonly path: ObjectPath }[], what: string): readonly Finding[] {
  const [first] = texts
  return texts
    .filter(({ text }) => text !== first?.text)
    .map(({ text, path }) => ({ path, message: `All actions of a component run in one ${what}, and another names "${first?.text}", not "${text}".` }))
}

const oneImage: ValidationRule = {
  code: 'action/image',
  kinds,
  releases: NEW,
  source: 'release-1.0:pkg/controller/component/kbagent.go customExecActionImageNContainer',
  check: (object) =>
    differing(
      textsOfActions(object, 'exec', 'image').filter(({ action }) => !APART.includes(action)),
      'image',
    ),
}

const jobImage: ValidationRule = {
  code: 'action/job-image',
  kinds,
  releases: ['0.9'],
  source: 'release-0.9:pkg/controller/component/component_lifecycle_action_utils.go renderActionCmdJob',
  check: (object) =>
    ['postProvision', 'preTerminate'].flatMap((action) => {
      const path = ['spec', 'lifecycleActions', action, 'customHandler']
      return !isGiven(object, ...path, 'exec') || (textAt(object, ...path, 'image') ?? '') !== ''
        ? []
        : [{ path, message: `The job that ${action} is has no image.` }]
    }),
}

const oneContainer: ValidationRule = {
  code: 'action/container',
  kinds,
  releases: NEW,
  source: 'release-1.0:pkg/controller/component/kbagent.go customExecActionImageNContainer',
  check(object) {
    const named = textsOfActions(object, 'exec', 'container').filter(({ action }) => !APART.includes(action))
    const containers = itemsAt(whole(object), 'spec', 'runtime', 'containers').map(({ item }) => textAt(item, 'name'))
    const unknown = named
      .filter(({ text }) => !containers.includes(text))
      .map(({ text, path }) => ({ path, message: `There is no container "${text}".` }))
    return [...differing(named, 'container'), ...unknown]
  },
}

/** What goes beyond is cut to 60 seconds. */
const time: ValidationRule = {
  code: 'action/timeout',
  kinds,
  releases: NEW,
  source: 'release-1.0:pkg/kbagent/service/action_utils.go actionCallTimeoutContext',
  check: (object, _objects, release) =>
    keysAt(object, 'spec', 'lifecycleActions').flatMap((action) => {
      const seconds = at(object, 'spec', 'lifecycleActions', action, 'timeoutSeconds')
      const runsOn = release.nonBlockingActions && at(object, 'spec', 'lifecycleActions', action, 'nonBlocking') === true
      return typeof seconds === 'number' && seconds > 60 && !runsOn
        ? [
            {
              path: ['spec', 'lifecycleActions', action, 'timeoutSeconds'],
              message: `An action is ended after 60 seconds, whatever is asked for: ${seconds}.`,
            },
          ]
        : []
    }),
}

const selector: ValidationRule = {
  code: 'action/selector',
  kinds,
  releases: NEW,
  source: 'release-1.0:pkg/controller/lifecycle/kbagent.go SelectTargetPods',
  check: (object) =>
    [...textsOfActions(object, 'targetPodSelector'), ...textsOfActions(object, 'exec', 'targetPodSelector')]
      .filter(({ text }) => text === 'Ordinal')
      .map(({ path }) => ({ path, message: 'The API has Ordinal, but KubeBlocks fails the action: it is not supported.' })),
}

const HANDLERS = [
  'mysql',
  'wesql',
  'oceanbase',
  'redis',
  'mongodb',
  'etcd',
  'postgresql',
  'official-postgresql',
  'apecloud-postgresql',
  'polardbx',
  'custom',
]

const builtin: ValidationRule = {
  code: 'action/builtin-handler',
  kinds,
  releases: ['0.8', '0.9'],
  source: `release-0.8 and release-0.9:${CONTROLLER} validateLifecycleActionBuiltInHandlers`,
  check(object, _objects, release) {
    const handlers = textsOfActions(object, 'builtinHandler')
    const unknown = handlers
      .filter(({ text }) => !HANDLERS.includes(text))
      .map(({ text, path }) => ({ path, message: `There is no builtin handler "${text}".` }))
    const [first] = handlers
    const others = handlers
      .filter(({ text }) => text !== first?.text)
      .map(({ text, path }) => ({ path, message: `All builtin handlers must be one, and another is "${first?.text}", not "${text}".` }))
    const panics =
      release.version === '0.8' && first !== undefined && !handlers.some(({ action }) => action === 'roleProbe')
        ? [{ path: first.path, message: 'KubeBlocks 0.8 crashes when an action has a builtin handler and the role probe has none.' }]
        : []
    return [...unknown, ...others, ...panics]
  },
}

const accounts: ValidationRule = {
  code: 'account/provision',
  kinds,
  releases: FROM_08,
  source: `release-0.8 to release-1.1:${CONTROLLER} validateSystemAccounts`,
  check(object, _objects, { agent, version }) {
    const all = itemsAt(whole(object), 'spec', 'systemAccounts')
    const hasAction = isGiven(object, 'spec', 'lifecycleActions', 'accountProvision')
    const created = all.filter(({ item }) => at(item, 'initAccount') !== true && (agent === 'kbagent' || !isGiven(item, 'secretRef')))
    const each = created.flatMap(({ item, path }): readonly Finding[] => {
      const statement = agent === 'kbagent' ? textAt(item, 'statement', 'create') : textAt(item, 'statement')
      const name = textAt(item, 'name')
      return [
        ...(hasAction ? [] : [{ path, message: `The account "${name}" is made by the action accountProvision, which there is not.` }]),
        ...((statement ?? '') === '' ? [{ path: [...path, 'statement'], message: `The account "${name}" needs the statement that makes it.` }] : []),
      ]
    })
    const initial = all.filter(({ item }) => at(item, 'initAccount') === true).slice(1)
    const several =
      version === '0.8' ? initial.map(({ path }) => ({ path: [...path, 'initAccount'], message: 'KubeBlocks 0.8 takes one initial account.' })) : []
    return [...uniqueness(all, 'name', 'The account'), ...each, ...several]
  },
}

const notCalled: ValidationRule = {
  code: 'action/not-called',
  kinds,
  releases: ['0.9'],
  source: 'release-0.9:pkg/controller/component/lorry_utils.go getActionCommandsWithExecImageOrContainerName; pkg/lorry/client/interface.go',
  check: (object) =>
    UNCALLED_09.filter((action) => isGiven(object, 'spec', 'lifecycleActions', action)).map((action) => ({
      path: ['spec', 'lifecycleActions', action],
      message: `KubeBlocks 0.9 never calls ${action}.`,
    })),
}

/** Scripts are mounted in the job where the first container has them, and nowhere when it does not. */
const switchoverScripts: ValidationRule = {
  code: 'action/switchover-scripts',
  kinds,
  releases: ['0.9'],
  source: 'release-0.9:controllers/apps/operations/switchover_util.go renderSwitchoverCmdJob',
  check(object) {
    const mounted = listAt(listAt(object, 'spec', 'runtime', 'containers')[0], 'volumeMounts').map((mount) => textAt(mount, 'name'))
    const scripts = listAt(object, 'spec', 'scripts')
    return itemsAt(whole(object), 'spec', 'lifecycleActions', 'switchover', 'scriptSpecSelectors').flatMap(({ item, path }) => {
      const volumes = scripts.filter((script) => textAt(script, 'name') === textAt(item, 'name')).map((script) => textAt(script, 'volumeName'))
      return volumes.some((volume) => mounted.includes(volume))
        ? []
        : [{ path, message: `The first container does not mount the scripts "${textAt(item, 'name')}", so the job of a switchover has none.` }]
    })
  },
}

const shards: ValidationRule = {
  code: 'sharding/actions',
  kinds: ['ShardingDefinition'],
  releases: ['1.0'],
  source: 'release-1.0:controllers/apps/cluster/transformer_cluster_component.go; release-1.1, same file, handleShardAddNRemove',
  check: (object) =>
    ['shardAdd', 'shardRemove']
      .filter((action) => isGiven(object, 'spec', 'lifecycleActions', action))
      .map((action) => ({ path: ['spec', 'lifecycleActions', action], message: `KubeBlocks 1.0 never calls ${action}.` })),
}

export const actionRules: readonly ValidationRule[] = [
  accounts,
  builtin,
  notCalled,
  oneContainer,
  oneImage,
  jobImage,
  selector,
  shards,
  switchoverScripts,
  time,
]
