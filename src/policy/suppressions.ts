import { type Code, catalogue, type Diagnostic, type Finding, type Report, suggest } from '../diagnostics/index.ts'

/** A comment that says which findings are meant to be there: on its own line or the next one, or in the whole file. */
export interface Suppression {
  readonly file: string
  readonly codes: readonly Code[]
  /** The line it is for; undefined for the whole file. */
  readonly line: number | undefined
  /** Where it stands. */
  readonly at: number
  readonly column: number
}

const MARKER = 'addonsmith-ignore'

const FORM = /(#|\/\/|\/\*|<!--)-?\s*addonsmith-ignore(-file)?\b(.*)$/

/** Reads the suppressions in a file: `# addonsmith-ignore CODE, CODE -- reason`, or `{{/* addonsmith-ignore-file CODE -- reason *\/}}`. Reports malformed ones. */
export function readSuppressions(file: string, text: string, report: Report): readonly Suppression[] {
  if (!text.includes(MARKER)) return []
  const lines = text.split('\n')
  return lines.flatMap((line, index): readonly Suppression[] => {
    const found = FORM.exec(line)
    if (found === null) return []
    const place = { file, line: index + 1, column: line.indexOf(MARKER) + 1 }
    const [list = '', ...rest] = (found[3] ?? '').replace(/\s*(\*\/|-->).*$/, '').split(/\s--\s|\s--$/)
    const codes = list.split(/[\s,]+/).filter((code) => code !== '')
    const problem = problemOf(codes, rest.join(' -- ').trim())
    if (problem !== undefined) {
      report({ code: 'check/suppression', place, ...problem })
      return []
    }
    const own = found[2] === '-file' ? undefined : isAlone(line, found.index) ? nextContent(lines, index) : index + 1
    return [{ file, codes: codes.filter(isCode), line: own, at: place.line, column: place.column }]
  })
}

function problemOf(codes: readonly string[], reason: string): Pick<Finding, 'message' | 'hint'> | undefined {
  if (codes.length === 0) return { message: 'The suppression names no code.' }
  const unknown = codes.find((code) => !isCode(code))
  if (unknown !== undefined) {
    const hint = suggest(unknown, Object.keys(catalogue))
    return { message: `There is no code "${unknown}".`, ...(hint === undefined ? {} : { hint }) }
  }
  return reason === '' ? { message: `The suppression of ${codes.join(', ')} gives no reason.` } : undefined
}

function isCode(code: string): code is Code {
  return Object.hasOwn(catalogue, code)
}

/** Whether nothing but the delimiters of a template comment stands before the comment. */
function isAlone(line: string, start: number): boolean {
  return /^\s*(\{\{-?\s*)?$/.test(line.slice(0, start))
}

/** The next line that is neither blank nor a comment; lines count from 1. */
function nextContent(lines: readonly string[], index: number): number {
  const next = lines.findIndex((line, i) => i > index && !/^\s*(#|\{\{-?\s*\/\*|\/\/|$)/.test(line))
  return next < 0 ? index + 1 : next + 1
}

/** The findings that no suppression covers, how many are covered, and the suppressions that cover nothing. */
export function suppress(
  diagnostics: readonly Diagnostic[],
  suppressions: readonly Suppression[],
): { readonly kept: readonly Diagnostic[]; readonly suppressed: number; readonly unused: readonly Suppression[] } {
  const used = new Set<Suppression>()
  const byFile = group(suppressions)
  const kept = diagnostics.filter(({ code, place }) => {
    const covering = (byFile.get(place?.file ?? '') ?? []).filter(
      ({ codes, line }) => codes.includes(code) && (line === undefined || line === place?.line),
    )
    for (const suppression of covering) used.add(suppression)
    return covering.length === 0
  })
  const unused = suppressions.filter((suppression) => !used.has(suppression))
  return { kept, suppressed: diagnostics.length - kept.length, unused }
}

/** That a suppression covers nothing. */
export function unusedFinding({ file, codes, at, column }: Suppression): Finding {
  return { code: 'check/unused-suppression', message: `There is no finding ${codes.join(', ')} to leave out.`, place: { file, line: at, column } }
}

function group(suppressions: readonly Suppression[]): ReadonlyMap<string, readonly Suppression[]> {
  const groups = new Map<string, Suppression[]>()
  for (const suppression of suppressions) {
    const group = groups.get(suppression.file) ?? []
    group.push(suppression)
    groups.set(suppression.file, group)
  }
  return groups
}
