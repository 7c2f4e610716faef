import { type Api, type ApiProblem, loadRules, type ProblemKind } from '../apimodel/index.ts'
import type { Code, Finding, Report } from '../diagnostics/index.ts'
import { type Manifest, withRelated } from '../render/index.ts'

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
    const options = rules === undefined ? {} : { rules }
    const { problems, skipped } = api.examine(manifest.value, options)
    const refusesNulls = problems.some(({ kind }) => kind === 'null') ? api.examine(manifest.value, { ...options, mode: 'exact' }).problems : []
    for (const problem of problems) {
      if (problem.kind === 'null' && !refusesNulls.some((refused) => isAbout(refused, problem.path)))
        report({ ...finding(manifest, problem, 'api/null'), kubeblocks: [api.release] })
      else if (problem.kind === 'not-in-model') notChecked.push(`${manifest.kind} "${manifest.name}": ${problem.message}`)
      else report({ ...finding(manifest, problem, CODES[problem.kind]), kubeblocks: [api.release] })
    }
    // Rules about a change need the object of before, and do not apply to a new one.
    for (const { rule, why } of skipped)
      if (why === 'unreadable') notChecked.push(`${manifest.kind} "${manifest.name}": the rule ${rule} cannot be evaluated`)
  }
  return notChecked
}

/** Whether a problem is about the null at a path: that it is there, or that the field is missing once it is dropped. */
function isAbout({ path, field }: ApiProblem, place: ApiProblem['path']): boolean {
  return [...path, ...(field === undefined ? [] : [field])].join('\n') === place.join('\n')
}

/** A problem at the place in the template that names it best. */
function finding({ kind, name, placeOf, related }: Manifest, { path, message, hint }: ApiProblem, code: Code): Finding {
  return {
    code,
    message,
    subjects: [`${kind} "${name}"`],
    place: placeOf(path),
    ...withRelated(related(path)),
    ...(hint === undefined ? {} : { hint }),
  }
}
