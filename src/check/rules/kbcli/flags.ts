import { type FlagProblem, flagProblems, type Refusal, refusals } from '../../../kbcli/index.ts'
import type { SourceRule } from '../../rule.ts'
import { forAll, inSchema, readClusterChart } from '../../source/cluster-chart.ts'

const rule: SourceRule = {
  code: 'kbcli/flags',
  source: 'kbcli: release-1.0:pkg/util/flags/flags.go buildOneFlag; pkg/cmd/cluster/create_util.go getValuesFromFlags, buildHelmValues',
  check(chart) {
    const cluster = readClusterChart(chart)
    const { schemas } = cluster ?? {}
    if (cluster === undefined || schemas === undefined) return []
    const { who, found } = forAll(
      cluster,
      (release) => [
        ...flagProblems(schemas, release),
        ...refusals(schemas, release)
          .filter(({ kind }) => kind === 'reference')
          .map(crash),
      ],
      ({ from, path, message }) => JSON.stringify([from, path, message]),
    )
    return groups(found).map(([first, more]) => inSchema(chart, first, `${who} ${first.message}${rest(first, more)}.`))
  },
}
export default rule

function crash({ from, path }: Refusal): FlagProblem {
  return { kind: 'refused', from, path, message: 'crashes when it creates a cluster, for it follows no $ref' }
}

/** One finding for all that goes wrong in the same way below a property. */
function groups(problems: readonly FlagProblem[]): readonly (readonly [FlagProblem, number])[] {
  const found = new Map<string, [FlagProblem, number]>()
  for (const problem of problems) {
    const key = JSON.stringify([problem.from, problem.kind, problem.path[0], problem.path[1]])
    const before = found.get(key)
    if (before === undefined) found.set(key, [problem, 0])
    else before[1]++
  }
  return [...found.values()]
}

function rest({ path }: FlagProblem, more: number): string {
  if (more === 0) return ''
  return `; so it is with ${more} more below "${path[1] ?? ''}"`
}
