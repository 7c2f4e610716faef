import { type Item, pair } from '../../gotemplate/index.ts'
import type { Container, EnvVar } from '../../model/addon.ts'
import type { ComponentDefinitionRelease } from '../release.ts'
import { envItem, fieldItem, isPlain, POD_FIELDS, plainItem } from '../shared/env-items.ts'
import { isGiven } from './var-references.ts'
import { isOperatorVar } from './vars.ts'

/** Label of a pod with the name of its cluster (API.md 5.5). */
const CLUSTER_LABEL = "metadata.labels['app.kubernetes.io/instance']"

/** Label of a pod with the name of its component within the cluster. */
const COMPONENT_LABEL = "metadata.labels['apps.kubeblocks.io/component-name']"

/** What a container sets for itself; the rest comes by `vars`. */
export function containerEnv(release: ComponentDefinitionRelease, { env }: Container): readonly Item[] {
  return env.filter((variable) => !isOperatorVar(variable) && isGiven(release, env, variable)).flatMap(lowerEnvVar)
}

/** One variable of a container or job. */
export function lowerEnvVar(variable: EnvVar): readonly Item[] {
  const { value } = variable
  if (isPlain(value)) return plainItem(variable, value)
  switch (value.kind) {
    case 'account':
    case 'reference':
      return []
    case 'fact': {
      const field = value.fact === 'clusterName' ? CLUSTER_LABEL : POD_FIELDS[value.fact]
      if (field !== undefined) return [fieldItem(variable, field)]
      return value.fact === 'podFQDN' ? podFqdn(variable) : []
    }
  }
}

/** The name of the pod in the headless service of its component, composed of fields of the pod. */
function podFqdn(variable: EnvVar): readonly Item[] {
  const { name, origin } = variable
  const part = (suffix: string) => ({ name: `${name}_${suffix}`, origin })
  return [
    fieldItem(part('POD'), 'metadata.name'),
    fieldItem(part('CLUSTER'), CLUSTER_LABEL),
    fieldItem(part('COMPONENT'), COMPONENT_LABEL),
    fieldItem(part('NAMESPACE'), 'metadata.namespace'),
    envItem(variable, pair('value', `$(${name}_POD).$(${name}_CLUSTER)-$(${name}_COMPONENT)-headless.$(${name}_NAMESPACE).svc`)),
  ]
}
