import { type Finding, type Path, type Place, suggest } from '../diagnostics/index.ts'
import { locateIn, readYaml } from '../goyaml/index.ts'
import { type ChartIndex, type StoredEntry, sorted, storeEntry, type Versions, versionsIn, versionsOf } from './chart-index.ts'
import { checkEntry, type EntryProblem, isMap, kindOf, TIME } from './entry.ts'
import { CHECKSUM, readLines, readUnchanged } from './index-lines.ts'
import { urlProblem } from './urls.ts'
import { newestFirst } from './version.ts'

export interface ReadOptions {
  /** What findings call the file. */
  readonly file: string
  /** URLs below which packages may lie outside the repository. */
  readonly allowForeign: readonly string[]
}

/** An index, or all that is wrong with it. */
export type ReadIndex =
  | { readonly index: ChartIndex; readonly findings: readonly [] }
  | { readonly index: undefined; readonly findings: readonly Finding[] }

/** Findings of one index that are told; a broken generator makes one for each entry. */
const MOST = 100

type Code = 'repository/index' | 'repository/duplicate' | 'repository/foreign-url'
type Tell = (problem: EntryProblem, code?: Code) => void

/**
 * Reads an `index.yaml`, YAML or JSON, strictly: nothing is left out silently, as Helm does with entries it does not like. One that addonsmith wrote and
 * that nobody changed since was checked when it was written: its entries are not looked at before somebody asks for them, however many there are.
 */
export function readWrittenIndex(text: string, options: ReadOptions): ReadIndex {
  const unchanged = readUnchanged(text, options.allowForeign)
  if (unchanged === undefined) return readIndex(text, options)
  const charts = new Map([...unchanged.charts].map(([name, lines]) => [name, versionsIn(lines)]))
  return { index: withHead(unchanged.head, charts), findings: [] }
}

/** Reads an index and checks every entry. */
export function readIndex(text: string, { file, allowForeign }: ReadOptions): ReadIndex {
  let problems: { readonly problem: EntryProblem; readonly code: Code }[] = []
  const tell: Tell = (problem, code = 'repository/index') => problems.push({ problem, code })
  const broken = (message: string, offset = 0): ReadIndex => ({
    index: undefined,
    findings: [{ code: 'repository/index', message, place: placeAt(text, offset, file) }],
  })
  const lines = readLines(text)
  let index = lines === undefined ? undefined : ifJson(() => indexOf(lines.head, lines.charts, allowForeign, tell))
  if (index === undefined) {
    problems = []
    if (text.trim() === '') return broken('The index is empty.')
    const data = parse(text)
    if ('problem' in data) return broken(data.problem, data.offset)
    if (!isMap(data.value)) return broken(`The index is ${kindOf(data.value)}, not a map.`)
    const { entries, ...head } = data.value
    index = indexOf(head, chartsOf(entries, tell), allowForeign, tell)
  }
  if (problems.length === 0) return { index, findings: [] }
  const locate = locator(text)
  const findings = problems.slice(0, MOST).map(({ problem, code }): Finding => {
    const { path, message, hint } = problem
    return { code, message, place: { ...placeAt(text, locate(path), file), path }, ...(hint === undefined ? {} : { hint }) }
  })
  const more = problems.length - findings.length
  if (more > 0)
    findings.push({ code: 'repository/index', message: `There are ${more} more findings about this index.`, place: placeAt(text, 0, file) })
  return { index: undefined, findings }
}

/** What `read` gives; nothing when it comes upon a text that is not JSON. */
function ifJson<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

/** An entry as the text of its line, which it keeps, or as what was read. */
type RawEntry = { readonly text: string } | { readonly value: unknown }
type RawCharts = Iterable<readonly [name: string, entries: readonly RawEntry[]]>

function indexOf(head: Readonly<Record<string, unknown>>, raw: RawCharts, allowForeign: readonly string[], tell: Tell): ChartIndex {
  checkHead(head, tell)
  const charts = new Map<string, Versions>()
  for (const [name, entries] of raw) {
    const versions: StoredEntry[] = []
    const seen = new Map<string, number>()
    for (const [position, entry] of entries.entries()) {
      const value: unknown = 'text' in entry ? JSON.parse(entry.text) : entry.value
      const path: Path = ['entries', name, position]
      for (const [at, url] of urlsOf(value).entries()) if (typeof url === 'string') checkUrl(url, [...path, 'urls', at], allowForeign, tell)
      if (!checkEntry(value, name, (problem) => tell({ ...problem, path: [...path, ...problem.path] }))) continue
      const first = seen.get(value.version)
      if (first !== undefined)
        tell(
          { path: [...path, 'version'], message: `${name} ${value.version} is in the index twice; the first is entry ${first + 1} of the chart.` },
          'repository/duplicate',
        )
      seen.set(value.version, position)
      versions.push('text' in entry ? storeEntry(value, entry.text) : storeEntry(value))
    }
    const isSorted = versions.every(({ version }, at) => at === 0 || newestFirst(versions[at - 1]?.version ?? version, version) <= 0)
    if (charts.has(name)) tell({ path: ['entries', name], message: `The chart ${name} is in the index twice, and only one of them counts.` })
    charts.set(name, versionsOf(isSorted ? versions : sorted(versions)))
  }
  return withHead(head, charts)
}

