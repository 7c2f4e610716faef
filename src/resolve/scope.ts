import { type Code, formatPath, type Locate, type Path, type Report, suggest } from '../diagnostics/index.ts'
import type { AddonFolder, Source } from '../load/index.ts'

/** What the parts of resolving share: the source they read from, and ways to report at a path of the descriptor. */
export interface Scope {
  readonly source: Source
  readonly folder: AddonFolder
  readonly report: Report
  /** Reports at a path of the descriptor. */
  problem(code: Code, path: Path, message: string, options?: { readonly hint?: string; readonly at?: 'key' | 'value' }): void
  /** Whether `name` is declared; reports at `path` when it is not. `what` names the kind of thing, as in "container port", and `where` says where it should be. */
  isDeclared(what: string, name: string, declared: Iterable<string>, path: Path, where?: string): boolean
  /** Marks a declaration as used, and tells which never were. */
  readonly uses: Uses
}

/** Keeps which declarations somebody refers to. */
export interface Uses {
  use(kind: 'knob' | 'image', name: string): void
  isUsed(kind: 'knob' | 'image', name: string): boolean
}

export function createScope(source: Source, report: Report): Scope {
  const used = new Set<string>()
  const uses: Uses = {
    use: (kind, name) => used.add(`${kind}:${name}`),
    isUsed: (kind, name) => used.has(`${kind}:${name}`),
  }
  return scopeOf(source, report, uses)
}

/** The same scope, for data that stands elsewhere in the descriptor than its paths say. */
export function withLocate(scope: Scope, locate: Locate): Scope {
  return scopeOf({ ...scope.source, locate }, scope.report, scope.uses)
}

function scopeOf(source: Source, report: Report, uses: Uses): Scope {
  const problem: Scope['problem'] = (code, path, message, options = {}) => {
    const { hint, at } = options
    report({ code, message, place: source.locate(path, at), ...(hint === undefined ? {} : { hint }) })
  }
  return {
    source,
    folder: source.folder,
    report,
    problem,
    isDeclared(what, name, declared, path, where) {
      const names = [...declared]
      if (names.includes(name)) return true
      problem('addon/reference', path, `There is no ${what} "${name}"${where === undefined ? '' : ` ${where}`}.`, { hint: suggest(name, names) })
      return false
    },
    uses,
  }
}

/** Reports names that come twice in a list; `what` names the kind of thing. */
export function reportDuplicates(scope: Scope, what: string, named: readonly { readonly name: string; readonly origin: Path }[]): void {
  const first = new Map<string, Path>()
  for (const { name, origin } of named) {
    const earlier = first.get(name)
    if (earlier === undefined) first.set(name, origin)
    else scope.problem('addon/duplicate', origin, `The ${what} "${name}" is already declared at ${formatPath(earlier)}.`, { at: 'key' })
  }
}

/** The one key of `keys` that is there; reports when none or several are. */
export function exactlyOne<K extends string>(scope: Scope, value: { readonly [key in K]?: unknown }, keys: readonly K[], path: Path): K | undefined {
  const given = keys.filter((key) => value[key] !== undefined)
  if (given.length === 1) return given[0]
  const found = given.length === 0 ? 'none is given' : `${given.join(' and ')} are given`
  scope.problem('addon/exactly-one', path, `${formatPath(path)} needs exactly one of ${keys.join(', ')}; ${found}.`, {
    hint: given.length === 0 ? `add ${keys.join(' or ')}` : `keep ${given.join(' or ')}`,
  })
  return undefined
}

const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86400 }

/** Seconds of a duration such as `15s`. The schema has checked its form. */
export function seconds(duration: string): number {
  return Number(duration.slice(0, -1)) * (UNITS[duration.slice(-1)] ?? 1)
}

/** The entries of a map of the descriptor with the path of each. */
export function entriesOf<T>(
  map: Readonly<Record<string, T>> | undefined,
  path: Path,
): readonly { readonly name: string; readonly value: T; readonly origin: Path }[] {
  return Object.entries(map ?? {}).map(([name, value]) => ({ name, value, origin: [...path, name] }))
}
