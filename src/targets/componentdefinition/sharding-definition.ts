import { type Entry, map, type Node, pair } from '../../gotemplate/index.ts'
import type { Sharding } from '../../model/addon.ts'
import type { ComponentDefinitionLowering } from '../release.ts'
import { metadata, object } from '../shared/metadata.ts'
import { shardActions } from './actions.ts'
import { componentBase, definitionsNamed } from './definitions.ts'
import { keptAnnotations } from './marks.ts'
import { componentPattern, versionedName } from './names.ts'

/** The ShardingDefinition of a component that is the template of shards (apps.kubeblocks.io/v1; API.md 2.15); none before 1.0. */
export function shardingDefinitions(lowering: ComponentDefinitionLowering, component: string): readonly Node[] {
  const { addon, release } = lowering
  const [definition] = definitionsNamed(addon, component)
  const sharding = definition?.component.sharding
  if (definition === undefined || sharding === undefined || release.api === 'v1alpha1') return []
  const { origin } = definition.component
  return [
    object(
      'apps.kubeblocks.io/v1',
      'ShardingDefinition',
      metadata(addon.name, versionedName(lowering, componentBase(addon, component), origin), { annotations: keptAnnotations(release) }),
      pair(
        'spec',
        map(
          pair('template', map(pair('compDef', componentPattern(lowering, component, origin)))),
          limits(sharding),
          shardActions(lowering, definition, sharding),
        ),
        { origin: sharding.origin },
      ),
    ),
  ]
}

function limits({ minimum, maximum }: Sharding): Entry[] {
  return pair('shardsLimit', map(pair('minShards', minimum), pair('maxShards', maximum)))
}
