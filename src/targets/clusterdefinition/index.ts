import type { Chart } from '../../model/chart.ts'
import { type ClusterDefinitionLowering, joined, template } from '../release.ts'
import { chartMetadata } from '../shared/chart-metadata.ts'
import { dashboardConfigMaps } from '../shared/dashboards.ts'
import { skeletonsOf } from '../shared/skeletons.ts'
import { chartValues } from '../shared/values.ts'
import { lowerBackup } from './backup.ts'
import { clusterDefinition } from './cluster-definition.ts'
import { clusterVersion } from './cluster-version.ts'
import { configConstraints, configMaps } from './configs.ts'
import { withAllLines } from './lines.ts'
import { reportLosses } from './losses.ts'
import { scriptConfigMap } from './scripts.ts'
import { textParts } from './texts.ts'

/**
 * The family of KubeBlocks 0.5 to 0.8: one ClusterDefinition, a ClusterVersion for each engine version, ConfigMaps and ConfigConstraints,
 * a BackupPolicyTemplate with its BackupTools or ActionSets.
 */
export function lowerToClusterDefinition(given: ClusterDefinitionLowering): Chart {
  const lowering = { ...given, addon: withAllLines(given.addon) }
  const { addon, release } = lowering
  reportLosses(lowering)
  const scripts = joined(addon.components.map((component) => scriptConfigMap(lowering, component)))
  const configs = joined(addon.components.map((component) => configMaps(lowering, component)))
  const constraints = joined(addon.components.map((component) => configConstraints(lowering, component)))
  const dashboards = dashboardConfigMaps(addon)
  const backup = lowerBackup(lowering)
  return {
    name: addon.name,
    version: addon.version,
    kubeblocks: release.version,
    metadata: chartMetadata(addon, release),
    values: chartValues(addon),
    schemaFor: 'helm',
    templates: [
      template('clusterdefinition', [clusterDefinition(lowering)]),
      template(
        'clusterversion',
        addon.versions.map((version) => clusterVersion(lowering, version)),
      ),
      template('scripts', scripts.objects),
      template('configmaps', configs.objects),
      template('configconstraint', constraints.objects),
      template('backuppolicytemplate', backup.policies),
      template(release.backup.toLowerCase(), backup.actions),
      template('dashboards', dashboards.objects),
    ].filter(({ documents }) => documents.length > 0),
    files: [...scripts.files, ...configs.files, ...constraints.files, ...backup.files, ...dashboards.files],
    skeletons: skeletonsOf(addon, textParts(lowering)),
  }
}
