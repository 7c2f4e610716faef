import { changedDefaults, schemaPath } from '../../../kbcli/index.ts'
import { at } from '../../../objects/index.ts'
import type { SourceRule } from '../../rule.ts'
import { forAll, inSchema, readClusterChart } from '../../source/cluster-chart.ts'
import { yamlValue } from '../../source/values.ts'

const rule: SourceRule = {
  code: 'kbcli/default',
  source: 'kbcli: release-1.0:pkg/util/flags/flags.go castOrZero; pkg/cmd/cluster/create_util.go getValuesFromFlags',
  check(chart) {
    const cluster = readClusterChart(chart)
    const { schemas } = cluster ?? {}
    if (cluster === undefined || schemas === undefined) return []
    const values = yamlValue(chart.read('values.yaml') ?? '')
    const { who, found } = forAll(
      cluster,
      (release) => changedDefaults(schemas, release, values),
      ({ name }) => name,
    )
    return found.map((flag) =>
      inSchema(
        chart,
        { from: 'chart', path: schemaPath(flag) },
        `Without --${flag.name}, ${who} hands ${JSON.stringify(flag.value)} to Helm, where values.yaml has ${JSON.stringify(at(values, ...flag.property))}.`,
      ),
    )
  },
}
export default rule
