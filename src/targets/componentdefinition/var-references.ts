import { type Entry, map, pair } from '../../gotemplate/index.ts'
import type { AccountValue, Component, EnvVar, Fact, FactValue, ReferenceValue } from '../../model/addon.ts'
import type { ComponentDefinitionLowering, ComponentDefinitionRelease } from '../release.ts'
import { componentPattern } from './names.ts'

/** Fields of a component behind facts, in each version of the API (API.md 2.4, 2.5). */
const COMPONENT_FIELDS: Readonly<Record<'v1alpha1' | 'v1', Partial<Readonly<Record<Fact, string>>>>> = {
  v1alpha1: { componentName: 'componentName', podNames: 'instanceNames', podFQDNs: 'podFQDNs', replicas: 'replicas' },
  v1: {
    componentName: 'componentName',
    podNames: 'podNames',
    podFQDNs: 'podFQDNs',
    replicas: 'replicas',
    serviceVersion: 'serviceVersion',
  },
}

/** Facts about the cluster: fields of `clusterVarRef`, and the variables that 0.9 has by itself (API.md 5.1). */
const CLUSTER_FIELDS: Partial<Readonly<Record<Fact, { readonly v1: string; readonly v1alpha1: string }>>> = {
  clusterName: { v1: 'clusterName', v1alpha1: 'KB_CLUSTER_NAME' },
  clusterUID: { v1: 'clusterUID', v1alpha1: 'KB_CLUSTER_UID' },
  namespace: { v1: 'namespace', v1alpha1: 'KB_NAMESPACE' },
}

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
  const of = target(lowering, value, variable)
  const field = COMPONENT_FIELDS[api][value.fact]
  const cluster = CLUSTER_FIELDS[value.fact]
  if (field !== undefined) return from('componentVarRef', of, need(field, value))
  if (cluster !== undefined) return api === 'v1' ? from('clusterVarRef', need(cluster.v1, value)) : pair('value', `$(${cluster.v1alpha1})`)
  switch (value.fact) {
    case 'serviceHost':
      return from('serviceVarRef', of, pair('name', value.service), need('host', value))
    case 'servicePort':
      return from('serviceVarRef', of, pair('name', value.service), pair('port', map(pair('name', value.port?.name), need('option', value))))
    case 'hostPort': {
      const container = component.containers.find(({ ports }) => ports.some(({ name }) => name === value.port?.name))
      const port = map(pair('name', value.port?.name), need('option', value))
      return from('hostNetworkVarRef', of, pair('container', map(pair('name', container?.name), pair('port', port))))
    }
    case 'tlsEnabled':
      // Not there at all while TLS is off, so that it must not be required. 0.9 cannot declare TLS.
      return api === 'v1' ? from('tlsVarRef', pair('optional', true), pair('enabled', 'Optional')) : pair('value', 'false')
    default:
      return []
  }
}

/** Whether the operator gives a fact at all. */
export function isGiven({ api }: ComponentDefinitionRelease, { value }: EnvVar): boolean {
  return value.kind !== 'fact' || value.fact !== 'serviceVersion' || COMPONENT_FIELDS[api].serviceVersion !== undefined
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
