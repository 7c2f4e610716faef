import { catalogue, type Finding, type Locate, type Path } from '../../diagnostics/index.ts'
import type { ResolvedAddon } from '../../model/addon.ts'
import { clusterDefinitionExpression } from '../clusterdefinition/expressions.ts'
import { componentDefinitionExpression } from '../componentdefinition/expressions.ts'
import { lower } from '../lower.ts'
import type { Release } from '../release.ts'
import { type Concept, conceptsOf } from './concepts.ts'

/** How the releases express an addon. */
export interface Explanation {
  /** Releases that do everything alike stand in one column. */
  readonly columns: readonly (readonly string[])[]
  readonly rows: readonly { readonly concept: string; readonly cells: readonly Cell[] }[]
  /** What is lost; cells refer to them by their position, from 1. */
  readonly notes: readonly { readonly message: string; readonly releases: readonly string[] }[]
}

/** What expresses a concept (nothing, when none does), and the notes about it. */
export interface Cell {
  readonly expression: string | undefined
  readonly notes: readonly number[]
}

/** Says of everything in an addon how each release expresses it, and what is lost. */
export function explain(addon: ResolvedAddon, releases: readonly Release[], locate: Locate): Explanation {
  const concepts = conceptsOf(addon)
  const findings = releases.map((release) => findingsOf(addon, release, locate))
  const messages = [...new Set(findings.flat().map(({ message }) => message))]
  const notes = messages.map((message) => ({
    message,
    releases: releases.filter((_, index) => findings[index]?.some((finding) => finding.message === message)).map(({ version }) => version),
  }))
  const columns = releases.map((release, index) => columnOf(concepts, addon, release, findings[index] ?? [], messages))
  const groups = groupEqual(columns)
  return {
    columns: groups.map((group) => group.map((index) => releases[index]?.version ?? '')),
    rows: concepts.map(({ label }, row) => ({
      concept: label,
      cells: groups.map(([first = 0]) => columns[first]?.[row] ?? { expression: undefined, notes: [] }),
    })),
    notes,
  }
}

/** What lowering reports of losses. */
function findingsOf(addon: ResolvedAddon, release: Release, locate: Locate): readonly Finding[] {
  const findings: Finding[] = []
  lower(addon, release, locate, (finding) => findings.push(finding))
  return findings.filter(({ code }) => code.startsWith('target/')).map((finding) => ({ ...finding, message: `${mark(finding)}${finding.message}` }))
}

function mark({ code }: Finding): string {
  return catalogue[code].severity === 'info' ? '' : `${catalogue[code].severity}: `
}

function columnOf(
  concepts: readonly Concept[],
  addon: ResolvedAddon,
  release: Release,
  findings: readonly Finding[],
  messages: readonly string[],
): readonly Cell[] {
  return concepts.map((concept) => {
    const about = findings.filter(({ place }) => concept.paths.some((path) => isAbout(place?.path, path)))
    return {
      expression: about.some((finding) => isLostAsAWhole(finding, concept)) ? undefined : expressionOf(concept, addon, release),
      notes: [...new Set(about.map(({ message }) => messages.indexOf(message) + 1))],
    }
  })
}

/** Losses of a part, although they stand at the whole. */
const PARTIAL = ['target/restore-lost', 'target/role-probe-lost']

/** Whether a finding says that nothing is left of a concept. */
function isLostAsAWhole({ code, place }: Finding, { paths }: Concept): boolean {
  const [only, ...others] = paths
  return code.endsWith('-lost') && !PARTIAL.includes(code) && others.length === 0 && only?.length === place?.path?.length
}

function expressionOf(concept: Concept, addon: ResolvedAddon, release: Release): string | undefined {
  return release.family === 'clusterdefinition'
    ? clusterDefinitionExpression(concept, addon, release)
    : componentDefinitionExpression(concept.kind, release)
}

/** Whether a place is at or below a path. */
function isAbout(place: Path | undefined, path: Path): boolean {
  return place !== undefined && path.length > 0 && path.every((step, index) => place[index] === step)
}

/** Runs of neighbours that are equal, as lists of their positions. */
function groupEqual(columns: readonly (readonly Cell[])[]): readonly (readonly number[])[] {
  const groups: number[][] = []
  columns.forEach((column, index) => {
    const last = groups.at(-1)
    if (last !== undefined && JSON.stringify(columns[last[0] ?? 0]) === JSON.stringify(column)) last.push(index)
    else groups.push([index])
  })
  return groups
}
