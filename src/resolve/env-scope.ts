import type { Component as ComponentDescriptor } from '../generated/addon.ts'
import type { Knob } from '../model/addon.ts'

/** What environment variables may refer to. */
export interface EnvScope {
  readonly knobs: readonly Pick<Knob, 'name' | 'type'>[]
  /** The component the variables belong to; jobs belong to none. */
  readonly self: string | undefined
  /** All components that a cluster can have beside it. */
  readonly components: Readonly<Record<string, ComponentDescriptor>>
}
