import type { Api } from '../apimodel/index.ts'
import { type Code, catalogue } from '../diagnostics/index.ts'
import { textAt } from '../objects/index.ts'
import { judgeObject, rulesFor } from './api.ts'
import { loadObjectRules } from './objects.ts'

/** Why a KubeBlocks release does not take an object as it is. */
export interface Refusal {
  readonly code: Code
  /** Kind and name of the object. */
  readonly subject: string
  readonly path: string
  readonly message: string
  /** Whether the object can be installed there and loses fields; else it is refused, or is of no use. */
  readonly isLoss: boolean
}

/** The releases that take a chart, one after the other. */
export interface Compatibility {
  readonly first: string
  readonly last: string
}

/**
 * The first and the last release that take all objects a chart renders: from the one that it is made for, down and up until one does not. A
 * release beyond one that does not is never counted, since a range has no gaps; it is not even looked at. `apis` are those of all releases,
 * oldest first.
 */
export async function compatibility(objects: readonly unknown[], release: string, apis: readonly Api[]): Promise<Compatibility> {
  const made = apis.findIndex((api) => api.release === release)
  const farthest = async (others: readonly Api[]): Promise<string> => {
    let last = release
    for (const api of others) {
      if ((await refusals(objects, api)).length > 0) break
      last = api.release
    }
    return last
  }
  return { first: await farthest(apis.slice(0, Math.max(made, 0)).reverse()), last: await farthest(apis.slice(made + 1)) }
}

/**
 * Everything for which a release does not take objects: what its API refuses or drops, and what its operator demands with the severity error.
 * Demands that are the same in every release are left out: they are no matter of the release. `others` are there as well.
 */
export async function refusals(objects: readonly unknown[], api: Api, others: readonly unknown[] = []): Promise<readonly Refusal[]> {
  const own = objects.filter((object) => api.covers(textAt(object, 'apiVersion') ?? ''))
  const rules = await rulesFor(own, api)
  const byApi = own.flatMap((object) =>
    judgeObject(object, api, rules).judgements.flatMap(({ code, problem }) =>
      code !== undefined && isError(code)
        ? [{ code, ...about(object, problem.path), message: problem.message, isLoss: isLoss(code, object, api) }]
        : [],
    ),
  )
  return [...byApi, ...(await demands(objects, api.release, others))]
}

/** The refusals that another release has too, or rather what is left without them: what is wrong everywhere is no matter of the release. */
export function beyond(refused: readonly Refusal[], base: readonly Refusal[]): readonly Refusal[] {
  const known = new Set(base.map(keyOf))
  return refused.filter((refusal) => !known.has(keyOf(refusal)))
}

async function demands(objects: readonly unknown[], release: string, others: readonly unknown[]): Promise<readonly Refusal[]> {
  const { operator, objectRules } = await loadObjectRules()
  const known = operator.operatorReleases.find(({ version }) => version === release)
  if (known === undefined) return []
  const own = objectRules.filter(({ code, releases }) => isError(code) && operator.ALL.some((version) => !releases.includes(version)))
  return operator
    .applyRules(own, known, objects, others)
    .map(({ rule, object, path, message }) => ({ code: rule.code, ...about(object, path), message, isLoss: false }))
}

function isError(code: Code): boolean {
  return catalogue[code].severity === 'error'
}

/** Whether the API server takes the object and drops what the message names: a field, or those that the stored version lacks. */
function isLoss(code: Code, object: unknown, api: Api): boolean {
  if (code === 'api/unknown-field' || code === 'api/other-release') return true
  return code === 'api/kind' && api.factsOf(textAt(object, 'kind') ?? '')?.served.includes(textAt(object, 'apiVersion') ?? '') === true
}

function about(object: unknown, path: readonly (string | number)[]): { readonly subject: string; readonly path: string } {
  return { subject: `${textAt(object, 'kind')} "${textAt(object, 'metadata', 'name')}"`, path: path.join('.') }
}

function keyOf({ code, subject, path }: Refusal): string {
  return JSON.stringify([code, subject, path])
}
