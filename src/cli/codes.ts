import { objectRules, sourceRules } from '../check/rules/index.ts'
import { type CatalogueEntry, type Code, catalogue } from '../diagnostics/index.ts'
import { ALL } from '../operator/index.ts'

/** A code that `check` gives for charts, with its text and what it rests on. */
export interface CheckCode extends CatalogueEntry {
  readonly code: Code
  readonly area: string
  /** Kinds of objects it is about; none when it is about files. */
  readonly kinds: readonly string[] | 'all'
  /** Releases of KubeBlocks it is given for, oldest first. */
  readonly releases: readonly string[]
  readonly sources: readonly string[]
}

/** What else than rules gives codes for charts, by area, and what those codes rest on. */
const STAGES: Readonly<Record<string, { readonly kinds: readonly string[] | 'all'; readonly source: string }>> = {
  api: { kinds: 'all', source: 'the CustomResourceDefinitions of the release' },
  chart: { kinds: [], source: 'Helm, and what packages must not hold' },
  helm: { kinds: [], source: 'helm template and helm lint' },
}

/** Codes of those areas that speak of definitions, which `schema import` reads. */
const OF_DEFINITIONS: ReadonlySet<Code> = new Set<Code>(['api/crd', 'api/duplicate', 'api/none', 'api/not-a-file'])

/** Every code that `check` gives for charts, sorted. */
export function checkCodes(): readonly CheckCode[] {
  const found = new Map<Code, CheckCode>()
  for (const code of Object.keys(catalogue) as Code[]) {
    const stage = STAGES[areaOf(code)]
    if (stage === undefined || OF_DEFINITIONS.has(code)) continue
    found.set(code, { ...catalogue[code], code, area: areaOf(code), kinds: stage.kinds, releases: ALL, sources: [stage.source] })
  }
  // Several rules may share a code. A rule's own facts take the place of those of its area.
  const rules = [...objectRules, ...sourceRules.map((rule) => ({ ...rule, kinds: [], releases: ALL }))]
  const ruled = new Set<Code>()
  for (const { code, kinds, releases, source } of rules) {
    const earlier = ruled.has(code) ? found.get(code) : undefined
    ruled.add(code)
    found.set(code, {
      ...catalogue[code],
      code,
      area: areaOf(code),
      kinds: earlier?.kinds === 'all' || kinds === 'all' ? 'all' : [...new Set([...(earlier?.kinds ?? []), ...kinds])].sort(),
      releases: ALL.filter((release) => releases.includes(release) || earlier?.releases.includes(release) === true),
      sources: [...new Set([...(earlier?.sources ?? []), source])],
    })
  }
  return [...found.values()].sort((a, b) => (a.code < b.code ? -1 : 1))
}

export function areaOf(code: Code): string {
  return code.slice(0, code.indexOf('/'))
}

/** Releases as people say them: `all`, `0.9 and later`, `0.5 to 0.8`, `0.5, 0.9`. */
export function releaseSpan(releases: readonly string[]): string {
  const [first] = releases
  const last = releases.at(-1)
  if (first === undefined || last === undefined) return 'none'
  if (releases.length === ALL.length) return 'all'
  const from = ALL.indexOf(first)
  const isSpan = ALL.slice(from, from + releases.length).at(-1) === last
  if (!isSpan || releases.length === 1) return releases.join(', ')
  return last === ALL.at(-1) ? `${first} and later` : `${first} to ${last}`
}

/** Kinds as people say them. */
export function kindNames(kinds: CheckCode['kinds']): string {
  if (kinds === 'all') return 'all'
  return kinds.length === 0 ? 'files of the chart' : kinds.join(', ')
}
