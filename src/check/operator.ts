import type { Code, Report } from '../diagnostics/index.ts'
import type { Effect } from '../operator/index.ts'
import type { Manifest } from '../render/index.ts'

const CODES: Readonly<Record<Effect, Code>> = { refused: 'operator/refused', fails: 'operator/fails', silent: 'operator/silent' }

/** Rules about what another addon may bring: the definitions that a topology names. */
const MAY_BE_ELSEWHERE: readonly string[] = ['topology/definition']

/**
 * Checks what the operator of a release demands of objects beyond their API (API.md 4). Returns what could not be checked, a sentence each:
 * a model of the API can be imported for any release, and the rules of its operator cannot. `isWhole` says that a chart brings all it names.
 */
export async function checkOperator(
  manifests: readonly Manifest[],
  kubeblocks: string,
  report: Report,
  { isWhole }: { readonly isWhole: boolean },
): Promise<readonly string[]> {
  // Building without Helm needs no rules of the operator.
  const { operatorReleases, validateObjects } = await import('../operator/index.ts')
  const operator = operatorReleases.find(({ version }) => version === kubeblocks)
  if (operator === undefined) return [`the rules of the operator of KubeBlocks ${kubeblocks} are not known`]
  // What is wrong with a foreign chart of the first generations, the rules of `rules/` say.
  if (!isWhole && !operator.forms.includes('ComponentDefinition')) return []
  const objects = manifests.map(({ value }) => value)
  for (const { rule, kind, name, path, message } of validateObjects(operator, objects)) {
    const manifest = manifests.find((candidate) => candidate.kind === kind && candidate.name === name)
    report({
      code: !isWhole && MAY_BE_ELSEWHERE.includes(rule.name) ? 'operator/elsewhere' : CODES[rule.effect],
      message: `${kind} "${name}": ${message}`,
      kubeblocks: [kubeblocks],
      ...(manifest === undefined ? {} : { place: manifest.placeOf(path) }),
    })
  }
  return []
}
