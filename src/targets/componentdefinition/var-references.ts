import { invariant } from '../../diagnostics/index.ts'
import { type Entry, goString, map, pair } from '../../gotemplate/index.ts'
import type { AccountValue, Component, ComposedValue, EnvVar, FactValue, ReferenceValue } from '../../model/addon.ts'
import type { ComponentDefinitionLowering, ComponentDefinitionRelease } from '../release.ts'
import { componentPattern } from './names.ts'

/** Facts about the cluster are fields of `clusterVarRef`; the variables that 0.9 has by itself (API.md 5.1). */
const V1ALPHA1_VARIABLES = { clusterName: 'KB_CLUSTER_NAME', clusterUID: 'KB_CLUSTER_UID', namespace: 'KB_NAMESPACE' } as const

/** Where the operator takes the value of a variable from: `valueFrom`, or `value` for what it knows by itself. */
export function referenceOf(
  lowering: ComponentDefinitionLowering,
  component: Component,
  variable: EnvVar,
  value: FactValue | AccountValue | ReferenceValue,
): Entry[] {
  switch (value.kind) {
    case 'account':
      return from('credentialVarRef', target(lowering, value, variable), pair('name', value.account), need(value.field, value))
    case 'reference': {
      const optional = component.references.find(({ name }) => name === value.reference)?.isOptional ?? false
      return from('serviceRefVarRef', pair('name', value.reference), optional ? pair('optional', true) : [], need(value.field, { optional }))
    }
    case 'fact':
      return factReference(lowering, component, variable, value)
  }
}

function factReference(lowering: ComponentDefinitionLowering, component: Component, variable: EnvVar, value: FactValue): Entry[] {
  const { api } = lowering.release
  const { fact } = value
  const of = target(lowering, value, variable)
  switch (fact) {
    case 'componentName':
    case 'podNames':
    case 'podFQDNs':
    case 'replicas':
    case 'serviceVersion':
      // What the fields are called: API.md 2.4, 2.5. The version is none in 0.9.
      return from('componentVarRef', of, need(api === 'v1alpha1' && fact === 'podNames' ? 'instanceNames' : fact, value))
    case 'clusterName':
    case 'clusterUID':
    case 'namespace':
      return api === 'v1' ? from('clusterVarRef', need(fact, value)) : pair('value', `$(${V1ALPHA1_VARIABLES[fact]})`)
    case 'serviceHost':
      return from('serviceVarRef', of, pair('name', value.service), need('host', value))
    case 'servicePort':
      return from('serviceVarRef', of, pair('name', value.service), pair('port', map(pair('name', value.port?.name), need('option', value))))
    case 'hostPort': {
      // Not there at all in a cluster without the host network, so that it must not be required.
      const container = component.containers.find(({ ports }) => ports.some(({ name }) => name === value.port?.name))
      const port = map(pair('name', value.port?.name), pair('option', 'Optional'))
      return from('hostNetworkVarRef', pair('optional', true), pair('container', map(pair('name', container?.name), pair('port', port))))
    }
    case 'tlsEnabled':
      // Not there at all while TLS is off, so that it must not be required. 0.9 cannot declare TLS.
      if (api === 'v1alpha1') return pair('value', 'false')
      return from('tlsVarRef', target(lowering, { of: value.of, optional: false }, variable), pair('optional', true), pair('enabled', 'Optional'))
    case 'podName':
    case 'podIP':
    case 'podUID':
    case 'podFQDN':
    case 'nodeName':
    case 'hostIP':
      invariant(false, `${fact} is no variable of the operator: a container takes it from its own pod`)
  }
}

/**
 * What a variable is where the operator finds nothing for it; undefined when it always finds something, or must. Without a text it would be left out,
 * and a template that uses it would not be rendered (`missingkey=error`). The operator evaluates `expression` for what has no value too, unless it is
 * a credential; `index` reads the texts of 0.9 and the values of 1.0 alike. release-0.9 to release-1.1:pkg/controller/component/vars.go
 * evaluateObjectVarsExpression.
 */
export function absenceOf({ release }: ComponentDefinitionLowering, component: Component, { name, value }: EnvVar): Entry[] {
  const text = absentText(release, component, value)
  return text === undefined ? [] : pair('expression', `{{ index . ${goString(name)} | default ${goString(text)} }}`)
}

function absentText({ api }: ComponentDefinitionRelease, component: Component, value: EnvVar['value']): string | undefined {
  switch (value.kind) {
    case 'fact':
      if (value.fact === 'hostPort') return String(value.port?.number ?? '')
      if (value.fact === 'tlsEnabled') return api === 'v1' ? 'false' : undefined
      return value.optional ? '' : undefined
    case 'account':
      return value.optional ? '' : undefined
    case 'reference':
      return component.references.find(({ name }) => name === value.reference)?.isOptional === true ? '' : undefined
    default:
      return undefined
  }
}

/** Whether the operator gives a fact at all, and with it every text made of it. `env` are all variables beside it. */
export function isGiven(release: ComponentDefinitionRelease, env: readonly EnvVar[], { value }: EnvVar): boolean {
  if (value.kind === 'composed') return lostParts(release, env, value).length === 0
  return value.kind !== 'fact' || value.fact !== 'serviceVersion' || release.api === 'v1'
}

/** Variables of a text that the operator does not give. */
export function lostParts(release: ComponentDefinitionRelease, env: readonly EnvVar[], { parts }: ComposedValue): readonly string[] {
  const names = parts.flatMap((part) => (typeof part === 'string' ? [] : [part.variable]))
  return names.filter((name) => env.some((variable) => variable.name === name && !isGiven(release, env, variable)))
}

function from(kind: string, ...entries: readonly (readonly Entry[])[]): Entry[] {
  return pair('valueFrom', map(pair(kind, map(...entries))))
}

/** The definitions of another component; the own one when none is named. */
function target(
  lowering: ComponentDefinitionLowering,
  { of, optional }: { readonly of: string | undefined; readonly optional: boolean },
  { origin }: EnvVar,
): Entry[] {
  if (of === undefined) return []
  return [...pair('compDef', componentPattern(lowering, of, origin)), ...(optional ? pair('optional', true) : [])]
}

/** A field that must be there, unless its absence is fine. */
function need(field: string, { optional }: { readonly optional: boolean }): Entry[] {
  return pair(field, optional ? 'Optional' : 'Required')
}
