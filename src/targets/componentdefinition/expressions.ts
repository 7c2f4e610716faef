import type { ConceptKind } from '../explain/concepts.ts'
import type { ComponentDefinitionRelease } from '../release.ts'

const PARAMETERS = {
  ConfigConstraint: 'ConfigConstraint',
  ParamConfigRenderer: 'ParametersDefinition, ParamConfigRenderer',
  ParametersDefinition: 'ParametersDefinition',
} as const

/** The objects and fields that express a concept in this family; undefined when nothing does. */
export function componentDefinitionExpression(kind: ConceptKind, release: ComponentDefinitionRelease): string | undefined {
  switch (kind) {
    case 'versions':
      return 'ComponentVersion'
    case 'lines':
    case 'component':
    case 'settings':
      return 'ComponentDefinition'
    case 'topology':
      return 'topologies'
    case 'roles':
      return 'roles'
    case 'roleProbe':
    case 'memberJoin':
    case 'memberLeave':
    case 'switchover':
    case 'postProvision':
    case 'preTerminate':
    case 'accountProvision':
    case 'reconfigure':
    case 'dataDump':
    case 'dataLoad':
      return 'lifecycleActions'
    case 'service':
      return 'services'
    case 'initialAccount':
    case 'account':
      return 'systemAccounts'
    case 'volume':
    case 'highWatermark':
      return 'volumes'
    case 'config':
      return 'configs'
    case 'configVars':
      return 'vars'
    case 'parameters':
    case 'reload':
      return PARAMETERS[release.parameters]
    case 'scripts':
      return 'scripts'
    case 'facts':
      return 'env, vars'
    case 'otherComponents':
      return 'vars'
    case 'secrets':
      return 'secretKeyRef'
    case 'references':
      return 'serviceRefDeclarations'
    case 'tls':
      return release.api === 'v1' ? 'tls' : undefined
    case 'sharding':
      return release.api === 'v1' ? 'ShardingDefinition' : undefined
    case 'metrics':
      return 'exporter'
    case 'logs':
      return 'logConfigs'
    case 'hostNetwork':
      return 'hostNetwork'
    case 'policyRules':
      return 'policyRules'
    case 'probes':
      return 'container probes'
    case 'backup':
      return 'ActionSet'
    case 'schedule':
      return 'BackupPolicyTemplate'
    case 'dashboards':
      return 'ConfigMap'
    case 'upgradePath':
      return undefined
  }
}
