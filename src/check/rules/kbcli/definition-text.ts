import { placesIn } from '../../../load/index.ts'
import type { SourceRule } from '../../rule.ts'
import { readClusterChart } from '../../source/cluster-chart.ts'

const FILE = 'templates/cluster.yaml'

const rule: SourceRule = {
  code: 'kbcli/definition-text',
  source: 'kubeblocks: release-0.7:pkg/cli/cluster/cluster_chart.go buildClusterDef',
  check(chart) {
    const cluster = readClusterChart(chart)
    if (cluster === undefined || !cluster.releases.every(({ definitionInText }) => definitionInText)) return []
    const text = chart.read(FILE) ?? ''
    const found = / {2}clusterDefinitionRef: ([^ \n]*)[ \n]/.exec(text)
    const name = found?.[1]
    if (name !== undefined && !name.startsWith('{{')) return []
    const file = chart.paths.includes(FILE) ? FILE : 'Chart.yaml'
    const message =
      name === undefined
        ? `kbcli refuses the chart, for it looks for "  clusterDefinitionRef: NAME" in ${FILE} as it is written.`
        : `kbcli takes "${name}" for the name of the ClusterDefinition, for it reads ${FILE} as it is written.`
    const { line, column } = found === null ? { line: 1, column: 1 } : placesIn(FILE, text)(found.index + 2)
    return [{ file, line, column, message }]
  },
}
export default rule
