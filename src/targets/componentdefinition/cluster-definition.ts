import type { Path } from '../../diagnostics/index.ts'
import { type Entry, map, type Node, pair, scalar, seq } from '../../gotemplate/index.ts'
import type { Order, Topology } from '../../model/addon.ts'
import { checkLength } from '../names.ts'
import type { ComponentDefinitionLowering } from '../release.ts'
import { metadata, object } from '../shared/metadata.ts'
import { definitionsNamed } from './definitions.ts'
import { apiVersionAnnotation } from './marks.ts'
import { commonPattern, componentPattern } from './names.ts'

/** Longest name of a component in a topology (API.md 2.2). */
const MAX_COMPONENT_NAME = 16

/** The ClusterDefinition: the ways to put components together (apps.kubeblocks.io; API.md 2.2). Its name is the Addon's, always. */
export function clusterDefinition(lowering: ComponentDefinitionLowering): Node {
  const { addon, release } = lowering
  const annotations = apiVersionAnnotation(release)
  return object(
    `apps.kubeblocks.io/${release.api}`,
    'ClusterDefinition',
    metadata(addon.name, addon.name, Object.keys(annotations).length === 0 ? {} : { annotations }),
    pair('spec', map(pair('topologies', seq(addon.topologies.map((one) => topology(lowering, one)))))),
  )
}

function topology(lowering: ComponentDefinitionLowering, { name, isDefault, components, origin, ...orders }: Topology): Node {
  const part = (component: string, reference: 'compDef' | 'shardingDef') => {
    const at = componentOrigin(lowering, component)
    checkLength(lowering, 'component', component, MAX_COMPONENT_NAME, at)
    const pattern = reference === 'compDef' ? componentPattern(lowering, component, at) : commonPattern(lowering, component, at)
    return map(pair('name', scalar(component, at)), pair(reference, pattern))
  }
  const shards = components.filter((component) => isShard(lowering, component))
  const others = components.filter((component) => !shards.includes(component))
  return map(
    pair('name', scalar(name, origin)),
    isDefault ? pair('default', true) : [],
    others.length === 0 ? [] : pair('components', seq(others.map((component) => part(component, 'compDef')))),
    shards.length === 0 ? [] : pair('shardings', seq(shards.map((component) => part(component, 'shardingDef')))),
    ordersOf(orders),
  )
}

/** Whether a component is the template of shards, which 0.9 does not know in topologies. */
export function isShard({ addon, release }: ComponentDefinitionLowering, component: string): boolean {
  return release.api === 'v1' && definitionsNamed(addon, component).some(({ component }) => component.sharding !== undefined)
}

function componentOrigin({ addon }: ComponentDefinitionLowering, component: string): Path {
  return definitionsNamed(addon, component)[0]?.component.origin ?? []
}

/** The members of a batch stand in one item, separated by commas. */
function ordersOf({ provision, terminate, update }: Pick<Topology, 'provision' | 'terminate' | 'update'>): Entry[] {
  const order = (name: string, batches: Order | undefined) =>
    batches === undefined ? [] : pair(name, seq(batches.map((batch) => scalar(batch.join(',')))))
  const all = [...order('provision', provision), ...order('terminate', terminate), ...order('update', update)]
  return all.length === 0 ? [] : pair('orders', map(all))
}
