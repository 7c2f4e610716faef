import type { Api } from '../apimodel/index.ts'
import { textAt } from '../objects/index.ts'
import { releasesIn } from './releases-in.ts'

/** The KubeBlocks release a chart is checked against, and how it was come by. */
export interface ChosenRelease {
  readonly release: string
  readonly how: 'said by the chart' | 'said by the charts beside it' | 'least that the chart allows' | 'inferred from its objects'
  /** What the chart says of releases that says nothing: a release or a range of none that is known. */
  readonly unknown?: 'release' | 'range'
}

/** What a chart says of the releases it is for, and the APIs to choose from, oldest first. */
export interface ReleaseQuestion {
  readonly kubeblocks: string | undefined
  readonly range: string | undefined
  /** The release that all charts of the run say, for what says nothing itself. */
  readonly beside?: string | undefined
  readonly objects: readonly unknown[]
  readonly apis: readonly Api[]
}

/**
 * The release to check a chart against when the user names none: the one the chart is made for; else the lowest that its range allows and that
 * serves its objects; else the one of all charts beside it; else, of all that serve its objects, the one whose API accepts most, the newest of equals. Undefined when there is nothing of KubeBlocks.
 */
export function chooseRelease({ kubeblocks, range, beside, objects, apis }: ReleaseQuestion): ChosenRelease | undefined {
  if (kubeblocks !== undefined && apis.some(({ release }) => release === kubeblocks)) return { release: kubeblocks, how: 'said by the chart' }
  const [any] = apis
  const own = objects.filter((object) => any?.covers(textAt(object, 'apiVersion') ?? '') === true)
  if (own.length === 0) return undefined
  const serving = apis.filter((api) => own.every((object) => serves(api, object)))
  const allowed = range === undefined ? [] : releasesIn(range, apis)
  const [lowest] = allowed
  const unknown = kubeblocks !== undefined ? ('release' as const) : range !== undefined && lowest === undefined ? ('range' as const) : undefined
  const told = unknown === undefined ? {} : { unknown }
  if (lowest !== undefined) {
    const fitting = allowed.find((api) => serving.includes(api)) ?? lowest
    return { release: fitting.release, how: 'least that the chart allows', ...told }
  }
  if (unknown === undefined && beside !== undefined && apis.some(({ release }) => release === beside))
    return { release: beside, how: 'said by the charts beside it' }
  const candidates = serving.length > 0 ? serving : apis
  const problems = new Map(candidates.map((api) => [api, own.reduce<number>((sum, object) => sum + api.check(object).length, 0)]))
  const least = Math.min(...problems.values())
  const best = candidates.findLast((api) => problems.get(api) === least)
  return best && { release: best.release, how: 'inferred from its objects', ...told }
}

function serves(api: Api, object: unknown): boolean {
  return api.schemaOf(textAt(object, 'apiVersion') ?? '', textAt(object, 'kind') ?? '') !== undefined
}
