import type { Chart } from '../../model/chart.ts'
import { clusterChartName } from '../names.ts'
import { exampleFiles } from '../operations/index.ts'
import { type Lowering, template } from '../release.ts'
import { chartMetadata } from '../shared/chart-metadata.ts'
import { cluster } from './cluster.ts'
import { testPod } from './test.ts'
import { clusterSkeletons } from './texts.ts'
import { clusterValues } from './values.ts'

/** The chart that makes clusters of an addon, for `helm install` and `kbcli cluster create` (API.md 6.4). */
export function lowerToClusterChart(lowering: Lowering): Chart {
  const { addon, release } = lowering
  const values = clusterValues(lowering)
  const test = testPod(lowering)
  return {
    name: clusterChartName(addon),
    version: addon.version,
    kubeblocks: release.version,
    metadata: chartMetadata(addon, release, 'cluster'),
    values,
    schemaFor: 'kbcli',
    // The name of the template is what kbcli of 0.6 looks for.
    templates: [template('cluster', [cluster(lowering)]), template('test', test.objects)].filter(({ documents }) => documents.length > 0),
    files: [...test.files, ...exampleFiles(lowering, values)],
    skeletons: clusterSkeletons(lowering, values, { hasTest: test.objects.length > 0 }),
  }
}
