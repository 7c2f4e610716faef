import type { ResolvedAddon } from '../../model/addon.ts'
import { clusterChartName } from '../names.ts'

/** The helper with the name of the Cluster, in _helpers.tpl: that of the release, if KubeBlocks can take it. */
export function clusterNameHelper(addon: Pick<ResolvedAddon, 'name'>): string {
  return `${clusterChartName(addon)}.clusterName`
}
