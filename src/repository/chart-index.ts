import { entryText, type IndexEntry } from './entry.ts'
import { newestFirst, parseVersion, type Version } from './version.ts'

/** The annotation by which a version says that it was yanked, and why. */
export const YANKED = 'addonsmith.dev/yanked'

/** One version of a chart: its entry as one line of JSON, and what merging must know of it. Large indexes stay small in memory this way. */
export interface StoredEntry {
  readonly version: Version
  /** SHA-256 in hexadecimal. */
  readonly digest: string | undefined
  readonly text: string
}

/** The versions of a chart, newest first: as the lines of an index, and as what they hold. Each is made of the other when it is asked for. */
export interface Versions {
  /** The entries, with a comma and a line end between them. */
  readonly text: string
  readonly all: readonly StoredEntry[]
}

export function versionsOf(all: readonly StoredEntry[]): Versions {
  return {
    all,
    get text() {
      return all.map(({ text }) => text).join(',\n')
    },
  }
}

/** Versions of which only the lines were read. JSON has no line ends inside of texts. */
export function versionsIn(text: string): Versions {
  let all: readonly StoredEntry[] | undefined
  return {
    text,
    get all() {
      all ??= text.split(',\n').map((line) => storeEntry(JSON.parse(line) as IndexEntry, line))
      return all
    },
  }
}

/** The index of a chart repository. */
export interface ChartIndex {
  /** When it was last changed; nothing when it does not say so. */
  readonly generated: string | undefined
  /** Versions by name of chart. */
  readonly charts: ReadonlyMap<string, Versions>
  /** Other fields of Helm's: `annotations`, `publicKeys`, `serverInfo`. */
  readonly rest: Readonly<Record<string, unknown>>
}

export const EMPTY_INDEX: ChartIndex = { generated: undefined, charts: new Map(), rest: {} }

/** The entry of a line of an index that was read. */
export function entryOf(stored: StoredEntry): IndexEntry {
  return JSON.parse(stored.text) as IndexEntry
}

/** Makes a checked entry ready for an index. */
export function storeEntry(entry: IndexEntry, text: string = entryText(entry)): StoredEntry {
  const version = parseVersion(entry.version)
  if (version === undefined) throw new Error(`bug: ${entry.version} was not checked`)
  return { version, digest: entry.digest?.replace(/^sha256:/, ''), text }
}

/** The entry of a version, by its exact text. */
export function findEntry(index: ChartIndex, name: string, version: string): StoredEntry | undefined {
  return index.charts.get(name)?.all.find((stored) => stored.version.text === version)
}

/** What became of an entry that was to be added. */
export type Outcome = 'added' | 'unchanged' | 'conflict'

/**
 * Adds entries to an index. What is there already stays as it is, `created` included; the same version with another digest, or with none to compare, is
 * a conflict and is not taken.
 */
export function addEntries(index: ChartIndex, entries: readonly IndexEntry[]): { readonly index: ChartIndex; readonly outcomes: readonly Outcome[] } {
  const charts = new Map(index.charts)
  const grown = new Set<string>()
  let generated = index.generated
  const outcomes = entries.map((entry): Outcome => {
    const versions = charts.get(entry.name)?.all ?? []
    const there = versions.find(({ version }) => version.text === entry.version)
    if (there !== undefined) return there.digest !== undefined && there.digest === storeEntry(entry, '').digest ? 'unchanged' : 'conflict'
    charts.set(entry.name, versionsOf([...versions, storeEntry(entry)]))
    grown.add(entry.name)
    generated = latest(generated, entry.created)
    return 'added'
  })
  for (const name of grown) charts.set(name, versionsOf(sorted(charts.get(name)?.all ?? [])))
  return { index: { ...index, charts, generated }, outcomes }
}

/**
 * Marks a version as yanked, with the reason. It stays in its place, so that Helm still fetches it by its exact version. Helm shows neither `deprecated`
 * nor annotations in `helm search repo`, so the description says it as well.
 */
export function yankEntry(index: ChartIndex, name: string, version: string, reason: string, now: string): ChartIndex {
  const versions = index.charts.get(name)?.all ?? []
  const marked = versions.map((stored) => (stored.version.text === version ? storeEntry(yanked(entryOf(stored), reason)) : stored))
  if (marked.every((stored, position) => stored.text === versions[position]?.text)) return index
  return { ...index, charts: new Map(index.charts).set(name, versionsOf(marked)), generated: latest(index.generated, now) }
}

function yanked(entry: IndexEntry, reason: string): IndexEntry {
  const before = entry.annotations?.[YANKED]
  const prefix = before === undefined ? '' : prefixOf(before)
  const { description = '' } = entry
  const own = description.startsWith(prefix) ? description.slice(prefix.length) : description
  return { ...entry, deprecated: true, annotations: { ...entry.annotations, [YANKED]: reason }, description: `${prefixOf(reason)}${own}` }
}

function prefixOf(reason: string): string {
  return `[YANKED: ${reason}] `
}

/** Versions as Helm sorts them. */
export function sorted(versions: readonly StoredEntry[]): readonly StoredEntry[] {
  return [...versions].sort((a, b) => newestFirst(a.version, b.version))
}

/** The later of two times. */
function latest(a: string | undefined, b: string | undefined): string | undefined {
  if (a === undefined || b === undefined) return a ?? b
  return Date.parse(b) > Date.parse(a) ? b : a
}
