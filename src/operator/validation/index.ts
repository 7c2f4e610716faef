import { at } from '../../objects/index.ts'
import { nameOf } from '../matching.ts'
import type { OperatorRelease } from '../releases.ts'
import { actionRules } from './actions.ts'
import { backupRules } from './backup.ts'
import { componentDefinitionRules } from './component-definition.ts'
import { crdApiVersion } from './gate.ts'
import type { Finding, ValidationRule } from './rule.ts'
import { templateRules } from './templates.ts'
import { topologyRules } from './topologies.ts'
import { versionRules } from './versions.ts'
import { volumeRules } from './volumes.ts'

export type { Effect, Finding, ObjectPath, ValidationRule } from './rule.ts'

/** Everything operators demand of the objects of a chart beyond their CRDs, as far as the chart alone can show it; sorted by name. */
export const validationRules: readonly ValidationRule[] = [
  ...actionRules,
  ...backupRules,
  ...componentDefinitionRules,
  crdApiVersion,
  ...templateRules,
  ...topologyRules,
  ...versionRules,
  ...volumeRules,
].sort((a, b) => (a.name < b.name ? -1 : 1))

/** A finding, with the rule and the object it is about. */
export interface OperatorFinding extends Finding {
  readonly rule: ValidationRule
  readonly kind: string
  readonly name: string
}

/** What a release's operator refuses, or takes without a word and does not do, in the rendered objects of a chart. */
export function validateObjects(release: OperatorRelease, objects: readonly unknown[]): readonly OperatorFinding[] {
  return validationRules
    .filter(({ releases }) => releases.includes(release.version))
    .flatMap((rule) =>
      objects
        .filter((object) => rule.kinds.includes(String(at(object, 'kind'))))
        .flatMap((object) =>
          rule.check(object, objects, release).map((finding) => ({ ...finding, rule, kind: String(at(object, 'kind')), name: nameOf(object) })),
        ),
    )
}
