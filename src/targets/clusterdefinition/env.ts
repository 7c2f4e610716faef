import { type Item, map, pair } from '../../gotemplate/index.ts'
import type { Component, Container, EnvVar, Fact } from '../../model/addon.ts'
import { envItem, fieldItem, POD_FIELDS, plainItem } from '../shared/env-items.ts'
import { leaveEnv } from './facts.ts'

/** Variables the operator puts in front of a container's own (API.md 5.1), which the kubelet expands. */
const OPERATOR_VARIABLES: Partial<Readonly<Record<Fact, string>>> = {
  clusterName: 'KB_CLUSTER_NAME',
  componentName: 'KB_CLUSTER_COMP_NAME',
  podFQDN: 'KB_POD_FQDN',
}

/** The environment of a container. Facts that only facts.sh can give are left out. */
export function containerEnv(component: Component, container: Container): readonly Item[] {
  return [...container.env, ...leaveEnv(component, container)].flatMap(lowerEnvVar)
}

/** One variable; a secret without a name, or a fact that facts.sh gives, leaves nothing. */
export function lowerEnvVar(variable: EnvVar): readonly Item[] {
  const { value } = variable
  switch (value.kind) {
    case 'text':
    case 'knob':
    case 'secret':
      return plainItem(variable, value)
    case 'fact': {
      const field = POD_FIELDS[value.fact]
      if (field !== undefined) return [fieldItem(variable, field)]
      const source = OPERATOR_VARIABLES[value.fact]
      return source === undefined ? [] : [envItem(variable, pair('value', `$(${source})`))]
    }
    case 'composed':
    case 'reference':
      return []
    case 'account': {
      const reference = map(pair('name', '$(CONN_CREDENTIAL_SECRET_NAME)'), pair('key', value.field))
      return [envItem(variable, pair('valueFrom', map(pair('secretKeyRef', reference))))]
    }
  }
}
