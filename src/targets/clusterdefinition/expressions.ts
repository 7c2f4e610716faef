import type { ResolvedAddon } from '../../model/addon.ts'
import type { Concept } from '../explain/concepts.ts'
import type { ClusterDefinitionRelease } from '../release.ts'
import { roleSupport } from './role-support.ts'

/** The objects and fields that express a concept in this family; undefined when nothing does. */
export function clusterDefinitionExpression(
  { kind, component }: Concept,
  addon: ResolvedAddon,
  release: ClusterDefinitionRelease,
): string | undefined {
  const actionSets = release.backup === 'ActionSet'
  switch (kind) {
    case 'versions':
    case 'lines':
      return 'ClusterVersion'
    case 'component':
    case 'settings':
      return 'componentDefs'
    case 'roles':
      return 'workloadType'
    case 'roleProbe':
      return component !== undefined && roleSupport({ addon, release }, component) === 'command' ? 'rsmSpec.roleProbe' : 'probes.roleProbe'
    case 'memberLeave':
      return 'preStop hook'
    case 'switchover':
      return 'switchoverSpec'
    case 'postProvision':
      return 'postStartSpec'
    case 'service':
      return 'service'
    case 'initialAccount':
      return 'connectionCredential'
    case 'volume':
      return 'volumeTypes'
    case 'highWatermark':
      return 'volumeProtectionSpec'
    case 'config':
      return 'configSpecs'
    case 'configVars':
      return 'template functions'
    case 'parameters':
    case 'reload':
      return 'ConfigConstraint'
    case 'scripts':
      return 'scriptSpecs'
    case 'facts':
      return 'env, facts.sh'
    case 'otherComponents':
      return 'componentDefRef'
    case 'secrets':
      return 'secretKeyRef'
    case 'metrics':
      return 'monitor'
    case 'logs':
      return 'logConfigs'
    case 'probes':
      return 'container probes'
    case 'backup':
      return actionSets ? 'ActionSet' : 'BackupTool'
    case 'schedule':
      return 'BackupPolicyTemplate'
    case 'dashboards':
      return 'ConfigMap'
    case 'upgradePath':
    case 'topology':
    case 'memberJoin':
    case 'preTerminate':
    case 'accountProvision':
    case 'reconfigure':
    case 'dataDump':
    case 'dataLoad':
    case 'account':
    case 'references':
    case 'tls':
    case 'sharding':
    case 'hostNetwork':
    case 'policyRules':
      return undefined
  }
}
