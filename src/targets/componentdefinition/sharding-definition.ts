import { type Entry, map, type Node, pair } from '../../gotemplate/index.ts'
import type { ResolvedAddon, Sharding } from '../../model/addon.ts'
import type { ComponentDefinitionLowering } from '../release.ts'
import type { Lost } from '../shared/lost.ts'
import { metadata, object } from '../shared/metadata.ts'
import { isSame } from '../shared/same.ts'
import { shardActions } from './actions.ts'
import { componentBase, type Definition, definitionsNamed } from './definitions.ts'
import { keptAnnotations } from './marks.ts'
import { componentPattern, versionedName } from './names.ts'

/** The definition whose shards count for all lines: the first that has them. */
function shardTemplate(addon: ResolvedAddon, component: string): Definition | undefined {
  return definitionsNamed(addon, component).find((definition) => definition.component.sharding !== undefined)
}

/** Reports the lines whose shards are otherwise than those of the one ShardingDefinition. */
export function reportShardsOfLines({ addon, release }: ComponentDefinitionLowering, component: string, lost: Lost): void {
  const template = shardTemplate(addon, component)
  if (template === undefined || release.api === 'v1alpha1') return
  for (const { component: other, line } of definitionsNamed(addon, component)) {
    if (!isSame(other.sharding, template.component.sharding))
      lost(
        'target/line-lost',
        other.sharding?.origin ?? other.origin,
        `all lines have one definition of shards: those of the line ${line.name} are as in the line ${template.line.name}.`,
      )
  }
}

/** The ShardingDefinition of a component that is the template of shards (apps.kubeblocks.io/v1; API.md 2.15); none before 1.0. */
export function shardingDefinitions(lowering: ComponentDefinitionLowering, component: string): readonly Node[] {
  const { addon, release } = lowering
  const definition = shardTemplate(addon, component)
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
