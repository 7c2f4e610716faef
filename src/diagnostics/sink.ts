import { catalogue } from './catalogue.ts'
import type { Diagnostic, Report, Severity } from './diagnostic.ts'

/** Collects findings of one run; equal findings are kept once. */
export interface Sink {
  readonly report: Report
  /** All findings in a stable order: file, line, column, code, message. */
  all(): readonly Diagnostic[]
  has(severity: Severity): boolean
}

export function createSink(): Sink {
  const found = new Map<string, Diagnostic>()
  return {
    report(finding) {
      const diagnostic: Diagnostic = { ...finding, severity: catalogue[finding.code].severity }
      found.set(sortKey(diagnostic), diagnostic)
    },
    all() {
      return [...found.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, diagnostic]) => diagnostic)
    },
    has(severity) {
      return [...found.values()].some((diagnostic) => diagnostic.severity === severity)
    },
  }
}

function sortKey({ code, message, place }: Diagnostic): string {
  const position = place === undefined ? '' : `${place.file}\0${pad(place.line)}\0${pad(place.column)}`
  return `${position}\0${code}\0${message}`
}

function pad(n: number): string {
  return String(n).padStart(9, '0')
}

/** How many findings of each severity there are. */
export function countSeverities(diagnostics: readonly Diagnostic[]): Record<Severity, number> {
  const counts = { error: 0, warning: 0, info: 0 }
  for (const { severity } of diagnostics) counts[severity]++
  return counts
}
