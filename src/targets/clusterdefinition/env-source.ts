import type { Component, ComposedValue, EnvVar, Fact, FactValue } from '../../model/addon.ts'
import type { ClusterDefinitionLowering } from '../release.ts'
import { POD_FIELDS } from '../shared/env-items.ts'
import { credentialAccount } from './credential.ts'

/** Where the value of a variable comes from in this generation. */
export type Source =
  /** The value says it itself: a text, a knob, a secret, the credential, a text made of variables. */
  | { readonly kind: 'verbatim' }
  /** A text with variables of the operator, which the kubelet puts in. */
  | { readonly kind: 'value'; readonly value: string; readonly byName?: string }
  /** A field of the pod. */
  | { readonly kind: 'field'; readonly path: string }
  /** The engine version, which a ClusterVersion gives. */
  | { readonly kind: 'version' }
  /** facts.sh sets it. */
  | { readonly kind: 'scripted' }
  /** The operator gives it, as a variable of the whole component. */
  | { readonly kind: 'reference'; readonly of: string; readonly from: ReferenceEnv; readonly optional: boolean }
  /** Nothing, as on any release while TLS is off: no release of the family can turn it on. The loss is reported where TLS is declared. */
  | { readonly kind: 'off' }
  /** There is none. `isFatal` when the variable is needed. */
  | { readonly kind: 'none'; readonly isFatal: boolean; readonly why: string }

/** What a `componentRefEnv` says about another component (API.md 2.1). */
export type ReferenceEnv =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'service' }
  | { readonly kind: 'pods'; readonly format: '$(POD_NAME)' | '$(POD_FQDN)' }
  | { readonly kind: 'field'; readonly path: string }

/** Variables the operator puts in front of a container's own (API.md 5.1), which the kubelet expands. */
const OPERATOR_VALUES: Partial<Readonly<Record<Fact, string>>> = {
  clusterName: '$(KB_CLUSTER_NAME)',
  componentName: '$(KB_CLUSTER_COMP_NAME)',
  podFQDN: '$(KB_POD_FQDN)',
}

/** Where a variable of a container gets its value from. `variables` are all of the container. */
export function sourceOf(lowering: ClusterDefinitionLowering, component: Component, variables: readonly EnvVar[], { value }: EnvVar): Source {
  switch (value.kind) {
    case 'fact':
      return value.of === undefined ? ownFact(component, value) : otherFact(lowering, value.of, value)
    case 'account': {
      const credential = credentialAccount(lowering.addon)
      const isCredential = credential?.account.name === value.account && credential.component.name === (value.of ?? component.name)
      return isCredential ? { kind: 'verbatim' } : none(value.optional, `the account "${value.account}" does not exist there`)
    }
    case 'reference': {
      const reference = component.references.find(({ name }) => name === value.reference)
      return none(reference?.isOptional === true, `a cluster cannot be told about services outside of it, such as "${value.reference}"`)
    }
    case 'composed':
      return composedSource(lowering, component, variables, value)
    default:
      return { kind: 'verbatim' }
  }
}

function none(isOptional: boolean, why: string): Source {
  return { kind: 'none', isFatal: !isOptional, why }
}

/** Facts that only facts.sh can give: the operator has them where the kubelet cannot put them in. */
export function isScripted(fact: Fact): fact is 'podFQDNs' | 'podNames' | 'replicas' | 'clusterUID' {
  return fact === 'podFQDNs' || fact === 'podNames' || fact === 'replicas' || fact === 'clusterUID'
}

function ownFact(component: Component, { fact, service, port }: FactValue): Source {
  const path = POD_FIELDS[fact]
  if (path !== undefined) return { kind: 'field', path }
  const value = OPERATOR_VALUES[fact]
  if (value !== undefined) return { kind: 'value', value }
  if (isScripted(fact)) return { kind: 'scripted' }
  if (fact === 'serviceHost')
    return hasService(component, service)
      ? { kind: 'value', value: '$(KB_CLUSTER_COMP_NAME).$(KB_NAMESPACE).svc' }
      : none(false, `the service "${service}" does not exist there`)
  return staticFact(fact, port?.number)
}

/** Facts that are known when the chart is made, or when the engine version is. */
function staticFact(fact: Fact, port: number | undefined): Source {
  if (fact === 'serviceVersion') return { kind: 'version' }
  return fact === 'tlsEnabled' ? { kind: 'off' } : { kind: 'value', value: String(port ?? '') }
}

/** A component has one service, the default one. */
function hasService({ services }: Component, service: string | undefined): boolean {
  return service === 'default' && services.some(({ name }) => name === service)
}

