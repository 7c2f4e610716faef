import { type Entry, map, type Node, pair, scalar, seq } from '../../gotemplate/index.ts'
import type { Component, EnvVar, Fact } from '../../model/addon.ts'
import type { ComponentDefinitionLowering } from '../release.ts'
import { allContainers } from '../shared/containers.ts'

/** Fields of a component that the operator puts into variables (API.md 2.4, 2.5). */
const COMPONENT_FIELDS: Partial<Readonly<Record<Fact, string>>> = {
  componentName: 'componentName',
  podFQDNs: 'podFQDNs',
  replicas: 'replicas',
}

/** Whether a variable is one that the operator resolves and gives to every container (API.md 5.2). */
export function isOperatorVar({ value }: EnvVar): boolean {
  return value.kind === 'account' || (value.kind === 'fact' && COMPONENT_FIELDS[value.fact] !== undefined)
}

/** `vars` of a ComponentDefinition: the facts and accounts that containers take. All containers see them, so a name means one thing. */
export function lowerVars(lowering: ComponentDefinitionLowering, component: Component): Entry[] {
  const byName = new Map<string, EnvVar>()
  for (const container of allContainers(component)) {
    for (const variable of container.env.filter(isOperatorVar)) {
      const first = byName.get(variable.name)
      if (first === undefined) byName.set(variable.name, variable)
      else if (!isSame(first, variable)) reportClash(lowering, variable)
    }
  }
  return byName.size === 0 ? [] : pair('vars', seq([...byName.values()].map(lowerVar)))
}

function isSame(a: EnvVar, b: EnvVar): boolean {
  return JSON.stringify(a.value) === JSON.stringify(b.value)
}

function reportClash({ locate, report }: ComponentDefinitionLowering, { name, origin }: EnvVar): void {
  report({
    code: 'target/unsupported',
    message: `all containers of a component share such variables, and ${name} is something else in another container.`,
    place: locate(origin, 'key'),
    hint: 'use another name in one of them',
  })
}

function lowerVar({ name, value, origin }: EnvVar): Node {
  return map(pair('name', scalar(name, origin)), pair('valueFrom', map(reference(value))))
}

function reference(value: EnvVar['value']): Entry[] {
  if (value.kind === 'account') return pair('credentialVarRef', map(pair('name', value.account), pair(value.field, 'Required')))
  const field = value.kind === 'fact' ? COMPONENT_FIELDS[value.fact] : undefined
  return field === undefined ? [] : pair('componentVarRef', map(pair(field, 'Required')))
}
