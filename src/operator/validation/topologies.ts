import { at, listAt, textAt } from '../../objects/index.ts'
import { standingOf } from '../elsewhere.ts'
import { FROM_09 } from '../eras.ts'
import { isPattern } from '../matching.ts'
import { misspelt } from './misspelt.ts'
import { type Finding, type Item, itemsAt, type ObjectPath, uniqueness, type ValidationRule, whole } from './rule.ts'

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
  check: (object, objects, release, others) =>
    namedBy(object).flatMap(({ pattern, path, kind }): readonly Finding[] => {
      if (!isPattern(pattern)) return [{ path, message: `"${pattern}" is no regular expression of Go.` }]
      const standing = standingOf(release, objects, others, kind, pattern)
      return standing.kind === 'misspelt' ? [misspelt(path, kind, pattern, standing.meant)] : []
    }),
}

/** Another chart may bring what is named; until then nothing of this one can be used. */
const elsewhere: ValidationRule = {
  code: 'topology/elsewhere',
  kinds: ['ClusterDefinition', 'ShardingDefinition', 'SidecarDefinition'],
  releases: FROM_09,
  source: `release-0.9:${CONTROLLER} validateTopology; release-1.0:controllers/apps/sidecardefinition_controller.go validateNResolve`,
  check: (object, objects, release, others) =>
    namedBy(object)
      .filter(({ pattern }) => isPattern(pattern))
      .filter(({ pattern, kind, reading }) => standingOf(release, objects, others, kind, pattern, reading).kind === 'elsewhere')
      .map(({ pattern, path, kind }) => ({
        path,
        message: `No ${kind} of the chart matches "${pattern}"; it is unavailable until another chart brings one.`,
      })),
}

/** The definitions that an object names in each of its topologies, in its template, or as its owner. */
function namedBy(object: unknown): readonly {
  readonly pattern: string
  readonly path: ObjectPath
  readonly kind: 'ComponentDefinition' | 'ShardingDefinition'
  readonly reading?: 'sidecar'
}[] {
  const kind = 'ComponentDefinition'
  if (textAt(object, 'kind') === 'ShardingDefinition') {
    const path = ['spec', 'template', 'compDef']
    return [{ pattern: textAt(object, ...path) ?? '', path, kind }]
  }
  if (textAt(object, 'kind') === 'SidecarDefinition')
    return [{ pattern: textAt(object, 'spec', 'owner') ?? '', path: ['spec', 'owner'], kind, reading: 'sidecar' }]
  return itemsAt(whole(object), 'spec', 'topologies').flatMap((topology) => [
    ...itemsAt(topology, 'components').map(
      ({ item, path }) => ({ pattern: textAt(item, 'compDef') ?? '', path: [...path, 'compDef'], kind }) as const,
    ),
    ...itemsAt(topology, 'shardings').map(
      ({ item, path }) => ({ pattern: textAt(item, 'shardingDef') ?? '', path: [...path, 'shardingDef'], kind: 'ShardingDefinition' }) as const,
    ),
  ])
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

export const topologyRules: readonly ValidationRule[] = [elsewhere, orders, references, topologies]
