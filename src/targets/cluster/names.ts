import type { ResolvedAddon } from '../../model/addon.ts'

/** The chart that makes clusters: kbcli looks for `<engine>-cluster` (kbcli release-1.1:pkg/cmd/cluster/register.go). */
export function clusterChartName({ name }: Pick<ResolvedAddon, 'name'>): string {
  return `${name}-cluster`
}

/** The helper with the name of the Cluster, in _helpers.tpl: that of the release, if KubeBlocks can take it. */
export function clusterNameHelper(addon: Pick<ResolvedAddon, 'name'>): string {
  return `${clusterChartName(addon)}.clusterName`
}
