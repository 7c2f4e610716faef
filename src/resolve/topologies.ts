import type { Path } from '../diagnostics/index.ts'
import type { Addon, Topology as TopologyDescriptor } from '../generated/addon.ts'
import type { Order, Topology } from '../model/addon.ts'
import { entriesOf, reportDuplicates, type Scope } from './scope.ts'

/** Name of the topology of an addon that gives none. */
const USUAL = 'cluster'

/** The ways to put a cluster together, with exactly one default. */
export function resolveTopologies(scope: Scope, addon: Addon): readonly Topology[] {
  const names = Object.keys(addon.components)
  const usual = { isDefault: true, components: names, provision: undefined, terminate: undefined, update: undefined, origin: ['components'] }
  if (addon.topologies === undefined) return [{ name: USUAL, ...usual }]
  const all = entriesOf(addon.topologies, ['topologies'])
  const defaults = all.filter(({ value }) => value.default === true)
  for (const { origin } of defaults.slice(1))
    scope.problem('addon/default-topology', [...origin, 'default'], `${defaults.length} topologies are marked as the default.`)
  const chosen = defaults[0]?.name ?? all[0]?.name
  const topologies = all.map(({ name, value, origin }) => resolveTopology(scope, name, value, origin, names, name === chosen))
  for (const { name, origin } of entriesOf(addon.components, ['components'])) {
    if (!topologies.some(({ components }) => components.includes(name)))
      scope.problem('addon/unused', origin, `No topology has the component "${name}".`, { at: 'key', hint: 'add it to the components of a topology' })
  }
  return topologies
}

function resolveTopology(
  scope: Scope,
  name: string,
  topology: TopologyDescriptor,
  origin: Path,
  declared: readonly string[],
  isDefault: boolean,
): Topology {
  const components = topology.components.map((component, index) => ({ name: component, origin: [...origin, 'components', index] as Path }))
  for (const component of components) scope.isDeclared('component', component.name, declared, component.origin)
  reportDuplicates(scope, 'component', components)
  const order = (field: 'provision' | 'terminate' | 'update') => resolveOrder(scope, topology[field], [...origin, field], topology.components)
  return {
    name,
    isDefault,
    components: topology.components,
    provision: order('provision'),
    terminate: order('terminate'),
    update: order('update'),
    origin,
  }
}

/** An order names each component of its topology exactly once. */
function resolveOrder(scope: Scope, order: TopologyDescriptor['provision'], path: Path, components: readonly string[]): Order | undefined {
  if (order === undefined) return undefined
  const named = order.flatMap((batch, index): { readonly name: string; readonly origin: Path }[] =>
    typeof batch === 'string' ? [{ name: batch, origin: [...path, index] }] : batch.map((name, i) => ({ name, origin: [...path, index, i] })),
  )
  const seen = new Set<string>()
  for (const { name, origin } of named) {
    if (scope.isDeclared('component', name, components, origin, 'in the topology') && seen.has(name))
      scope.problem('addon/order', origin, `The component "${name}" is in this order already.`, { hint: 'name each component once' })
    seen.add(name)
  }
  const missing = components.filter((name) => !seen.has(name))
  if (missing.length > 0)
    scope.problem('addon/order', path, `The order leaves out ${missing.join(', ')}.`, { at: 'key', hint: 'name each component of the topology once' })
  return order.map((batch) => (typeof batch === 'string' ? [batch] : batch))
}
