import { type Api, type ApiProblem, loadRules, type ProblemKind } from '../apimodel/index.ts'
import type { Code, Report } from '../diagnostics/index.ts'
import type { Manifest } from '../render/index.ts'

const CODES: Readonly<Record<ProblemKind, Code>> = {
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

/** Checks the objects of KubeBlocks against the API of one release, strictly: what the API server would drop is an error too. */
export async function checkApi(manifests: readonly Manifest[], api: Api, report: Report): Promise<void> {
  const own = manifests.filter(({ apiVersion }) => api.covers(apiVersion))
  const rules = own.some(({ value }) => api.needsRules(value)) ? await loadRules() : undefined
  for (const manifest of own) {
    const problems = api.check(manifest.value, rules === undefined ? {} : { rules })
    for (const problem of problems) report({ ...finding(manifest, problem), kubeblocks: [api.release] })
  }
}

/** A problem at the place in the template that names it best. */
function finding({ kind, name, placeOf }: Manifest, { kind: trouble, path, message, hint, field }: ApiProblem): Parameters<Report>[0] {
  const key = path.findLast((step) => typeof step === 'string')
  return {
    code: CODES[trouble],
    message: `${kind} "${name}": ${message}`,
    place: placeOf(field === undefined && key !== undefined ? `${key}:` : undefined),
    ...(hint === undefined ? {} : { hint }),
  }
}
