import { didYouMean } from '../../diagnostics/index.ts'
import { at, listAt, textAt } from '../../objects/index.ts'
import { FROM_09 } from '../eras.ts'
import { isPattern, nameMatches, nameOf, ofKind } from '../matching.ts'
import type { OperatorRelease } from '../releases.ts'
import { type Item, itemsAt, type ObjectPath, uniqueness, type ValidationRule, whole } from './rule.ts'

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

/** A reference of a topology that no definition answers to, of this chart or of those beside it. */
interface Unanswered {
  readonly path: ObjectPath
  readonly pattern: string
  readonly kind: string
  readonly isPattern: boolean
  /** It begins like no definition of this chart, so it is for one of another. */
  readonly isForeign: boolean
}

function unanswered(object: unknown, objects: readonly unknown[], release: OperatorRelease, others: readonly unknown[]): readonly Unanswered[] {
  const fields = [
    ['components', 'compDef', 'ComponentDefinition'],
    ['shardings', 'shardingDef', 'ShardingDefinition'],
  ] as const
  return itemsAt(whole(object), 'spec', 'topologies').flatMap((topology) =>
    fields.flatMap(([list, field, kind]) =>
      itemsAt(topology, list).flatMap(({ item, path }): readonly Unanswered[] => {
        const pattern = textAt(item, field) ?? ''
        const place = { path: [...path, field], pattern, kind }
        if (!isPattern(pattern)) return [{ ...place, isPattern: false, isForeign: false }]
        // Nothing is hidden by an equal name here.
        if (ofKind([...objects, ...others], kind).some((definition) => nameMatches(release, nameOf(definition), pattern))) return []
        const own = [...ofKind(objects, 'ComponentDefinition'), ...ofKind(objects, kind), object].map(nameOf)
        return [{ ...place, isPattern: true, isForeign: !own.some((name) => isAkin(firstWord(name), firstWord(pattern))) }]
      }),
    ),
  )
}

/** The letters and digits a name or a pattern begins with. */
function firstWord(text: string): string {
  return /[A-Za-z0-9]+/.exec(text)?.[0] ?? ''
}

function isAkin(own: string, wanted: string): boolean {
  return wanted === '' || own.startsWith(wanted) || wanted.startsWith(own) || didYouMean(wanted, [own]) !== undefined
}

const references: ValidationRule = {
  code: 'topology/definition',
  kinds: ['ClusterDefinition'],
  releases: FROM_09,
  source: `release-0.9:${CONTROLLER} validateTopology; release-1.0, same file, validateTopologyShardings`,
  check: (object, objects, release, others) =>
    unanswered(object, objects, release, others)
      .filter(({ isForeign }) => !isForeign)
      .map(({ path, pattern, kind, isPattern: compiles }) => ({
        path,
        message: compiles ? `No ${kind} of the chart matches "${pattern}".` : `"${pattern}" is no regular expression of Go.`,
      })),
}

const elsewhere: ValidationRule = {
  code: 'topology/elsewhere',
  kinds: ['ClusterDefinition'],
  releases: FROM_09,
  source: `release-0.9:${CONTROLLER} validateTopology`,
  check: (object, objects, release, others) =>
    unanswered(object, objects, release, others)
      .filter(({ isForeign }) => isForeign)
      .map(({ path, pattern, kind }) => ({
        path,
        message: `No ${kind} of the chart matches "${pattern}", so all topologies wait for another addon.`,
      })),
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
