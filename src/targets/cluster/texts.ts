import type { Chart, Value } from '../../model/chart.ts'
import type { Lowering } from '../release.ts'
import { clusterChartName } from './names.ts'
import { hasSchedulingPolicy } from './scheduling.ts'
import { hasTls } from './tls.ts'

/** The files of the chart that are whole texts: helpers, notes, README, .helmignore. */
export function clusterSkeletons(lowering: Lowering, _values: readonly Value[]): Chart['skeletons'] {
  const { addon, release } = lowering
  const name = clusterChartName(addon)
  return [
    {
      path: 'templates/_helpers.tpl',
      skeleton: 'cluster/_helpers.tpl',
      data: { name, generator: addon.version, hasTls: hasTls(lowering), hasSchedulingPolicy: hasSchedulingPolicy(release) },
    },
    { path: 'templates/NOTES.txt', skeleton: 'cluster/NOTES.txt', data: { title: addon.name, kubeblocks: release.version } },
    { path: '.helmignore', skeleton: 'chart/helmignore', data: {} },
    { path: 'README.md', skeleton: 'cluster/README.md', data: { name } },
  ]
}
