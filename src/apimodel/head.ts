import { didYouMean } from '../diagnostics/index.ts'
import { fieldOf, textOf } from './json.ts'
import type { KindFacts, Model } from './model.ts'
import type { ApiProblem } from './problem.ts'
import type { Releases } from './ranges.ts'

/** Names of the files that hold a kind: one, or one for each group that defined it in the same release. */
export function filesOf(model: Model, kind: string): readonly string[] {
  return [...model.kinds.keys()].filter((name) => name === kind || name.startsWith(`${kind}.`))
}

/** The facts of a kind as far as a release has it. */
export function factsIn(model: Model, kind: string, release: Releases): readonly KindFacts[] {
  return filesOf(model, kind)
    .filter((name) => ((model.kinds.get(name) ?? 0) & release) !== 0)
    .map((name) => model.kind(name))
}

/** The versions among those of a kind that a release has. */
export function versionsIn(versions: KindFacts['stored'], release: Releases): readonly string[] {
  return versions.filter(([, set]) => (set & release) !== 0).map(([version]) => version)
}

/** Group of an apiVersion; empty for the core group. */
export function groupOf(apiVersion: string): string {
  return apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : ''
}

/** apiVersion and kind of an object; empty where there are none. */
export function headOf(object: unknown): { readonly apiVersion: string; readonly kind: string } {
  return { apiVersion: textOf(fieldOf(object, 'apiVersion')) ?? '', kind: textOf(fieldOf(object, 'kind')) ?? '' }
}

/** Why a release does not store an object: no such kind, or under another version or group. */
export function headProblem(model: Model, release: string, apiVersion: string, kind: string): ApiProblem {
  const { ranges } = model
  const bit = 1 << ranges.names.indexOf(release)
  const facts = factsIn(model, kind, bit)
  const [stored] = facts.flatMap((one) => versionsIn(one.stored, bit))
  if (stored === undefined) return kindProblem(model, release, kind)
  const problem = (message: string): ApiProblem => {
    return { kind: 'api-version', path: ['apiVersion'], at: 'value', message, hint: `write apiVersion: ${stored}`, expected: stored }
  }
  if (facts.some(({ served }) => versionsIn(served, bit).includes(apiVersion)))
    return problem(
      `KubeBlocks ${release} serves ${kind} as ${apiVersion} and stores it as ${stored}: fields that ${stored} does not have are dropped.`,
    )
  const [, elsewhere] = filesOf(model, kind)
    .flatMap((name) => model.kind(name).stored)
    .find(([version]) => version === apiVersion) ?? [apiVersion, 0]
  if (elsewhere === 0) return problem(`KubeBlocks ${release} has no ${kind} of ${apiVersion || 'no apiVersion'}.`)
  const moved = groupOf(apiVersion) === groupOf(stored) ? '' : ', in another group'
  return problem(`${kind} is ${apiVersion} ${ranges.say(elsewhere)}; KubeBlocks ${release} has it as ${stored}${moved}.`)
}

/** Why a release has no kind of a name. The model holds the kinds that addons meet; that it does not hold another says nothing about KubeBlocks. */
function kindProblem(model: Model, release: string, kind: string): ApiProblem {
  const { ranges } = model
  const bit = 1 << ranges.names.indexOf(release)
  const set = filesOf(model, kind).reduce((all, name) => all | (model.kinds.get(name) ?? 0), 0)
  const problem = { path: ['kind'], at: 'value' } as const
  if (set !== 0) {
    const releases = ranges.say(set)
    return { ...problem, kind: 'unknown-kind', message: `KubeBlocks ${release} has no kind ${kind}; it exists ${releases}.`, releases }
  }
  const meant = didYouMean(
    kind,
    [...model.kinds].filter(([, has]) => (has & bit) !== 0).map(([name]) => name),
  )
  if (kind !== '' && meant !== undefined)
    return { ...problem, kind: 'unknown-kind', message: `KubeBlocks ${release} has no kind ${kind}.`, hint: `did you mean "${meant}"?` }
  return {
    ...problem,
    kind: 'not-in-model',
    message: `The API model of KubeBlocks ${release} does not hold ${kind === '' ? 'an object without a kind' : `the kind ${kind}`}.`,
  }
}