function withHead({ apiVersion: _, generated, annotations, ...others }: Readonly<Record<string, unknown>>, charts: ChartIndex['charts']): ChartIndex {
  const { [CHECKSUM]: __, ...own } = isMap(annotations) ? annotations : {}
  const rest = Object.keys(own).length === 0 ? others : { ...others, annotations: own }
  return { generated: typeof generated === 'string' ? generated : undefined, charts, rest }
}

function urlsOf(entry: unknown): readonly unknown[] {
  return isMap(entry) && Array.isArray(entry.urls) ? entry.urls : []
}

function checkUrl(url: string, path: Path, allowForeign: readonly string[], tell: Tell): void {
  const problem = urlProblem(url, allowForeign)
  if (problem === 'unsafe') tell({ path, message: `The URL "${url}" leads out of the repository.` }, 'repository/foreign-url')
  else if (problem === 'foreign') tell({ path, message: `The package is at "${url}", which is not in the repository.` }, 'repository/foreign-url')
}

/** Fields of an index. Helm: pkg/repo IndexFile. */
const HEAD = ['annotations', 'apiVersion', 'entries', 'generated', 'publicKeys', 'serverInfo']

function checkHead(head: Readonly<Record<string, unknown>>, tell: Tell): void {
  for (const field of Object.keys(head))
    if (!HEAD.includes(field)) tell({ path: [field], message: `"${field}" is no field that Helm knows here.`, hint: suggest(field, HEAD) })
  const { apiVersion, generated, annotations, publicKeys } = head
  if (apiVersion !== 'v1') tell({ path: apiVersion === undefined ? [] : ['apiVersion'], message: 'The apiVersion of an index is v1.' })
  if (generated !== undefined && (typeof generated !== 'string' || !TIME.test(generated)))
    tell({ path: ['generated'], message: 'generated is not a time.', hint: 'write it like 2026-01-31T12:00:00Z' })
  if (annotations !== undefined && !(isMap(annotations) && Object.values(annotations).every((item) => typeof item === 'string')))
    tell({ path: ['annotations'], message: 'annotations is not a map of texts.' })
  if (publicKeys !== undefined && !(Array.isArray(publicKeys) && publicKeys.every((item) => typeof item === 'string')))
    tell({ path: ['publicKeys'], message: 'publicKeys is not a list of texts.' })
}

function chartsOf(entries: unknown, tell: Tell): RawCharts {
  if (!isMap(entries)) {
    tell({
      path: entries === undefined ? [] : ['entries'],
      message: entries === undefined ? 'There are no entries.' : `entries is ${kindOf(entries)}, not a map.`,
    })
    return []
  }
  return Object.entries(entries).flatMap(([name, list]) => {
    if (Array.isArray(list)) return [[name, list.map((value: unknown) => ({ value }))] as const]
    tell({ path: ['entries', name], message: `The versions of ${name} are ${kindOf(list)}, not a list.` })
    return []
  })
}

/** Data as Helm reads it: JSON where the whole is JSON, else YAML. A key that is there twice is told: what stands behind the first would be lost. */
function parse(text: string): { readonly value: unknown } | { readonly problem: string; readonly offset: number } {
  try {
    const value: unknown = JSON.parse(text)
    return countKeys(value) === [...text.matchAll(KEY)].filter(([, colon]) => colon !== undefined).length
      ? { value }
      : { problem: 'A key is in a map twice, and only one of them counts.', offset: 0 }
  } catch {
    const { value, problem, duplicates } = readYaml(text)
    if (problem !== undefined) return { problem: `The index is not YAML: ${problem.message}.`, offset: problem.offset }
    const [twice] = duplicates
    return twice === undefined
      ? { value }
      : { problem: `The key "${twice.path.at(-1)}" is in a map twice, and only one of them counts.`, offset: twice.offset }
  }
}

/** Texts of JSON, those of keys with the colon behind them. */
const KEY = /"(?:[^"\\]|\\.)*"(\s*:)?/g

function countKeys(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  const items: readonly unknown[] = Object.values(value)
  return items.reduce((sum: number, item) => sum + countKeys(item), Array.isArray(value) ? 0 : items.length)
}

/** Finds places in a text; its beginning, where it cannot be read. */
function locator(text: string): (path: Path) => number {
  try {
    return locateIn(text)
  } catch {
    return () => 0
  }
}

function placeAt(text: string, offset: number, file: string): Place {
  const before = text.slice(0, offset)
  return { file, line: before.split('\n').length, column: offset - before.lastIndexOf('\n') }
}
