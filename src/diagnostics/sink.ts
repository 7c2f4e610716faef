import { catalogue } from './catalogue/index.ts'
import type { Diagnostic, Finding, Report, Severity } from './diagnostic.ts'

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
      const key = sortKey(finding)
      const earlier = found.get(key)
      const kubeblocks = [...new Set([...(earlier?.kubeblocks ?? []), ...(finding.kubeblocks ?? [])])]
      const kept = (earlier?.limit ?? Number.POSITIVE_INFINITY) < (finding.limit ?? Number.POSITIVE_INFINITY) ? earlier : finding
      const subjects = [...new Set([...(earlier?.subjects ?? []), ...(finding.subjects ?? [])])]
      found.set(key, {
        ...(kept ?? finding),
        severity: catalogue[finding.code].severity,
        ...(kubeblocks.length === 0 ? {} : { kubeblocks }),
        ...(subjects.length === 0 ? {} : { subjects }),
      })
    },
    all() {
      return [...found.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, diagnostic]) => inWords(diagnostic))
    },
    has(severity) {
      return [...found.values()].some((diagnostic) => diagnostic.severity === severity)
    },
  }
}

/** Findings in the order of reports: file, line, column, code, message. */
export function inOrder(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const keys = new Map(diagnostics.map((diagnostic) => [diagnostic, sortKey(diagnostic)]))
  return [...diagnostics].sort((a, b) => ((keys.get(a) ?? '') < (keys.get(b) ?? '') ? -1 : 1))
}

/** The message with the releases and the objects it is about. */
function inWords(diagnostic: Diagnostic): Diagnostic {
  const { kubeblocks, subjects = [], message } = diagnostic
  const where = kubeblocks === undefined ? '' : `In KubeBlocks ${kubeblocks.join(', ')} `
  const [first, ...others] = [...subjects].sort()
  const whose = first === undefined ? '' : `${first}${others.length === 0 ? '' : ` and ${others.length} more`}: `
  return where === '' && whose === '' ? diagnostic : { ...diagnostic, message: `${where}${whose}${message}` }
}

function sortKey({ code, message, place }: Finding): string {
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
