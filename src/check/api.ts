import { type Api, type ApiProblem, loadRules, type ProblemKind } from '../apimodel/index.ts'
import type { Code, Finding, Report } from '../diagnostics/index.ts'
import type { Manifest } from '../render/index.ts'

const CODES: Readonly<Record<Exclude<ProblemKind, 'not-in-model'>, Code>> = {
  'unknown-kind': 'api/kind',
  'api-version': 'api/kind',
  'unknown-field': 'api/unknown-field',
  'other-release': 'api/other-release',
  missing: 'api/missing-field',
  null: 'api/type',
  type: 'api/type',
  enum: 'api/value',
  pattern: 'api/value',
  format: 'api/value',
  range: 'api/value',
  length: 'api/value',
  size: 'api/value',
  duplicate: 'api/value',
  combination: 'api/value',
  rule: 'api/rule',
}

/**
 * Checks the objects of KubeBlocks against the API of one release, strictly: what the API server would drop is an error too. Returns what could
 * not be checked, a sentence each.
 */
export async function checkApi(manifests: readonly Manifest[], api: Api, report: Report): Promise<readonly string[]> {
  const own = manifests.filter(({ apiVersion }) => api.covers(apiVersion))
  const rules = own.some(({ value }) => api.needsRules(value)) ? await loadRules() : undefined
  const notChecked: string[] = []
  for (const manifest of own) {
    const { problems, skipped } = api.examine(manifest.value, rules === undefined ? {} : { rules })
    for (const problem of problems) {
      if (problem.kind === 'not-in-model') notChecked.push(`${manifest.kind} "${manifest.name}": ${problem.message}`)
      else report({ ...finding(manifest, problem, CODES[problem.kind]), kubeblocks: [api.release] })
    }
    // Rules about a change need the object of before, and do not apply to a new one.
    for (const { rule, why } of skipped)
      if (why === 'unreadable') notChecked.push(`${manifest.kind} "${manifest.name}": the rule ${rule} cannot be evaluated`)
  }
  return notChecked
}

/** A problem at the place in the template that names it best. */
function finding({ kind, name, placeOf }: Manifest, { path, message, hint, field }: ApiProblem, code: Code): Finding {
  const key = path.findLast((step) => typeof step === 'string')
  return {
    code,
    message: `${kind} "${name}": ${message}`,
    place: placeOf(field === undefined && key !== undefined ? `${key}:` : undefined),
    ...(hint === undefined ? {} : { hint }),
  }
}
