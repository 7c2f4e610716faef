import type { Code } from '../diagnostics/index.ts'
import type { ValidationRule } from '../operator/index.ts'

/**
 * A rule about rendered objects. Those of operators stand in `src/operator/validation`, the others in `rules/`; all have this form, and
 * `rules/index.ts` lists them as one.
 */
export type ObjectRule = ValidationRule

/** A rule about the files of a chart, as its author wrote them. */
export interface SourceRule {
  readonly code: Code
  /** What the rule rests on. */
  readonly source: string
  /** Whether it asks what was rendered; the others are applied while Helm renders. */
  readonly needsRendering?: true
  check(chart: ChartSource): readonly SourceFinding[]
}

/** Something wrong in a file of a chart. */
export interface SourceFinding {
  /** Path below the chart. */
  readonly file: string
  /** Both from 1. */
  readonly line: number
  readonly column: number
  readonly message: string
  readonly hint?: string | undefined
}

/** A chart as its author wrote it. */
export interface ChartSource {
  readonly name: string
  /** Paths of all files, charts in `charts/` included, in order. */
  readonly paths: readonly string[]
  /** The text of a file; nothing when there is none, or it is not UTF-8. */
  read(path: string): string | undefined
  /** Templates that gave at least one object with the default values; undefined when Helm could not render the chart. */
  readonly rendered: ReadonlySet<string> | undefined
}
