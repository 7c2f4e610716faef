// biome-ignore lint/suspicious/noExplicitAny: mutations change rendered objects of every kind
export type Rendered = any

/** A change of the objects that an addon of ours renders, which a rule must see. */
export interface Mutation {
  readonly code: string
  /** The addon, `qdrant` when not said. */
  readonly addon?: string
  readonly kubeblocks: string
  /** A word of what the rule says. */
  readonly says: string
  readonly change: (objects: Rendered[], find: (kind: string, name?: string) => Rendered) => void
}
