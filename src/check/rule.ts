import type { Code, Place } from '../diagnostics/index.ts'
import type { Manifest } from '../render/index.ts'

/** What a rule may look at: all objects a chart renders. */
export interface Graph {
  readonly manifests: readonly Manifest[]
  ofKind(kind: string): readonly Manifest[]
  find(kind: string, name: string): Manifest | undefined
}

/** A rule looks at everything, and reports only about the object it was handed. The path of its file is its code. */
export interface Rule {
  readonly code: Code
  /** Kinds it is handed. */
  readonly kinds: readonly string[]
  check(manifest: Manifest, graph: Graph, report: (message: string, place: Place, hint?: string) => void): void
}

export function createGraph(manifests: readonly Manifest[]): Graph {
  return {
    manifests,
    ofKind: (kind) => manifests.filter((manifest) => manifest.kind === kind),
    find: (kind, name) => manifests.find((manifest) => manifest.kind === kind && manifest.name === name),
  }
}
