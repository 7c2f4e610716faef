import type { Api } from '../apimodel/index.ts'
import { type ChartIdentity, judgeFor, type Refusal } from '../check/index.ts'
import type { Code, Report } from '../diagnostics/index.ts'
import { releasesIn } from './releases-in.ts'

/** A chart that says which KubeBlocks versions it can be installed in, and what it renders. */
export interface RangeSubject {
  readonly range: ChartIdentity['range']
  /** The release that it is checked against. */
  readonly release: string
  readonly objects: readonly unknown[]
  /** Objects of charts beside it. */
  readonly others: readonly unknown[]
}

interface Judged {
  readonly release: string
  readonly refused: readonly Refusal[]
}

/**
 * Reports known releases that the range of a chart lets it into and that do not take it. What is wrong in the release it is checked against
 * too is reported there, and is no matter of the range. Of releases that are not known yet nothing is said.
 */
export async function checkRange({ range, release, objects, others }: RangeSubject, apis: readonly Api[], report: Report): Promise<void> {
  const own = apis.find((api) => api.release === release)
  if (range === undefined || own === undefined) return
  const allowed = releasesIn(range.text, apis).filter((api) => api.release !== release)
  if (allowed.length === 0) return
  const judge = judgeFor(objects, own, others)
  const judged: Judged[] = []
  for (const api of allowed) judged.push({ release: api.release, refused: await judge(api) })
  const indexOf = (wanted: string): number => apis.findIndex((api) => api.release === wanted)
  const made = indexOf(release)
  // From the release that it is checked against outwards.
  const below = judged.filter((one) => indexOf(one.release) < made).reverse()
  const above = judged.filter((one) => indexOf(one.release) > made)
  if (judged.every(({ refused }) => refused.length === 0)) return
  // Charts without trouble do not wait for all that makes charts.
  const { rangeOf } = await import('../targets/index.ts')
  const [from, to] = rangeOf(lastTaken(below, release), lastTaken(above, release)).split(', ')
  const sides = [
    { judged: below, code: 'chart/kubeblocks-floor', hint: `let the range begin with ${from}` },
    { judged: above, code: 'chart/kubeblocks-ceiling', hint: `let the range end with ${to}` },
  ] as const
  for (const side of sides) {
    const isRefused = ({ refused }: Judged) => refused.some(({ isLoss }) => !isLoss)
    const tell = (code: Code, which: readonly Judged[], what: (subject: string) => string, isReason: (refusal: Refusal) => boolean): void => {
      const reason = which[0]?.refused.find(isReason)
      if (reason === undefined) return
      const message = `The range "${range.text}" lets the chart into KubeBlocks ${listed(which, indexOf)}, where ${what(reason.subject)}: ${reason.message}`
      report({ code, message, place: range.place, hint: side.hint })
    }
    tell(
      side.code,
      side.judged.filter(isRefused),
      (subject) => `${subject} does not work`,
      ({ isLoss }) => !isLoss,
    )
    tell(
      'chart/kubeblocks-loss',
      side.judged.filter((one) => one.refused.length > 0 && !isRefused(one)),
      (subject) => `part of ${subject} is dropped`,
      () => true,
    )
  }
}

/** The last release before the first that does not take the chart. */
function lastTaken(outwards: readonly Judged[], release: string): string {
  const end = outwards.findIndex(({ refused }) => refused.length > 0)
  return outwards.slice(0, end < 0 ? outwards.length : end).at(-1)?.release ?? release
}

function listed(which: readonly Judged[], indexOf: (release: string) => number): string {
  const names = which.map(({ release }) => release).sort((a, b) => indexOf(a) - indexOf(b))
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}
