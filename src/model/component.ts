import type { Path } from '../diagnostics/index.ts'
import type { EnvVar } from './env.ts'
import type { Lifecycle, Sharding } from './lifecycle.ts'
import type { Port } from './port.ts'

/** A text file beside the descriptor. `name` is its name in the container or the chart. */
export interface TextFile {
  readonly name: string
  readonly path: string
  readonly text: string
  readonly origin: Path
}

export interface Component {
  readonly name: string
  readonly description: string | undefined
  readonly workload: 'stateful' | 'stateless' | 'replication' | 'consensus'
  readonly roles: readonly Role[]
  readonly replicas: {
    readonly default: number
    readonly recommended: readonly number[]
    readonly minimum: number | undefined
    readonly maximum: number | undefined
  }
  readonly services: readonly Service[]
  readonly accounts: readonly Account[]
  readonly volumes: readonly Volume[]
  readonly configs: readonly Config[]
  readonly scripts: { readonly volume: string; readonly files: readonly TextFile[]; readonly origin: Path } | undefined
  readonly init: readonly Container[]
  readonly containers: readonly Container[]
  readonly lifecycle: Lifecycle | undefined
  readonly logs: readonly { readonly name: string; readonly path: string; readonly origin: Path }[]
  readonly tls: Tls | undefined
  readonly references: readonly ServiceReference[]
  readonly sharding: Sharding | undefined
  /** Ports that can be opened on the node, by container; empty when the host network is not supported. */
  readonly hostPorts: readonly { readonly container: string; readonly ports: readonly Port[] }[]
  /** Rules of a Role, verbatim. */
  readonly policyRules: readonly Readonly<Record<string, unknown>>[]
  readonly labels: Readonly<Record<string, string>>
  readonly annotations: Readonly<Record<string, string>>
  readonly updateStrategy: 'serial' | 'bestEffortParallel' | 'parallel' | undefined
  readonly podManagement: 'ordered' | 'parallel' | undefined
  readonly metrics: { readonly port: Port; readonly path: string; readonly origin: Path } | undefined
  /** Fields of a PodSpec, verbatim. */
  readonly pod: Readonly<Record<string, unknown>>
  readonly origin: Path
}

/** A role a pod can have at run time. */
export interface Role {
  readonly name: string
  readonly isWritable: boolean
  readonly isReadable: boolean
  /** Whether its pods count for a majority. */
  readonly isInQuorum: boolean
  /** Whether at most one pod has it. */
  readonly isExclusive: boolean
  /** Pods of the lowest are updated first; undefined where the author says nothing. */
  readonly priority: number | undefined
  readonly origin: Path
}

export interface Service {
  readonly name: string
  readonly ports: readonly Port[]
  /** Name of the role whose pods it leads to; all pods when undefined. */
  readonly role: string | undefined
  readonly isPerPod: boolean
  readonly isHeadless: boolean
  readonly origin: Path
}

/** Where the certificates of a cluster with TLS are mounted. */
export interface Tls {
  readonly mount: string
  readonly ca: string
  readonly certificate: string
  readonly key: string
  readonly origin: Path
}

/** A service outside the cluster. */
export interface ServiceReference {
  readonly name: string
  readonly kind: string
  /** A regular expression. */
  readonly version: string
  readonly isOptional: boolean
  readonly origin: Path
}

export interface Account {
  readonly name: string
  readonly isInitial: boolean
  readonly password: {
    readonly length: number
    readonly digits: number
    readonly symbols: number
    readonly letterCase: 'mixed' | 'lower' | 'upper'
  }
  /** How an account that is not initial is made; variables in it are `${KB_ACCOUNT_NAME}` and `${KB_ACCOUNT_PASSWORD}`. */
  readonly statement: { readonly create: string; readonly update: string | undefined; readonly delete: string | undefined } | undefined
  readonly origin: Path
}

export type Volume = { readonly name: string; readonly origin: Path } & (
  | {
      readonly kind: 'claim'
      readonly size: string | undefined
      readonly content: 'data' | 'log'
      /** Percentage from which on the engine is made read-only. */
      readonly highWatermark: number | undefined
    }
  | { readonly kind: 'emptyDir'; readonly fields: Readonly<Record<string, unknown>> }
)

export interface Config {
  /** Name of the volume the files are mounted as. */
  readonly name: string
  readonly isTemplate: boolean
  /** What templates use by `{{ .NAME }}`: texts, knobs, and facts that are the same for all pods. */
  readonly vars: readonly EnvVar[]
  /** How a running engine takes up dynamic parameters; undefined when it notices them by itself. */
  readonly reload: Reload | undefined
  readonly files: readonly ConfigFile[]
  readonly origin: Path
}

export interface ConfigFile extends TextFile {
  readonly format: string | undefined
  readonly parameters: readonly Parameter[] | undefined
  /** Section of an ini file that the parameters are in. */
  readonly section: string | undefined
}

export type Reload = { readonly origin: Path } & (
  | { readonly kind: 'signal'; readonly process: string; readonly signal: string }
  | { readonly kind: 'script'; readonly script: string }
  | { readonly kind: 'restart' }
)

/** A parameter of a configuration file; `name` is dotted. */
export interface Parameter {
  readonly name: string
  readonly type: 'integer' | 'number' | 'string' | 'boolean'
  readonly minimum: number | undefined
  readonly maximum: number | undefined
  readonly enum: readonly (string | number | boolean)[] | undefined
  readonly unit: string | undefined
  readonly default: string | number | boolean | undefined
  readonly change: 'static' | 'dynamic' | 'immutable'
  readonly description: string
}

export interface Container {
  readonly name: string
  /** Name of one of the addon's images. */
  readonly image: string
  readonly command: readonly string[] | undefined
  readonly args: readonly string[] | undefined
  readonly ports: readonly Port[]
  readonly mounts: readonly {
    readonly volume: string
    readonly path: string
    readonly subPath: string | undefined
    readonly readOnly: boolean
    readonly origin: Path
  }[]
  readonly env: readonly EnvVar[]
  readonly liveness: Probe | undefined
  readonly readiness: Probe | undefined
  readonly startup: Probe | undefined
  /** Fields of a SecurityContext, verbatim. */
  readonly securityContext: Readonly<Record<string, unknown>> | undefined
  readonly origin: Path
}

/** A probe; times are whole seconds. */
export interface Probe {
  readonly check:
    | { readonly kind: 'http'; readonly path: string; readonly port: string; readonly scheme: 'HTTP' | 'HTTPS' }
    | { readonly kind: 'tcp'; readonly port: string }
    | { readonly kind: 'exec'; readonly command: readonly string[] }
    | { readonly kind: 'script'; readonly script: string }
  readonly delay: number | undefined
  readonly period: number
  readonly timeout: number
  readonly failures: number
  readonly successes: number
  readonly origin: Path
}
