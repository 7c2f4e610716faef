import type { Chart } from '../../model/chart.ts'
import { type ComponentDefinitionLowering, joined, template } from '../release.ts'
import { chartMetadata } from '../shared/chart-metadata.ts'
import { dashboardConfigMaps } from '../shared/dashboards.ts'
import { skeletonsOf } from '../shared/skeletons.ts'
import { chartValues } from '../shared/values.ts'
import { lowerBackup } from './backup.ts'
import { clusterDefinition } from './cluster-definition.ts'
import { componentDefinition } from './component-definition.ts'
import { componentVersion } from './component-version.ts'
import { byComponent, definitionsOf } from './definitions.ts'
import { templateConfigMaps } from './file-templates.ts'
import { frozenValues } from './frozen.ts'
import { reportLosses } from './losses.ts'
import { parameterObjects } from './parameters.ts'
import { shardingDefinitions } from './sharding-definition.ts'
import { textParts } from './texts.ts'

/**
 * The family of KubeBlocks 0.9 and later: a ComponentDefinition and a ComponentVersion for each component, a ClusterDefinition with topologies,
 * ConfigMaps and what holds their parameters, a BackupPolicyTemplate with its ActionSets.
 */
export function lowerToComponentDefinition(lowering: ComponentDefinitionLowering): Chart {
  const { addon, release } = lowering
  reportLosses(lowering)
  const all = definitionsOf(addon)
  const components = [...byComponent(addon)]
  const definitions = all.map((definition) => componentDefinition(lowering, definition))
  const shardings = components.flatMap(([name]) => shardingDefinitions(lowering, name))
  const templates = joined(all.map((definition) => templateConfigMaps(lowering, definition)))
  const parameters = joined(all.map((definition) => parameterObjects(lowering, definition)))
  const dashboards = dashboardConfigMaps(addon)
  const backup = lowerBackup(lowering)
  const values = chartValues(addon)
  return {
    name: addon.name,
    version: addon.version,
    kubeblocks: release.version,
    metadata: chartMetadata(addon, release),
    values,
    schemaFor: 'helm',
    templates: [
      template('clusterdefinition', [clusterDefinition(lowering)]),
      template('componentdefinition', definitions),
      template(
        'componentversion',
        components.map(([name, own]) => componentVersion(lowering, name, own)),
      ),
      template('shardingdefinition', shardings),
      template('configmaps', templates.objects),
      template(release.parameters === 'ConfigConstraint' ? 'configconstraint' : 'parameters', parameters.objects),
      template('backuppolicytemplate', backup.policies),
      template('actionset', backup.objects),
      template('dashboards', dashboards.objects),
    ].filter(({ documents }) => documents.length > 0),
    files: [...templates.files, ...parameters.files, ...backup.files, ...dashboards.files],
    skeletons: skeletonsOf(addon, textParts(lowering, frozenValues([...definitions, ...shardings, ...templates.objects], values))),
  }
}
