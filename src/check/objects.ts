import type { Report } from '../diagnostics/index.ts'
import { type Manifest, withRelated } from '../render/index.ts'
import type { ObjectRule } from './rule.ts'

interface ObjectRules {
  readonly operator: typeof import('../operator/index.ts')
  readonly objectRules: readonly ObjectRule[]
}

/** The rules and what they need; building without Helm needs neither. */
export async function loadObjectRules(): Promise<ObjectRules> {
  const [operator, { objectRules }] = await Promise.all([import('../operator/index.ts'), import('./rules/index.ts')])
  return { operator, objectRules }
}

/**
 * Applies every rule that holds for a KubeBlocks release to the objects of a chart; without a release, those that hold for every one. `others`
 * are objects of charts beside it. Returns what could not be checked, a sentence each: a model of the API can be imported for any release,
 * and the rules of its operator cannot.
 */
export async function checkObjects(
  manifests: readonly Manifest[],
  kubeblocks: string | undefined,
  report: Report,
  others: readonly unknown[] = [],
): Promise<readonly string[]> {
  const { operator, objectRules } = await loadObjectRules()
  const { ALL, applyRules, operatorReleases } = operator
  const release = kubeblocks === undefined ? operatorReleases.at(-1) : operatorReleases.find(({ version }) => version === kubeblocks)
  if (release === undefined) return [`the rules of the operator of KubeBlocks ${kubeblocks} are not known`]
  const isGeneral = ({ releases }: ObjectRule) => ALL.every((version) => releases.includes(version))
  const rules = kubeblocks === undefined ? objectRules.filter(isGeneral) : objectRules
  const manifestOf = new Map(manifests.map((manifest) => [manifest.value, manifest]))
  for (const { rule, object, path, message, hint } of applyRules(rules, release, [...manifestOf.keys()], others)) {
    const manifest = manifestOf.get(object)
    if (manifest === undefined) continue
    report({
      code: rule.code,
      message,
      subjects: [`${manifest.kind} "${manifest.name}"`],
      ...(kubeblocks === undefined || isGeneral(rule) ? {} : { kubeblocks: [kubeblocks] }),
      place: manifest.placeOf(path),
      ...withRelated(manifest.related(path)),
      ...(hint === undefined ? {} : { hint }),
    })
  }
  return []
}
