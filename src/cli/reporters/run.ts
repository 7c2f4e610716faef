import type { Diagnostic, Severity } from '../../diagnostics/index.ts'
import type { Result } from '../../generated/report.ts'

/** A run of a command that came to its end, as reporters show it. */
export interface Run {
  readonly command: string
  readonly exitCode: number
  /** Version of addonsmith. */
  readonly version: string
  readonly diagnostics: readonly Diagnostic[]
  readonly results: readonly Result[]
  /** What could not be checked, and why. */
  readonly notChecked: readonly string[]
  /** What people read about the results. */
  readonly lines: readonly string[]
  /** What is said of findings that are not shown: how many were suppressed. */
  readonly notes: readonly string[]
  /** Severities that make the run fail. */
  readonly failing: readonly Severity[]
  /** A path as it is shown, seen from the root of the repository, with `/`; absolute when it lies outside. */
  readonly fromRoot: (shown: string) => string
  /** The text of a file; nothing for what cannot be read (inside an archive, for example). */
  readonly readSource: (file: string) => string | undefined
}

/** Turns a run into the whole text of a report. Texts of charts are not trusted: each reporter escapes them for what reads its format. */
export type Reporter = (run: Run) => string
