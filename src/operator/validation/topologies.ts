import { at, listAt, textAt } from '../../objects/index.ts'
import { FROM_09, NEW } from '../eras.ts'
import { isPattern, nameMatches, nameOf, ofKind, sidecarMatches } from '../matching.ts'
import { type Finding, type Item, itemsAt, uniqueness, type ValidationRule, whole } from './rule.ts'

const CONTROLLER = 'controllers/apps/clusterdefinition_controller.go'

const topologies: ValidationRule = {
  code: 'topology/names',
  kinds: ['ClusterDefinition'],
  releases: FROM_09,
  source: `release-0.9:${CONTROLLER} reconcileTopologies; release-1.0, same file, globalUniqueNameCheck`,
  check(object) {
    const all = itemsAt(whole(object), 'spec', 'topologies')
    const defaults = all.filter(({ item }) => at(item, 'default') === true).slice(1)
    return [
      ...uniqueness(all, 'name', 'The topology'),
      ...defaults.map(({ path }) => ({ path: [...path, 'default'], message: 'Another topology is the default already.' })),
      ...all.flatMap((topology) => uniqueness([...itemsAt(topology, 'components'), ...itemsAt(topology, 'shardings')], 'name', 'The component')),
    ]
  },
}

const references: ValidationRule = {
  code: 'topology/definition',
  kinds: ['ClusterDefinition'],
  releases: FROM_09,
  source: `release-0.9:${CONTROLLER} validateTopology; release-1.0, same file, validateTopologyShardings`,
  check: (object, objects, release) =>
    itemsAt(whole(object), 'spec', 'topologies').flatMap((topology) =>
      (
        [
          ['components', 'compDef', 'ComponentDefinition'],
          ['shardings', 'shardingDef', 'ShardingDefinition'],
        ] as const
      ).flatMap(([list, field, kind]) =>
        itemsAt(topology, list).flatMap(({ item, path }): readonly Finding[] => {
          const pattern = textAt(item, field) ?? ''
          if (!isPattern(pattern)) return [{ path: [...path, field], message: `"${pattern}" is no regular expression of Go.` }]
          // Nothing is hidden by an equal name here.
          return ofKind(objects, kind).some((definition) => nameMatches(release, nameOf(definition), pattern))
            ? []
            : [{ path: [...path, field], message: `No ${kind} of the chart matches "${pattern}".` }]
        }),
      ),
    ),
}

const orders: ValidationRule = {
  code: 'topology/orders',
  kinds: ['ClusterDefinition'],
  releases: FROM_09,
  source: `release-0.9:${CONTROLLER} validateTopologyOrders`,
  check: (object) =>
    itemsAt(whole(object), 'spec', 'topologies').flatMap((topology) => {
      const names = namesOf(topology).sort()
      return ['provision', 'terminate', 'update'].flatMap((order) => {
        // Components of one step stand in one text, separated by commas.
        const steps = listAt(topology.item, 'orders', order).join(',')
        const isComplete = steps === '' || steps.split(',').sort().join() === names.join()
        return isComplete
          ? []
          : [{ path: [...topology.path, 'orders', order], message: `The order must name each of ${names.join(', ')} once, and nothing else.` }]
      })
    }),
}

function namesOf(topology: Item): string[] {
  return [...itemsAt(topology, 'components'), ...itemsAt(topology, 'shardings')].map(({ item }) => textAt(item, 'name') ?? '')
}

