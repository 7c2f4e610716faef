import { dependencyFolders, type FlagProblem, flagProblems, type Refusal, refusals } from '../../../kbcli/index.ts'
import type { ChartSource, SourceFinding, SourceRule } from '../../rule.ts'
import { forAll, inSchema, readClusterChart } from '../../source/cluster-chart.ts'

const rule: SourceRule = {
  code: 'kbcli/flags',
  source: 'kbcli: release-1.0:pkg/util/flags/flags.go buildOneFlag; pkg/cmd/cluster/create_util.go getValuesFromFlags, buildHelmValues',
  check(chart) {
    const cluster = readClusterChart(chart)
    const { schemas } = cluster ?? {}
    if (cluster === undefined) return []
    if (schemas === undefined) return several(chart)
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

/** The first of several dependencies is any of them. helm: v3.18.5 pkg/chart/loader/load.go LoadFiles goes through a map. */
function several(chart: ChartSource): readonly SourceFinding[] {
  const folders = dependencyFolders(chart).map((folder) => `"${folder}"`)
  const withSchema = dependencyFolders(chart).filter((folder) => chart.paths.includes(`charts/${folder}/values.schema.json`))
  if (folders.length < 2 || withSchema.length === 0 || !chart.paths.includes('values.schema.json')) return []
  const place = { from: 'dependency', path: [] } as const
  const message = `kbcli reads the schema of one dependency alone, and of ${folders.join(', ')} it takes now this one and now that.`
  return [{ ...inSchema(chart, place, ''), message }]
}

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
