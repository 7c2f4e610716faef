import { type Refusal, refusals } from '../../../kbcli/index.ts'
import type { SourceRule } from '../../rule.ts'
import { byPlace, forAll, inSchema, readClusterChart } from '../../source/cluster-chart.ts'

const rule: SourceRule = {
  code: 'kbcli/closed-schema',
  source: 'kbcli: release-1.0:pkg/cluster/cluster_chart.go ValidateValues; pkg/cmd/cluster/create_subcmds.go buildCreateSubCmds',
  check(chart) {
    const cluster = readClusterChart(chart)
    const { schemas } = cluster ?? {}
    if (cluster === undefined || schemas === undefined) return []
    const { who, found } = forAll(
      cluster,
      (release) => refusals(schemas, release).filter(({ kind }) => kind === 'closed'),
      ({ from, value }: Refusal) => JSON.stringify([from, value]),
    )
    return byPlace(found).map(({ first, values }) => {
      const whose = first.isOwn ? 'which it makes of flags of its own' : 'which it makes of flags'
      return inSchema(chart, first, `${who} can create no cluster, for the schema refuses ${values}, ${whose}.`)
    })
  },
}
export default rule
