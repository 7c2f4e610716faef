import type { Report } from '../diagnostics/index.ts'
import { type Manifest, withRelated } from '../render/index.ts'

/**
 * Applies every rule that holds for a KubeBlocks release to the objects of a chart. `others` are objects of charts beside it. Returns what
 * could not be checked, a sentence each: a model of the API can be imported for any release, and the rules of its operator cannot.
 */
export async function checkObjects(
  manifests: readonly Manifest[],
  kubeblocks: string,
  report: Report,
  others: readonly unknown[] = [],
): Promise<readonly string[]> {
  // Building without Helm needs no rules.
  const [{ applyRules, operatorReleases }, { objectRules }] = await Promise.all([import('../operator/index.ts'), import('./rules/index.ts')])
  const operator = operatorReleases.find(({ version }) => version === kubeblocks)
  if (operator === undefined) return [`the rules of the operator of KubeBlocks ${kubeblocks} are not known`]
  const manifestOf = new Map(manifests.map((manifest) => [manifest.value, manifest]))
  for (const { rule, object, path, message, hint } of applyRules(objectRules, operator, [...manifestOf.keys()], others)) {
    const manifest = manifestOf.get(object)
    if (manifest === undefined) continue
    report({
      code: rule.code,
      message: `${manifest.kind} "${manifest.name}": ${message}`,
      kubeblocks: [kubeblocks],
      place: manifest.placeOf(path),
      ...withRelated(manifest.related(path)),
      ...(hint === undefined ? {} : { hint }),
    })
  }
  return []
}
