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

/** What a release refuses of the objects it was asked about. */
export type Judge = (api: Api) => Promise<readonly Refusal[]>

/**
 * The first and the last release that take all objects a chart renders: from the one that it is made for, down and up until one does not. A
 * release beyond one that does not is never counted, since a range has no gaps; it is not even looked at. `apis` are those of all releases,
 * oldest first.
 */
export async function compatibility(objects: readonly unknown[], made: Api, apis: readonly Api[]): Promise<Compatibility> {
  const index = apis.indexOf(made)
  const judge = judgeFor(objects, made)
  const farthest = async (others: readonly Api[]): Promise<string> => {
    let last = made.release
    for (const api of others) {
      if ((await judge(api)).length > 0) break
      last = api.release
    }
    return last
  }
  return { first: await farthest(apis.slice(0, Math.max(index, 0)).reverse()), last: await farthest(apis.slice(index + 1)) }
}

/**
 * What other releases than the one a chart is made for refuse of its objects: what their APIs refuse or drop, and what their operators demand
 * with the severity error. What is wrong in its own release as well is no matter of the release, and neither are demands that are the same in
 * all of them. The operator is not asked where the API refuses an object. `others` are there as well.
 */
export function judgeFor(objects: readonly unknown[], made: Api, others: readonly unknown[] = []): Judge {
  const own = objects.filter((object) => isStored(object, made))
  let byApi: Promise<readonly Refusal[]> | undefined
  let byOperator: Promise<readonly Refusal[]> | undefined
  return async (api) => {
    // What is not there at all says enough, and needs no look at its fields.
    const gone = (
      await ofApi(
        own.filter((object) => !isStored(object, api)),
        api,
      )
    ).filter((refusal) => !refusal.isLoss)
    if (gone.length > 0) return gone
    const refused = await ofApi(own, api)
    if (refused.length > 0) byApi ??= ofApi(own, made)
    const left = beyond(refused, (await byApi) ?? [])
    if (left.some((refusal) => !refusal.isLoss)) return left
    const demanded = await ofOperator(objects, api.release, others)
    if (demanded.length > 0) byOperator ??= ofOperator(objects, made.release, others)
    return [...left, ...beyond(demanded, (await byOperator) ?? [])]
  }
}

function beyond(refused: readonly Refusal[], base: readonly Refusal[]): readonly Refusal[] {
  const known = new Set(base.map(keyOf))
  return refused.filter((refusal) => !known.has(keyOf(refusal)))
}

async function ofApi(own: readonly unknown[], api: Api): Promise<readonly Refusal[]> {
  const rules = await rulesFor(own, api)
  return own.flatMap((object) =>
    judgeObject(object, api, rules).judgements.flatMap(({ code, problem: { path, message } }) =>
      code !== undefined && isError(code) ? [{ code, ...about(object, path), message, isLoss: isLoss(code, object, api) }] : [],
    ),
  )
}

async function ofOperator(objects: readonly unknown[], release: string, others: readonly unknown[]): Promise<readonly Refusal[]> {
  const { operator, objectRules } = await loadObjectRules()
  const known = operator.operatorReleases.find(({ version }) => version === release)
  if (known === undefined) return []
  const own = objectRules.filter(({ code, releases }) => isError(code) && operator.ALL.some((version) => !releases.includes(version)))
  return operator
    .applyRules(own, known, objects, others)
    .map(({ rule, object, path, message }) => ({ code: rule.code, ...about(object, path), message, isLoss: false }))
}

function isStored(object: unknown, api: Api): boolean {
  return api.schemaOf(textAt(object, 'apiVersion') ?? '', textAt(object, 'kind') ?? '') !== undefined
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
