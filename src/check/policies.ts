import { textAt } from '../objects/index.ts'
import { type Item, itemsAt, nameOf, type OperatorRelease, ofKind, whole } from '../operator/index.ts'
import { definitionsMatching } from './parts.ts'

/** Names of ComponentDefinitions that a policy is for, as it writes them. */
export function policyPatterns(policy: Item): readonly string[] {
  return [...itemsAt(policy, 'componentDefs'), ...itemsAt(policy, 'compDefs')].map(({ item }) => String(item))
}

/** The ComponentDefinitions that a policy is for. */
export function policyDefinitions(release: OperatorRelease, policy: Item, objects: readonly unknown[]): readonly unknown[] {
  return policyPatterns(policy).flatMap((pattern) => definitionsMatching(release, objects, pattern))
}

/** The component of a ClusterDefinition that a policy is for. */
export function policyComponent(template: unknown, policy: Item, objects: readonly unknown[]): Item | undefined {
  const definition = ofKind(objects, 'ClusterDefinition').find((candidate) => nameOf(candidate) === textAt(template, 'spec', 'clusterDefinitionRef'))
  return itemsAt(whole(definition), 'spec', 'componentDefs').find(({ item }) => textAt(item, 'name') === textAt(policy.item, 'componentDefRef'))
}
