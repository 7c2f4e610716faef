import { type Item, map, pair } from '../../gotemplate/index.ts'
import type { Component, Container, EngineVersion, EnvVar } from '../../model/addon.ts'
import type { ClusterDefinitionLowering } from '../release.ts'
import { envItem, fieldItem, isPlain, plainItem } from '../shared/env-items.ts'
import { type Source, sourceOf } from './env-source.ts'
import { leaveEnv } from './facts.ts'

/** The environment of a container in clusters of one engine version. What facts.sh or a component reference gives is left out. */
export function containerEnv(
  lowering: ClusterDefinitionLowering,
  component: Component,
  container: Container,
  version: EngineVersion | undefined,
): readonly Item[] {
  const variables = [...container.env, ...leaveEnv(component, container)]
  return variables.flatMap((variable) => sourced(variable, sourceOf(lowering, component, variables, variable), version))
}

/** A variable whose value comes from the author, the operator, Kubernetes, or the engine version. */
function sourced(variable: EnvVar, source: Source, version: EngineVersion | undefined): readonly Item[] {
  switch (source.kind) {
    case 'verbatim':
      return lowerEnvVar(variable)
    case 'value':
      return [envItem(variable, pair('value', source.value))]
    case 'version':
      return version === undefined ? [] : [envItem(variable, pair('value', version.version))]
    case 'field':
      return [fieldItem(variable, source.path)]
    case 'scripted':
    case 'reference':
    case 'off':
    case 'none':
      return []
  }
}

/** One variable of a container or job that says its value itself; a secret without a name leaves nothing. */
export function lowerEnvVar(variable: EnvVar): readonly Item[] {
  const { value } = variable
  if (isPlain(value)) return plainItem(variable, value)
  switch (value.kind) {
    case 'account': {
      const reference = map(pair('name', '$(CONN_CREDENTIAL_SECRET_NAME)'), pair('key', value.field))
      return [envItem(variable, pair('valueFrom', map(pair('secretKeyRef', reference))))]
    }
    case 'fact':
    case 'reference':
      return []
  }
}
