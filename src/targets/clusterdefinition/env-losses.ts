import type { Component, EnvVar } from '../../model/addon.ts'
import type { ClusterDefinitionLowering } from '../release.ts'
import type { Lost } from '../shared/lost.ts'
import { isSame } from '../shared/same.ts'
import { referenceVariables } from './component-references.ts'
import { sourceOf } from './env-source.ts'
import { containersOfLines } from './lines.ts'

/** Reports the variables of a component's containers that the generation cannot give, or gives otherwise. */
export function reportEnv(lowering: ClusterDefinitionLowering, component: Component, lost: Lost): void {
  for (const { component: owner, container } of containersOfLines(lowering.addon, component)) {
    for (const variable of container.env) reportVariable(lowering, owner, container.env, variable, lost)
  }
  const first = new Map<string, EnvVar>()
  for (const { variable } of referenceVariables(lowering, component)) {
    const earlier = first.get(variable.name)
    if (earlier === undefined) first.set(variable.name, variable)
    else if (!isSame(earlier.value, variable.value))
      lost(
        'target/unsupported',
        variable.origin,
        `all containers of a component know the same about others, and ${variable.name} is something else in another container.`,
      )
  }
}

function reportVariable(lowering: ClusterDefinitionLowering, component: Component, env: readonly EnvVar[], variable: EnvVar, lost: Lost): void {
  const { name, origin } = variable
  const source = sourceOf(lowering, component, env, variable)
  if (source.kind === 'none')
    lost(
      source.isFatal ? 'target/unsupported' : 'target/fact-lost',
      origin,
      `${name} ${source.isFatal ? 'cannot be set' : 'is not set'}: ${source.why}.`,
    )
  if (source.kind === 'value' && source.byName !== undefined)
    lost('target/reference-by-name', origin, `${name} is right as long as clusters call the component "${source.byName}" by that name.`)
}
