import type { Path } from '../diagnostics/index.ts'

/** The actions of a component, in the order of the API. The role probe is none: it is asked again and again. */
export const ACTIONS = [
  'postProvision',
  'preTerminate',
  'switchover',
  'memberJoin',
  'memberLeave',
  'dataDump',
  'dataLoad',
  'reconfigure',
  'accountProvision',
] as const

export type ActionName = (typeof ACTIONS)[number]

/** What KubeBlocks calls in the life of a component. All actions run in one container. */
export interface Lifecycle extends Readonly<Record<ActionName, Action | undefined>> {
  readonly container: string
  readonly roleProbe: RoleProbe | undefined
  readonly memberLeave: MemberLeave | undefined
  readonly postProvision: TimedAction | undefined
  readonly origin: Path
}

/** The actions that a lifecycle has. */
export function actionsOf(lifecycle: Lifecycle): readonly (readonly [ActionName, Action])[] {
  return ACTIONS.flatMap((name) => {
    const action = lifecycle[name]
    return action === undefined ? [] : [[name, action] as const]
  })
}

/** What is run: one of the component's scripts, or a command. */
export type Run = { readonly kind: 'script'; readonly script: string } | { readonly kind: 'exec'; readonly command: readonly string[] }

export interface Action {
  readonly run: Run
  /** Seconds of one call, at most 60. */
  readonly timeout: number
  /** Whether the author gives the time. */
  readonly isTimed: boolean
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
  /** Undefined where the author says nothing. */
  readonly failures: number | undefined
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
