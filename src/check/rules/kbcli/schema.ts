import type { SourceRule } from '../../rule.ts'
import { readClusterChart } from '../../source/cluster-chart.ts'

const rule: SourceRule = {
  code: 'kbcli/schema',
  source: 'kbcli: release-1.0:pkg/cluster/external_charts.go ValidateChartSchema; cluster_chart.go BuildChartInfo',
  check(chart) {
    const cluster = readClusterChart(chart)
    if (cluster === undefined || chart.paths.includes('values.schema.json')) return []
    const hasFlags = cluster.releases.some(({ withoutSchema }) => withoutSchema === 'no flags')
    const message = hasFlags
      ? 'There is no values.schema.json, so the type of cluster has no flags in kbcli.'
      : 'There is no values.schema.json, so kbcli does not take the chart as a type of cluster.'
    return [{ file: 'Chart.yaml', line: 1, column: 1, message }]
  },
}
export default rule
