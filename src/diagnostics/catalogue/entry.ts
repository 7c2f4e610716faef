import type { Code } from '../code.ts'
import type { Severity } from '../diagnostic.ts'

/** What a code means: its title, why it matters, how to mend it. `docs/diagnostics.md` is generated from here. Codes are permanent. */
export interface CatalogueEntry {
  readonly severity: Severity
  readonly title: string
  readonly why: string
  readonly fix: string
}

/** The entries of all codes of some areas: one that is left out does not compile. */
export type Entries<Area extends string> = Readonly<Record<Extract<Code, `${Area}/${string}`>, CatalogueEntry>>

export function entry(severity: Severity, title: string, why: string, fix: string): CatalogueEntry {
  return { severity, title, why, fix }
}
