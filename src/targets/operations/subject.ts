import { invariant } from '../../diagnostics/index.ts'
import type { Topology } from '../../model/addon.ts'
import type { Value } from '../../model/chart.ts'
import { mainComponent, type SizedComponent, sizedComponents } from '../cluster/sizes.ts'
import type { Lowering } from '../release.ts'

/** What examples are about: a cluster as the cluster chart makes it when no value is given. */
export interface Subject {
  readonly lowering: Lowering
  /** The components of the default topology. */
  readonly sizes: readonly SizedComponent[]
  /** The one that clients connect to, or else the first. */
  readonly main: SizedComponent
  readonly topology: Topology | undefined
  /** The default of a value of the chart. */
  readonly preset: (value: string) => unknown
  /** Name of the cluster. */
  readonly cluster: string
}

/** Longest name of a cluster that kbcli takes (kbcli release-1.1:pkg/cmd/cluster/create_subcmds.go Validate). */
const MAX_CLUSTER_NAME = 16

export function subjectOf(lowering: Lowering, values: readonly Value[]): Subject {
  const { addon } = lowering
  const topology = addon.topologies.find(({ isDefault }) => isDefault) ?? addon.topologies[0]
  const sizes = sizedComponents(lowering).filter(
    ({ topologies }) => topologies === undefined || topology === undefined || topologies.includes(topology.name),
  )
  const main = sizes.find(({ component }) => component.name === mainComponent(addon)?.name) ?? sizes[0]
  invariant(main !== undefined, 'a topology has no components')
  const presets = new Map(values.flatMap((value) => (value.kind === 'leaf' ? [[value.name, value.default] as const] : [])))
  return { lowering, sizes, main, topology, preset: (name) => presets.get(name), cluster: clusterName(addon.name) }
}

/** A name for a cluster of the addon. */
export function clusterName(addon: string, suffix = ''): string {
  const end = suffix === '' ? '' : `-${suffix}`
  return addon.slice(0, MAX_CLUSTER_NAME - end.length).replace(/-+$/, '') + end
}

/** The number of pods that the main component begins with. */
export function usualReplicas({ main, preset }: Subject): number {
  return Number(preset(main.replicas))
}

/** The first other number of pods that the author recommends. */
export function otherReplicas(subject: Subject): number | undefined {
  const usual = usualReplicas(subject)
  const others = subject.main.component.replicas.recommended.filter((replicas) => replicas !== usual)
  return others.find((replicas) => replicas > usual) ?? others[0]
}

/** The number of pods that the main component is scaled out to; nothing where it cannot have more. */
export function moreReplicas(subject: Subject): number | undefined {
  const usual = usualReplicas(subject)
  const { maximum = Number.POSITIVE_INFINITY } = subject.main.component.replicas
  const more = Math.max(otherReplicas(subject) ?? 0, usual + 1)
  return more <= maximum ? more : undefined
}
