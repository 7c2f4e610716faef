import { type Entry, expr, includeWith, map, type Node, pair, toJson, values } from '../../gotemplate/index.ts'
import type { Value } from '../../model/chart.ts'
import type { Release } from '../release.ts'
import type { SizedComponent } from './sizes.ts'

/** Kbcli of 1.x has flags of its own for these, which it writes into the Cluster; before, it has only what charts give (kbcli release-1.1:pkg/cmd/cluster/create_subcmds.go). */
export function schedulingValues(release: Release): readonly Value[] {
  const ownFlag = hasSchedulingPolicy(release) ? { isFlag: false as const } : {}
  const list = { anyOf: [{ type: 'array', items: { type: 'string' } }, { enum: [''] }] }
  const value = (
    name: string,
    description: string,
    preset: unknown,
    schema: Readonly<Record<string, unknown>>,
    isFlag: { isFlag?: false },
  ): Value => ({
    kind: 'leaf',
    name,
    description,
    default: preset,
    schema,
    ...isFlag,
  })
  const never = { isFlag: false as const }
  return [
    value(
      'podAntiAffinity',
      'Whether pods of a component are kept apart if possible (Preferred), or always (Required).',
      'Preferred',
      { type: 'string', enum: ['Preferred', 'Required'] },
      ownFlag,
    ),
    value('topologyKeys', 'Labels of nodes between whose values pods are spread; empty for the nodes themselves.', [], list, never),
    value(
      'tenancy',
      'Whether nodes are shared among the pods of a component (SharedNode), or each has one of its own (DedicatedNode).',
      'SharedNode',
      { type: 'string', enum: ['SharedNode', 'DedicatedNode'] },
      ownFlag,
    ),
    value(
      'nodeLabels',
      'Labels that nodes must have.',
      {},
      { anyOf: [{ type: 'object', additionalProperties: { type: 'string' } }, { enum: [''] }] },
      never,
    ),
    value(
      'tolerations',
      'Tolerations of the pods, as in a PodSpec.',
      [],
      { anyOf: [{ type: 'array', items: { type: 'object' } }, { enum: [''] }] },
      never,
    ),
  ]
}

/** Whether a release has `schedulingPolicy` of components instead of `affinity` and `tolerations` (API.md 2.19). */
export function hasSchedulingPolicy(release: Release): boolean {
  return release.family === 'componentdefinition' && release.api === 'v1'
}

/** `spec.affinity` and `spec.tolerations`, up to 0.9. */
export function affinity(): Entry[] {
  const given = (name: string): Entry[] => [{ kind: 'if', condition: values(name), body: pair(name, expr(toJson(values(name)), 'raw')) }]
  return [
    ...pair(
      'affinity',
      map(
        pair('podAntiAffinity', expr(values('podAntiAffinity'))),
        given('topologyKeys'),
        given('nodeLabels'),
        pair('tenancy', expr(values('tenancy'))),
      ),
    ),
    ...given('tolerations'),
  ]
}

/** `schedulingPolicy` of a component, from 1.0 on; made by a helper of the chart. Shards of one sharding are kept apart together. */
export function schedulingPolicy(chart: string, size: SizedComponent): Node {
  return map([{ kind: 'spread', code: includeWith(`${chart}.schedulingPolicy`, podLabelOf(size), size.component.name) }])
}

/** The label with which pods name their component, or the sharding that they are of. */
export function podLabelOf({ shards }: SizedComponent): string {
  return shards === undefined ? 'apps.kubeblocks.io/component-name' : 'apps.kubeblocks.io/sharding-name'
}
