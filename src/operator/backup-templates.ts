import { at, listAt, textAt } from '../objects/index.ts'
import { nameMatches, nameOf, ofKind } from './matching.ts'
import type { OperatorRelease } from './releases.ts'

/** The label with the ClusterDefinition whose clusters find a BackupPolicyTemplate. */
export const DEFINITION_LABEL = 'clusterdefinition.kubeblocks.io/name'

/** apps.kubeblocks.io has a list of policies in one template; dataprotection.kubeblocks.io, from 1.0 on, one template for each. */
export function policiesOf(template: unknown): readonly unknown[] {
  return at(template, 'spec', 'backupPolicies') === undefined ? [at(template, 'spec')] : listAt(template, 'spec', 'backupPolicies')
}

/** Whether a policy is for a definition: the componentDef of a ClusterDefinition, or a ComponentDefinition that a pattern matches. */
export function isPolicyFor(release: OperatorRelease, policy: unknown, definition: string): boolean {
  return (
    textAt(policy, 'componentDefRef') === definition ||
    [...listAt(policy, 'componentDefs'), ...listAt(policy, 'compDefs')].some((pattern) => nameMatches(release, definition, String(pattern)))
  )
}

/** The ClusterDefinitions in whose topologies a ComponentDefinition is. */
export function topologyOwners(release: OperatorRelease, objects: readonly unknown[], definition: string): readonly string[] {
  return ofKind(objects, 'ClusterDefinition')
    .filter((candidate) =>
      listAt(candidate, 'spec', 'topologies')
        .flatMap((topology) => listAt(topology, 'components'))
        .some((component) => nameMatches(release, definition, textAt(component, 'compDef') ?? '')),
    )
    .map(nameOf)
}

/** The ClusterDefinition that a template is labelled with: the controller does it when the template names one. */
export function labelledDefinition(template: unknown): string | undefined {
  return textAt(template, 'spec', 'clusterDefinitionRef') || textAt(template, 'metadata', 'labels', DEFINITION_LABEL)
}
