import { type Refusal, refusals } from '../../../kbcli/index.ts'
import type { SourceRule } from '../../rule.ts'
import { forAll, inSchema, readClusterChart } from '../../source/cluster-chart.ts'

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
    const places = new Map(found.map((refusal) => [JSON.stringify([refusal.from, refusal.path]), refusal]))
    return [...places].map(([place, refusal]) => {
      const names = found.filter(({ from, path }) => JSON.stringify([from, path]) === place).map(({ value }) => `"${value.join('.')}"`)
      const whose = refusal.isOwn ? 'which it makes of flags of its own' : 'which it makes of flags'
      return inSchema(chart, refusal, `${who} can create no cluster, for the schema refuses ${list(names)}, ${whose}.`)
    })
  },
}
export default rule

function list(names: readonly string[]): string {
  const last = names.at(-1) ?? ''
  return names.length < 2 ? `the value ${last}` : `the values ${names.slice(0, -1).join(', ')} and ${last}`
}
