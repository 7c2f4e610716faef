import { map, pair, seq } from '../../gotemplate/index.ts'
import type { Component } from '../../model/addon.ts'
import type { SizedComponent } from '../cluster/sizes.ts'
import { type Example, operation } from './example.ts'
import { moreReplicas, type Subject, usualReplicas } from './subject.ts'

/** What a cluster is scaled up to, and its volumes are expanded to; twice of it where that is what it has already. */
const LARGER = { cpu: 8, memory: 32, storage: 50 }

/** More CPU and memory for each pod of the main component. */
export function largerPods({ main, preset }: Subject): { readonly cpu: string; readonly memory: string } {
  return { cpu: String(larger(preset(main.cpu), LARGER.cpu)), memory: `${larger(preset(main.memory), LARGER.memory)}Gi` }
}

/** The component whose volumes are expanded: the main one, or the first that has some. */
export function componentWithClaims({ main, sizes }: Subject): SizedComponent | undefined {
  return [main, ...sizes].find(({ claims }) => claims.length > 0)
}

/** Larger volumes of a component, by name. */
export function largerVolumes({ preset }: Subject, { claims }: SizedComponent): readonly { readonly name: string; readonly storage: string }[] {
  return claims.map(({ volume, value }) => ({ name: volume.name, storage: `${larger(preset(value), LARGER.storage)}Gi` }))
}

/** Up, out, in, and larger volumes: what the addon and its limits allow. */
export function scaling(subject: Subject): readonly Example[] {
  return [vertical(subject), ...horizontal(subject), ...shards(subject), ...volumes(subject)]
}

function vertical(subject: Subject): Example {
  const { name, origin } = subject.main.component
  const amounts = largerPods(subject)
  const resources = map(pair('cpu', amounts.cpu), pair('memory', amounts.memory))
  return operation(subject, 'vertical-scaling', {
    about: [`Gives each pod of ${name} ${amounts.cpu} CPU and ${amounts.memory} of memory; the pods restart, and need nodes with that much.`],
    type: 'VerticalScaling',
    spec: pair('verticalScaling', seq([map(pair('componentName', name), pair('requests', resources), pair('limits', resources))])),
    origin,
  })
}

/** To the larger size, and from there to one pod less. Before 0.9 an operation says how many pods there are to be, later how many come or go. */
function horizontal(subject: Subject): readonly Example[] {
  const more = moreReplicas(subject)
  if (more === undefined) return []
  const { release } = subject.lowering
  const { name, origin, lifecycle } = subject.main.component
  const usual = usualReplicas(subject)
  const isAbsolute = release.family === 'clusterdefinition'
  const change = (way: 'scaleOut' | 'scaleIn', to: number, by: number) =>
    pair('horizontalScaling', seq([map(pair('componentName', name), isAbsolute ? pair('replicas', to) : pair(way, map(pair('replicaChanges', by))))]))
  const drain =
    isAbsolute && lifecycle?.memberLeave !== undefined
      ? ['First move the data off the last pod: the README says how, and what happens otherwise.']
      : []
  return [
    operation(subject, 'scale-out', {
      about: [`Scales ${name} out, from ${usual} to ${more} pods.`],
      type: 'HorizontalScaling',
      spec: change('scaleOut', more, more - usual),
      origin,
    }),
    operation(subject, 'scale-in', {
      about: [`Scales ${name} in, from the ${more} pods that scale-out.yaml makes to ${more - 1}.`, ...drain],
      type: 'HorizontalScaling',
      spec: change('scaleIn', more - 1, 1),
      origin,
    }),
  ]
}

/** Whether a sharding can have one shard more. */
export function hasMoreShards(subject: Subject): boolean {
  return moreShards(subject) !== undefined
}

function moreShards({ sizes, preset }: Subject): { readonly component: Component; readonly count: number } | undefined {
  const size = sizes.find((candidate) => candidate.shards !== undefined)
  if (size?.shards === undefined) return undefined
  const count = Number(preset(size.shards)) + 1
  return count > (size.component.sharding?.maximum ?? count) ? undefined : { component: size.component, count }
}

function shards(subject: Subject): readonly Example[] {
  const more = moreShards(subject)
  if (more === undefined) return []
  const { component, count } = more
  const { name, origin } = component
  return [
    operation(subject, 'scale-shards', {
      about: [`Makes ${count} shards of ${name}.`],
      type: 'HorizontalScaling',
      spec: pair('horizontalScaling', seq([map(pair('componentName', name), pair('shards', count))])),
      origin,
    }),
  ]
}

function volumes(subject: Subject): readonly Example[] {
  const size = componentWithClaims(subject)
  if (size === undefined) return []
  const { name, origin } = size.component
  const claims = largerVolumes(subject, size)
  const templates = claims.map((claim) => map(pair('name', claim.name), pair('storage', claim.storage)))
  return [
    operation(subject, 'volume-expansion', {
      about: [
        `Expands volumes of ${name}: ${claims.map((claim) => `${claim.name} to ${claim.storage}`).join(', ')}. Their storage class must allow it (allowVolumeExpansion).`,
      ],
      type: 'VolumeExpansion',
      spec: pair('volumeExpansion', seq([map(pair('componentName', name), pair('volumeClaimTemplates', seq(templates)))])),
      origin,
    }),
  ]
}

function larger(current: unknown, wanted: number): number {
  return Number(current) < wanted ? wanted : Number(current) * 2
}
