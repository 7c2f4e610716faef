import { type Api, type ApiProblem, loadRules, type ProblemKind, type RuleEngine } from '../apimodel/index.ts'
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

/** A problem with its code; none when the model does not hold the kind, so that nothing is known. */
export interface ApiJudgement {
  readonly code: Code | undefined
  readonly problem: ApiProblem
}

/** What the API of a release says about an object of KubeBlocks, strictly, and the rules that cannot be evaluated. */
export function judgeObject(
  value: unknown,
  api: Api,
  rules: RuleEngine | undefined,
): { readonly judgements: readonly ApiJudgement[]; readonly unreadable: readonly string[] } {
  const options = rules === undefined ? {} : { rules }
  const { problems, skipped } = api.examine(value, options)
  const refusesNulls = problems.some(({ kind }) => kind === 'null') ? api.examine(value, { ...options, mode: 'exact' }).problems : []
  const codeOf = ({ kind, path }: ApiProblem): Code | undefined => {
    if (kind === 'not-in-model') return undefined
    return kind === 'null' && !refusesNulls.some((refused) => isAbout(refused, path)) ? 'api/null' : CODES[kind]
  }
  return {
    judgements: problems.map((problem) => ({ code: codeOf(problem), problem })),
    // Rules about a change need the object of before, and do not apply to a new one.
    unreadable: skipped.filter(({ why }) => why === 'unreadable').map(({ rule }) => rule),
  }
}

/** What evaluates the CEL rules of the objects; nothing when they have none. */
export async function rulesFor(objects: readonly unknown[], api: Api): Promise<RuleEngine | undefined> {
  return objects.some((object) => api.needsRules(object)) ? await loadRules() : undefined
}

/**
 * Checks the objects of KubeBlocks against the API of one release, strictly: what the API server would drop is an error too. Returns what could
 * not be checked, a sentence each.
 */
export async function checkApi(manifests: readonly Manifest[], api: Api, report: Report): Promise<readonly string[]> {
  const own = manifests.filter(({ apiVersion }) => api.covers(apiVersion))
  const rules = await rulesFor(
    own.map(({ value }) => value),
    api,
  )
  const notChecked: string[] = []
  for (const manifest of own) {
    const { judgements, unreadable } = judgeObject(manifest.value, api, rules)
    for (const { code, problem } of judgements) {
      if (code === undefined) notChecked.push(`${manifest.kind} "${manifest.name}": ${problem.message}`)
      else report({ ...finding(manifest, problem, code), kubeblocks: [api.release] })
    }
    for (const rule of unreadable) notChecked.push(`${manifest.kind} "${manifest.name}": the rule ${rule} cannot be evaluated`)
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
