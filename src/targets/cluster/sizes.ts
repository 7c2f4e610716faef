import type { Component, ResolvedAddon, Volume } from '../../model/addon.ts'
import { withAllLines } from '../clusterdefinition/lines.ts'
import { isShard } from '../componentdefinition/cluster-definition.ts'
import type { Lowering } from '../release.ts'
import { facedComponent } from '../shared/face.ts'

/** A component of a cluster with the names of the values that size it. */
export interface SizedComponent {
  readonly component: Component
  /** Topologies that have it; undefined for one that is in all. */
  readonly topologies: readonly string[] | undefined
  readonly replicas: string
  readonly cpu: string
  readonly memory: string
  readonly claims: readonly { readonly volume: Claim; readonly value: string }[]
  /** Name of the value with the number of shards, where the component is the template of some. */
  readonly shards: string | undefined
}

export type Claim = Extract<Volume, { readonly kind: 'claim' }>

/**
 * The components that clusters are made of. The one that clients connect to has the plain names, which kbcli uses in its examples (`--replicas`,
 * `--cpu`, `--memory`, `--storage`); the others have theirs in front: `etcdReplicas`. All are flat, since kbcli before 1.0 gives no nested values.
 */
export function sizedComponents(lowering: Lowering): readonly SizedComponent[] {
  const { components, topologies } = withAllLines(lowering.addon)
  const main = mainComponent(lowering.addon)
  return components.map((component) => {
    const named = (...words: readonly string[]) => camelCase([...(component.name === main?.name ? [] : [component.name]), ...words].join('-'))
    const having = topologies.filter(({ components: own }) => own.includes(component.name)).map(({ name }) => name)
    const claims = component.volumes.filter((volume): volume is Claim => volume.kind === 'claim')
    return {
      component,
      topologies: having.length === topologies.length ? undefined : having,
      replicas: named('replicas'),
      cpu: named('cpu'),
      memory: named('memory'),
      claims: claims.map((volume, index) => ({ volume, value: index === 0 ? named('storage') : named(volume.name, 'storage') })),
      shards: isTemplateOfShards(lowering, component) ? named('shards') : undefined,
    }
  })
}

/** The component that clients connect to; the first of an addon that offers nothing. */
export function mainComponent(addon: ResolvedAddon): Component | undefined {
  return facedComponent(addon) ?? addon.components[0]
}

function isTemplateOfShards(lowering: Lowering, { name }: Component): boolean {
  const { release } = lowering
  return release.family === 'componentdefinition' && isShard({ ...lowering, release }, name)
}

/**
 * `etcd-log-storage` as `etcdLogStorage`, and `node2-pool` as `node2pool`: kbcli makes flags of names and names of flags, which leads back to the name only
 * where each capital follows a small letter (src/kbcli/strcase.ts).
 */
export function camelCase(name: string): string {
  return name.split(/-+/).reduce((joined, part) => joined + (/[a-z]$/.test(joined) ? part.charAt(0).toUpperCase() + part.slice(1) : part))
}