const sharding: ValidationRule = {
  code: 'sharding/definition',
  kinds: ['ShardingDefinition'],
  releases: NEW,
  source: 'release-1.0:controllers/apps/shardingdefinition_controller.go validate',
  check(object, objects, release) {
    const path = ['spec', 'template', 'compDef']
    const pattern = textAt(object, ...path) ?? ''
    if (!isPattern(pattern)) return [{ path, message: `"${pattern}" is no regular expression of Go.` }]
    const definitions = ofKind(objects, 'ComponentDefinition').filter((definition) => nameMatches(release, nameOf(definition), pattern))
    if (definitions.length === 0) return [{ path, message: `No ComponentDefinition of the chart matches "${pattern}".` }]
    const strategies = ['provisionStrategy', 'updateStrategy'].flatMap((field) => {
      const strategy = textAt(object, 'spec', field)
      return strategy === undefined || ['Serial', 'Parallel'].includes(strategy)
        ? []
        : [{ path: ['spec', field], message: `"${strategy}" is neither Serial nor Parallel.` }]
    })
    const waits = definitions.filter((definition) => listAt(definition, 'spec', 'vars').some(needsAll))
    const serial =
      textAt(object, 'spec', 'provisionStrategy') === 'Serial'
        ? waits.map((definition) => ({
            path: ['spec', 'provisionStrategy'],
            message: `Vars of "${nameOf(definition)}" wait for all shards, which come one after another.`,
          }))
        : []
    const accounts = itemsAt(whole(object), 'spec', 'systemAccounts')
    const unknown = accounts.flatMap(({ item, path: place }) =>
      definitions
        .filter((definition) => !listAt(definition, 'spec', 'systemAccounts').some((account) => textAt(account, 'name') === textAt(item, 'name')))
        .map((definition) => ({
          path: [...place, 'name'],
          message: `The ComponentDefinition "${nameOf(definition)}" has no account "${textAt(item, 'name')}".`,
        })),
    )
    return [...strategies, ...serial, ...uniqueness(accounts, 'name', 'The account'), ...unknown]
  },
}

function needsAll(variable: unknown): boolean {
  return Object.values(Object(at(variable, 'valueFrom')) as Readonly<Record<string, unknown>>).some(
    (reference) => at(reference, 'multipleClusterObjectOption', 'requireAllComponentObjects') === true,
  )
}

const sidecar: ValidationRule = {
  code: 'sidecar/definition',
  kinds: ['SidecarDefinition'],
  releases: NEW,
  source: 'release-1.0:controllers/apps/sidecardefinition_controller.go validateNResolve',
  check(object, objects) {
    const definitions = ofKind(objects, 'ComponentDefinition')
    const owner = textAt(object, 'spec', 'owner') ?? ''
    const owners = definitions.filter((definition) => sidecarMatches(nameOf(definition), owner))
    const selectors = listAt(object, 'spec', 'selectors').map(String)
    const selected = definitions.filter((definition) => selectors.some((selector) => sidecarMatches(nameOf(definition), selector)))
    const templates = [...itemsAt(whole(object), 'spec', 'configs'), ...itemsAt(whole(object), 'spec', 'scripts')]
    const clashes = selected.flatMap((definition) =>
      ['vars', 'configs', 'scripts'].flatMap((field) => {
        const taken = listAt(definition, 'spec', field).map((item) => textAt(item, 'name'))
        return itemsAt(whole(object), 'spec', field)
          .filter(({ item }) => taken.includes(textAt(item, 'name')))
          .map(({ item, path }) => ({
            path: [...path, 'name'],
            message: `The ComponentDefinition "${nameOf(definition)}" has "${textAt(item, 'name')}" among its ${field}.`,
          }))
      }),
    )
    return [
      ...(owners.length === 0
        ? [{ path: ['spec', 'owner'], message: `No ComponentDefinition of the chart is "${owner}", nor is it a regular expression for one.` }]
        : []),
      ...uniqueness(itemsAt(whole(object), 'spec', 'containers'), 'name', 'The container'),
      ...uniqueness(templates, 'name', 'The config or script'),
      ...clashes,
      ...owners
        .filter((definition) => selected.includes(definition))
        .map((definition) => ({ path: ['spec', 'selectors'], message: `The owner and the selectors both match "${nameOf(definition)}".` })),
    ]
  },
}

export const topologyRules: readonly ValidationRule[] = [sharding, sidecar, references, topologies, orders]
