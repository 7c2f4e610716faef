import { createHash } from 'node:crypto'
import { isMap } from './entry.ts'

/** What an index with an entry on each line holds. */
export interface IndexLines {
  /** Everything but the entries. */
  readonly head: Readonly<Record<string, unknown>>
  readonly charts: Iterable<readonly [name: string, entries: readonly { readonly text: string }[]]>
}

const ENTRIES = '"entries":{'

/**
 * Takes the JSON that `writeIndex` makes apart by its lines, so that an index of any size is never in memory as objects. Where each text is JSON,
 * they hold what JSON.parse of the whole gives. Nothing for any other layout.
 */
export function readLines(text: string): IndexLines | undefined {
  try {
    return parseLines(text)
  } catch {
    return undefined
  }
}

function parseLines(text: string): IndexLines | undefined {
  let start = text.indexOf('\n') + 1
  const first = text.slice(0, start - 1)
  if (start === 0 || !first.startsWith('{') || !first.endsWith(ENTRIES)) return undefined
  const head: unknown = JSON.parse(`${first}}}`)
  if (!isMap(head)) return undefined
  const charts: [string, { readonly text: string }[]][] = []
  let open: (typeof charts)[number] | undefined
  // Whether a comma stood behind what came last: only then something follows.
  let comma = true
  while (start < text.length) {
    const end = text.indexOf('\n', start)
    if (end < 0) return undefined
    const next = text[end - 1] === ','
    const line = text.slice(start, next ? end - 1 : end)
    start = end + 1
    if (open === undefined) {
      if (line === '}}' && !next) return start === text.length && (charts.length === 0 || !comma) ? { head: withoutEntries(head), charts } : undefined
      if (!comma || !line.endsWith(':[') || next) return undefined
      const name: unknown = JSON.parse(line.slice(0, -2))
      if (typeof name !== 'string') return undefined
      open = [name, []]
      charts.push(open)
      comma = true
    } else if (line === ']') {
      if (comma && open[1].length > 0) return undefined
      open = undefined
      comma = next
    } else {
      if (!comma) return undefined
      open[1].push({ text: line })
      comma = next
    }
  }
  return undefined
}

function withoutEntries({ entries: _, ...head }: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return head
}

/** The annotation of an index that holds the checksum of all that stands below its first line. */
export const CHECKSUM = 'addonsmith.dev/checksum'

/** What the checksum of an index is, that was found good with these URLs allowed. */
export function checksumOf(body: string, allowForeign: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(allowForeign)).update(body).digest('hex')
}

/**
 * Takes an index that `writeIndex` made apart into the lines of each chart, without looking at them: its checksum says that nobody changed it since. That
 * is no defence against somebody who means harm, who could replace packages as well; `repo check` looks at every entry. Nothing for all other indexes.
 */
export function readUnchanged(
  text: string,
  allowForeign: readonly string[],
): { readonly head: Readonly<Record<string, unknown>>; readonly charts: Iterable<readonly [name: string, lines: string]> } | undefined {
  const start = text.indexOf('\n') + 1
  const first = text.slice(0, start - 1)
  const checksum = /"addonsmith\.dev\/checksum":"([0-9a-f]{64})"/.exec(first)?.[1]
  const body = text.slice(start)
  if (checksum === undefined || !first.endsWith(ENTRIES) || checksum !== checksumOf(body, allowForeign)) return undefined
  const head: unknown = JSON.parse(`${first}}}`)
  if (!isMap(head)) return undefined
  const charts: [string, string][] = []
  for (let at = 0; body[at] === '"'; ) {
    const lines = body.indexOf('\n', at) + 1
    const end = body.indexOf('\n]', lines)
    charts.push([String(JSON.parse(body.slice(at, lines - 3))), body.slice(lines, end)])
    at = body.indexOf('\n', end + 1) + 1
  }
  return { head: withoutEntries(head), charts }
}
