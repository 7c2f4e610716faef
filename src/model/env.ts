import type { Path } from '../diagnostics/index.ts'
import type { Port } from './port.ts'

/** Something KubeBlocks knows about a pod, its component, or its cluster. */
export type Fact =
  | 'podName'
  | 'podIP'
  | 'podUID'
  | 'podFQDN'
  | 'nodeName'
  | 'hostIP'
  | 'hostPort'
  | 'namespace'
  | 'clusterName'
  | 'clusterUID'
  | 'componentName'
  | 'podNames'
  | 'podFQDNs'
  | 'replicas'
  | 'serviceHost'
  | 'servicePort'
  | 'serviceVersion'
  | 'tlsEnabled'

/** A text of the author, or the install-time knob that gives it. */
export type TextOrKnob =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'knob'; readonly knob: string; readonly isNumber: boolean }

export interface EnvVar {
  readonly name: string
  readonly origin: Path
  readonly value: EnvValue
}

export type EnvValue = TextOrKnob | FactValue | AccountValue | ReferenceValue | SecretValue | ComposedValue

export interface FactValue {
  readonly kind: 'fact'
  readonly fact: Fact
  /** Whether scripts can read it again, because it changes under a running process. */
  readonly live: boolean
  /** The component it is about, when it is not the own one. */
  readonly of: string | undefined
  /** Whether a cluster can be without that component. */
  readonly optional: boolean
  /** The service of `serviceHost` and `servicePort`. */
  readonly service: string | undefined
  /** The port of `servicePort` and `hostPort`. */
  readonly port: Port | undefined
}

export interface AccountValue {
  readonly kind: 'account'
  readonly account: string
  readonly field: 'username' | 'password'
  /** The component whose account it is, when it is not the own one. */
  readonly of: string | undefined
  readonly optional: boolean
}

export interface ReferenceValue {
  readonly kind: 'reference'
  /** Name of one of the references of the component. */
  readonly reference: string
  readonly field: 'username' | 'password' | 'host' | 'port' | 'endpoint'
}

export interface SecretValue {
  readonly kind: 'secret'
  readonly name: TextOrKnob
  readonly key: TextOrKnob
  readonly optional: boolean
}

/** Texts and variables of the same container, one after the other. */
export interface ComposedValue {
  readonly kind: 'composed'
  readonly parts: readonly (string | { readonly variable: string })[]
}
