import type { Node } from '../../gotemplate/index.ts'
import type { ResolvedAddon } from '../../model/addon.ts'
import type { ChartFile } from '../../model/chart.ts'
import { configMapOfFiles } from './config-map.ts'

/** One ConfigMap for each Grafana dashboard, found by Grafana's sidecar through its label. */
export function dashboardConfigMaps(addon: ResolvedAddon): { readonly objects: readonly Node[]; readonly files: readonly ChartFile[] } {
  const maps = addon.dashboards.map(({ name, text, origin }) => {
    const object = `${addon.name}-grafana-${name
      .replace(/\.json$/, '')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')}`
      .slice(0, 63)
      .replace(/-+$/, '')
    return configMapOfFiles(addon.name, object, 'files/dashboards', [{ key: name, text, origin }], { labels: { grafana_dashboard: '1' } })
  })
  return { objects: maps.map((map) => map.object), files: maps.flatMap((map) => map.files) }
}
