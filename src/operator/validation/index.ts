import { at } from '../../objects/index.ts'
import type { OperatorRelease } from '../releases.ts'
import { actionRules } from './actions.ts'
import { backupRules } from './backup.ts'
import { clusterPartRules } from './cluster-parts.ts'
import { clusterRules } from './clusters.ts'
import { componentDefinitionRules } from './component-definition.ts'
import { crdApiVersion } from './gate.ts'
import { operationRules } from './operations.ts'
import { parameterRules } from './parameters.ts'
import { requestReferenceRules } from './request-references.ts'
import { requestRules } from './requests.ts'
import type { Finding, ValidationRule } from './rule.ts'
import { extensionRules } from './shards-and-sidecars.ts'
import { templateRules } from './templates.ts'
import { topologyRules } from './topologies.ts'
import { versionRules } from './versions.ts'
import { volumeRules } from './volumes.ts'
import { webhookRules } from './webhook.ts'

export type { Finding, ObjectPath, ValidationRule } from './rule.ts'

/** Everything operators demand of the objects of a chart beyond their CRDs, as far as the chart alone can show it; sorted by code. */
export const validationRules: readonly ValidationRule[] = [
  ...actionRules,
  ...backupRules,
  ...clusterPartRules,
  ...clusterRules,
  ...componentDefinitionRules,
  crdApiVersion,
  ...extensionRules,
  ...operationRules,
  ...parameterRules,
  ...requestReferenceRules,
  ...requestRules,
  ...templateRules,
  ...topologyRules,
  ...versionRules,
  ...volumeRules,
  ...webhookRules,
].sort((a, b) => (a.code < b.code ? -1 : 1))

/** A finding, with the rule and the object it is about. */
export interface OperatorFinding extends Finding {
  readonly rule: ValidationRule
  readonly object: unknown
}

/** What rules that hold for a release say about objects; `others` are there as well, and nothing is said about them. */
export function applyRules(
  rules: readonly ValidationRule[],
  release: OperatorRelease,
  objects: readonly unknown[],
  others: readonly unknown[] = [],
): readonly OperatorFinding[] {
  return rules
    .filter(({ releases }) => releases.includes(release.version))
    .flatMap((rule) =>
      objects
        .filter((object) => rule.kinds === 'all' || rule.kinds.includes(String(at(object, 'kind'))))
        .flatMap((object) => rule.check(object, objects, release, others).map((finding) => ({ ...finding, rule, object }))),
    )
}

/** What a release's operator refuses, or takes without a word and does not do, in the rendered objects of a chart. */
export function validateObjects(release: OperatorRelease, objects: readonly unknown[]): readonly OperatorFinding[] {
  return applyRules(validationRules, release, objects)
}
