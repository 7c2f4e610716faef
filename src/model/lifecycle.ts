import type { Path } from '../diagnostics/index.ts'

/** What KubeBlocks calls in the life of a component. All actions run in one container. */
export interface Lifecycle {
  readonly container: string
  readonly roleProbe: RoleProbe | undefined
  readonly memberJoin: Action | undefined
  readonly memberLeave: MemberLeave | undefined
  readonly switchover: Action | undefined
  readonly postProvision: TimedAction | undefined
  readonly preTerminate: Action | undefined
  readonly accountProvision: Action | undefined
  readonly reconfigure: Action | undefined
  readonly dataDump: Action | undefined
  readonly dataLoad: Action | undefined
  readonly origin: Path
}

/** What is run: one of the component's scripts, or a command. */
export type Run = { readonly kind: 'script'; readonly script: string } | { readonly kind: 'exec'; readonly command: readonly string[] }

export interface Action {
  readonly run: Run
  /** Seconds of one call, at most 60. */
  readonly timeout: number
  /** `any`, `all`, or the name of a role; undefined where the author says nothing. */
  readonly pods: string | undefined
  readonly retries: number | undefined
  readonly origin: Path
}

export interface MemberLeave extends Action {
  /** Seconds for leaving in all, where it runs as a preStop hook. */
  readonly drain: number
}

export interface TimedAction extends Action {
  readonly when: 'immediately' | 'componentReady' | 'clusterReady'
}

export interface RoleProbe {
  readonly run: Run
  readonly delay: number | undefined
  readonly period: number
  readonly timeout: number
  readonly failures: number
  readonly origin: Path
}

/** The component is the template of shards. */
export interface Sharding {
  readonly minimum: number
  readonly maximum: number
  readonly shardAdd: Action | undefined
  readonly shardRemove: Action | undefined
  readonly origin: Path
}
