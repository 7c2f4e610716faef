import type { Path } from '../diagnostics/index.ts'
import type { Component, TextFile } from './component.ts'
import type { EnvVar } from './env.ts'

export type * from './component.ts'
export type * from './env.ts'
export type * from './lifecycle.ts'
export type * from './port.ts'

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
  /** The components of the line of the default version. */
  readonly components: readonly Component[]
  /** In the order of the descriptor; an addon without lines has one, without a name. */
  readonly lines: readonly Line[]
  /** In the order of the descriptor; exactly one is the default. */
  readonly topologies: readonly Topology[]
  readonly backup: Backup | undefined
  readonly dashboards: readonly TextFile[]
  /** Markdown for the chart's README. */
  readonly guide: TextFile | undefined
  /** What this version of the addon changes; none when nobody wrote it down. */
  readonly changes: readonly Change[]
  readonly cluster: ClusterDefaults
}

/** An entry of the changelog. */
export interface Change {
  readonly kind: 'added' | 'changed' | 'deprecated' | 'removed' | 'fixed' | 'security'
  readonly text: string
}

/** What a cluster gets when the user does not say otherwise, and how one is tested. */
export interface ClusterDefaults {
  readonly resources: { readonly cpu: string; readonly memory: string } | undefined
  readonly test: ClusterTest | undefined
}

/** What `helm test` of the cluster chart runs. */
export interface ClusterTest {
  /** Name of one of the addon's images, which has one tag for all engine versions. */
  readonly image: string
  readonly script: readonly TextFile[]
  readonly env: readonly EnvVar[]
  /** Seconds. */
  readonly timeout: number
  readonly origin: Path
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

/** A major line of the engine: versions with the same components, images aside. */
export interface Line {
  /** `undefined` in an addon without lines. */
  readonly name: string | undefined
  readonly versions: readonly EngineVersion[]
  /** The whole components of the line: what the addon says, with what the line overrides laid over it. */
  readonly components: readonly Component[]
  readonly origin: Path
}

/** A way to put a cluster together. An order is undefined when all components go at once. */
export interface Topology {
  readonly name: string
  readonly isDefault: boolean
  readonly components: readonly string[]
  readonly provision: Order | undefined
  readonly terminate: Order | undefined
  readonly update: Order | undefined
  readonly origin: Path
}

/** Batches of components, one after the other; each component of the topology is in exactly one. */
export type Order = readonly (readonly string[])[]

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
