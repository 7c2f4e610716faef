import { flagsOf, type KbcliRelease, type Refusal, refusals, schemaPath } from '../../../kbcli/index.ts'
import { at } from '../../../objects/index.ts'
import type { SourceRule } from '../../rule.ts'
import { byPlace, forAll, inSchema, readClusterChart } from '../../source/cluster-chart.ts'

const rule: SourceRule = {
  code: 'kbcli/required',
  source: 'kbcli: release-1.0:pkg/util/flags/flags.go BuildFlagsBySchema; pkg/cluster/cluster_chart.go ValidateValues',
  check(chart) {
    const cluster = readClusterChart(chart)
    const { schemas } = cluster ?? {}
    if (cluster === undefined || schemas === undefined) return []
    const missing = forAll(
      cluster,
      (release) => refusals(schemas, release).filter(({ kind }) => kind === 'missing'),
      ({ from, value }: Refusal) => JSON.stringify([from, value]),
    )
    const asked = forAll(
      cluster,
      (release: KbcliRelease) =>
        flagsOf(schemas, release).flags.filter(({ from, isRequired, property }) => {
          const schema = from === 'chart' ? schemas.chart : schemas.dependency?.schema
          return isRequired && at(schema, 'properties', property[0] ?? '', 'default') !== undefined
        }),
      ({ name }) => name,
    )
    return [
      ...byPlace(missing.found).map(({ first, values }) =>
        inSchema(chart, first, `${missing.who} can create no cluster, for it makes ${values}, which the schema requires, of no flag.`),
      ),
      ...asked.found.map((flag) =>
        inSchema(
          chart,
          { from: flag.from === 'dependency' ? flag.from : 'chart', path: schemaPath(flag) },
          `${asked.who} asks every user for --${flag.name}, for it is required, and does not look at its default.`,
        ),
      ),
    ]
  },
}
export default rule