function otherFact(lowering: ClusterDefinitionLowering, of: string, value: FactValue): Source {
  const { fact, service, port, optional } = value
  const target = lowering.addon.components.find(({ name }) => name === of)
  if (fact === 'servicePort' || fact === 'tlsEnabled' || fact === 'serviceVersion') {
    const known = staticFact(fact, port?.number)
    // Where the component may be missing, its port has to be missing with it.
    return optional && known.kind === 'value' && lowering.release.capabilities.componentReferences
      ? { kind: 'reference', of, from: { kind: 'text', text: known.value }, optional }
      : known
  }
  if (target === undefined) return none(optional, `there is no component "${of}"`)
  if (fact === 'serviceHost' && !hasService(target, service)) return none(optional, `the service "${service}" of "${of}" does not exist there`)
  if (!lowering.release.capabilities.componentReferences) return byName(of, value)
  switch (fact) {
    case 'serviceHost':
      return { kind: 'reference', of, from: { kind: 'service' }, optional }
    case 'componentName':
      // The name of the service is the name of the component.
      return hasService(target, 'default')
        ? { kind: 'reference', of, from: { kind: 'service' }, optional }
        : none(optional, `the name of "${of}" is known only when it has a default service`)
    case 'replicas':
      return { kind: 'reference', of, from: { kind: 'field', path: '$.components[0].replicas' }, optional }
    default:
      if (target.workload === 'stateless') return none(optional, `the pods of "${of}" have no names of their own`)
      return { kind: 'reference', of, from: { kind: 'pods', format: fact === 'podNames' ? '$(POD_NAME)' : '$(POD_FQDN)' }, optional }
  }
}

/** Without references, what is called after a component can be found as long as clusters keep its name. */
function byName(of: string, { fact, optional }: FactValue): Source {
  if (fact === 'serviceHost') return { kind: 'value', value: `$(KB_CLUSTER_NAME)-${of}.$(KB_NAMESPACE).svc`, byName: of }
  if (fact === 'componentName') return { kind: 'value', value: `$(KB_CLUSTER_NAME)-${of}`, byName: of }
  return none(optional, `a component is not told about the pods of "${of}"`)
}

/** A text made of variables needs all of them where the kubelet can put them in, or all in one component reference. */
function composedSource(lowering: ClusterDefinitionLowering, component: Component, variables: readonly EnvVar[], { parts }: ComposedValue): Source {
  const names = parts.flatMap((part) => (typeof part === 'string' ? [] : [part.variable]))
  const sources = names.map((name) => {
    const variable = variables.find((candidate) => candidate.name === name)
    return { name, variable, source: variable === undefined ? undefined : sourceOf(lowering, component, variables, variable) }
  })
  const lost = sources.find(({ source }) => source?.kind === 'none' || source?.kind === 'off' || source?.kind === 'scripted')
  if (lost !== undefined) {
    const isOptional = lost.source?.kind === 'off' || (lost.source?.kind === 'none' && !lost.source.isFatal)
    return none(isOptional, `the kubelet does not know ${lost.name}`)
  }
  const references = sources.flatMap(({ source }) => (source?.kind === 'reference' ? [source] : []))
  const [first] = references
  if (first === undefined) return { kind: 'verbatim' }
  const text = referenceText(parts, sources, first.of)
  if (text === undefined) return none(false, 'a text about another component can be made only of facts about that one, and of texts')
  return { kind: 'reference', of: first.of, from: { kind: 'text', text }, optional: references.every(({ optional }) => optional) }
}

type Sourced = { readonly name: string; readonly variable: EnvVar | undefined; readonly source: Source | undefined }

/** A variable inside the text of another: texts are put in here, since the operator does that once and in no order. */
function inReference(name: string, from: ReferenceEnv): string {
  return from.kind === 'text' ? from.text : `$(${name})`
}

/** The text as a `componentRefEnv` takes it: `$(NAME)` for variables of the same reference, texts as they are. */
function referenceText(parts: ComposedValue['parts'], sources: readonly Sourced[], of: string): string | undefined {
  const pieces = parts.map((part) => {
    if (typeof part === 'string') return part
    const found = sources.find(({ name }) => name === part.variable)
    if (found?.source?.kind === 'reference') return found.source.of === of ? inReference(part.variable, found.source.from) : undefined
    if (found?.source?.kind === 'value' && !found.source.value.includes('$(')) return found.source.value
    return found?.variable?.value.kind === 'text' ? found.variable.value.text : undefined
  })
  return pieces.includes(undefined) ? undefined : pieces.join('')
}
