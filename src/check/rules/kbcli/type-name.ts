import { clusterType } from '../../../kbcli/index.ts'
import { placesIn } from '../../../load/index.ts'
import { textAt } from '../../../objects/index.ts'
import type { SourceRule } from '../../rule.ts'
import { forAll, readClusterChart } from '../../source/cluster-chart.ts'
import { offsetIn, readYaml, yamlValue } from '../../source/values.ts'

const FILE = 'Chart.yaml'

const rule: SourceRule = {
  code: 'kbcli/type-name',
  source: 'kbcli: release-1.0:pkg/cmd/cluster/register.go validate',
  check(chart) {
    const cluster = readClusterChart(chart)
    const text = chart.read(FILE) ?? ''
    const name = textAt(yamlValue(text), 'name')
    if (cluster === undefined || name === undefined) return []
    const type = clusterType(name)
    const { who, found } = forAll(
      cluster,
      ({ typeName }) => (typeName === undefined || typeName.test(type) ? [] : [type]),
      (found) => found,
    )
    const { line, column } = placesIn(FILE, text)(offsetIn(readYaml(text), ['name']))
    return found.map(() => ({
      file: FILE,
      line,
      column,
      message: `${who} takes no type of cluster called "${type}": the chart has to be registered under another name.`,
    }))
  },
}
export default rule
