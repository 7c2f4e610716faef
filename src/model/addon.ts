import type { Path } from '../diagnostics/index.ts'

/** An addon with nothing optional that has a default: references checked, files read, times in seconds. `origin` is the place in the descriptor. */
export interface ResolvedAddon {
  readonly name: string
  readonly version: string
  readonly engine: string
  readonly description: string
  readonly category: string | undefined
  readonly provider: string
  readonly license: string | undefined
  readonly home: string | undefined
  readonly icon: string | undefined
  readonly sources: readonly string[]
  readonly keywords: readonly string[]
  readonly maintainers: readonly Readonly<{ name: string; email?: string; url?: string }>[]
  readonly knobs: readonly Knob[]
  readonly images: readonly Image[]
  /** In the order of the descriptor; exactly one is the default. */
  readonly versions: readonly EngineVersion[]
  readonly components: readonly Component[]
  readonly backup: Backup | undefined
  readonly dashboards: readonly TextFile[]
  /** Markdown for the chart's README. */
  readonly guide: TextFile | undefined
  readonly resources: { readonly cpu: string; readonly memory: string } | undefined
}

/** An install-time value of the chart. */
export interface Knob {
  readonly name: string
  readonly type: 'string' | 'integer' | 'number' | 'boolean'
  readonly default: string | number | boolean
  readonly description: string
  readonly enum: readonly (string | number)[] | undefined
  readonly minimum: number | undefined
  readonly maximum: number | undefined
  readonly pattern: string | undefined
  readonly origin: Path
}

/** An image. Either `tag` holds for every engine version, or `tags` has one for each. */
export interface Image {
  readonly name: string
  readonly registry: string | undefined
  readonly repository: string
  readonly tag: string | undefined
  readonly tags: ReadonlyMap<string, string>
  readonly origin: Path
}

export interface EngineVersion {
  readonly version: string
  readonly isDefault: boolean
  readonly upgradeFrom: readonly string[]
  readonly origin: Path
}

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
  readonly workload: 'stateful' | 'stateless'
  readonly replicas: { readonly default: number; readonly recommended: readonly number[] }
  readonly services: readonly { readonly name: string; readonly ports: readonly Port[]; readonly origin: Path }[]
  readonly accounts: readonly Account[]
  readonly volumes: readonly Volume[]
  readonly configs: readonly Config[]
  readonly scripts: { readonly volume: string; readonly files: readonly TextFile[]; readonly origin: Path } | undefined
  readonly init: readonly Container[]
  readonly containers: readonly Container[]
  readonly memberLeave:
    | { readonly script: string; readonly container: string; readonly timeout: number; readonly drain: number; readonly origin: Path }
    | undefined
  readonly metrics: { readonly port: Port; readonly path: string; readonly origin: Path } | undefined
  /** Fields of a PodSpec, verbatim. */
  readonly pod: Readonly<Record<string, unknown>>
  readonly origin: Path
}

export interface Port {
  readonly name: string
  readonly number: number
  readonly origin: Path
}

export interface Account {
  readonly name: string
  readonly isInitial: boolean
  readonly purpose: 'admin' | 'backup' | 'probe' | 'monitoring' | 'replication'
  readonly password: { readonly length: number; readonly digits: number; readonly symbols: number }
  readonly origin: Path
}

export type Volume = { readonly name: string; readonly origin: Path } & (
  | { readonly kind: 'claim'; readonly size: string | undefined; readonly content: 'data' | 'log' }
  | { readonly kind: 'emptyDir'; readonly fields: Readonly<Record<string, unknown>> }
)

export interface Config {
  /** Name of the volume the files are mounted as. */
  readonly name: string
  readonly isTemplate: boolean
  readonly files: readonly (TextFile & { readonly format: string | undefined; readonly parameters: readonly Parameter[] | undefined })[]
  readonly origin: Path
}

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

export type Fact = 'podName' | 'podIP' | 'podUID' | 'nodeName' | 'namespace' | 'clusterName' | 'componentName' | 'podFQDN' | 'podFQDNs' | 'replicas'

/** A text of the author, or the install-time knob that gives it. */
export type TextOrKnob =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'knob'; readonly knob: string; readonly isNumber: boolean }

export interface EnvVar {
  readonly name: string
  readonly origin: Path
  readonly value:
    | TextOrKnob
    | { readonly kind: 'fact'; readonly fact: Fact; readonly live: boolean }
    | { readonly kind: 'secret'; readonly name: TextOrKnob; readonly key: TextOrKnob; readonly optional: boolean }
    | { readonly kind: 'account'; readonly account: string; readonly field: 'username' | 'password' }
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

export interface Backup {
  /** Name of the component that is backed up. */
  readonly component: string
  readonly pods: 'any' | 'all'
  readonly methods: readonly BackupMethod[]
  readonly origin: Path
}

export interface BackupMethod {
  readonly name: string
  /** Name of one of the addon's images. */
  readonly image: string
  /** Volume claim that holds the data, and where the first container mounts it. */
  readonly volume: { readonly name: string; readonly path: string }
  readonly env: readonly EnvVar[]
  readonly backup: readonly TextFile[]
  readonly restore: readonly TextFile[]
  readonly phase: 'prepare' | 'ready'
  readonly schedule: { readonly cron: string; readonly enabled: boolean; readonly keep: string } | undefined
  readonly origin: Path
}
