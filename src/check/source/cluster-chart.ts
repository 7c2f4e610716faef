import { type ClusterSchemas, type KbcliRelease, kbcliOf, kbcliRelease, kbcliReleases, type Refusal, schemasIn } from '../../kbcli/index.ts'
import { placesIn } from '../../load/index.ts'
import { textAt } from '../../objects/index.ts'
import type { ChartSource, SourceFinding } from '../rule.ts'
import { readChart } from './chart.ts'
import { offsetIn, readYaml, yamlValue } from './values.ts'

const SCHEMA = 'values.schema.json'

/** A chart that renders a Cluster, and what kbcli can make of it. */
export interface ClusterChart {
  /** Those it may be for, oldest first: a finding must hold for every one. */
  readonly releases: readonly KbcliRelease[]
  /** undefined when they are not known. */
  readonly schemas: ClusterSchemas | undefined
}

const known = new WeakMap<ChartSource, { readonly chart: ClusterChart | undefined }>()

/** What kbcli can make of a chart; nothing when it renders no Cluster, or none that a kbcli with types of clusters looks for. */
export function readClusterChart(chart: ChartSource): ClusterChart | undefined {
  const before = known.get(chart)
  if (before !== undefined) return before.chart
  const releases = releasesFor(chart)
  const read = releases.length === 0 ? undefined : { releases, schemas: schemasIn(chart) }
  known.set(chart, { chart: read })
  return read
}

function releasesFor(chart: ChartSource): readonly KbcliRelease[] {
  const api = clusterApi(chart)
  if (api === undefined) return []
  const said = textAt(yamlValue(chart.read('Chart.yaml') ?? ''), 'annotations', 'addonsmith.dev/kubeblocks')
  if (said !== undefined) return [kbcliRelease(said)].filter((release) => release !== undefined)
  return kbcliReleases.filter(({ clusterApi }) => clusterApi === api)
}

const CLUSTER = /^apiVersion:[ \t]*["']?(apps\.kubeblocks\.io\/v\w+)["']?[ \t]*\r?\nkind:[ \t]*["']?Cluster["']?[ \t]*$/m

/** The API of the Cluster that a template has, or that a named template of a dependency has which a template includes. */
function clusterApi(chart: ChartSource): string | undefined {
  const { templates, vendored } = readChart(chart)
  for (const { text } of templates) {
    const api = CLUSTER.exec(text)?.[1]
    if (api !== undefined) return api
  }
  for (const { text } of vendored) {
    const found = CLUSTER.exec(text)
    const name = found === null ? undefined : [...text.slice(0, found.index).matchAll(/\bdefine\s+"([^"]+)"/g)].at(-1)?.[1]
    if (name !== undefined && templates.some((template) => template.text.includes(`"${name}"`))) return found?.[1]
  }
  return undefined
}

/** The finding that holds for every release that a chart may be for, said for them all; nothing when one of them does otherwise. */
export function forAll<T>(
  { releases }: ClusterChart,
  find: (release: KbcliRelease) => readonly T[],
  same: (finding: T) => string,
): { readonly who: string; readonly found: readonly T[] } {
  const [first = [], ...others] = releases.map(find)
  const elsewhere = others.map((findings) => new Set(findings.map(same)))
  return { who: kbcliOf(releases), found: first.filter((finding) => elsewhere.every((keys) => keys.has(same(finding)))) }
}

/** A finding at a path of the schema of the chart; what is in that of a dependency is said of Chart.yaml. */
export function inSchema(
  chart: ChartSource,
  { from, path }: { readonly from: 'chart' | 'dependency'; readonly path: readonly string[] },
  message: string,
): SourceFinding {
  const file = from === 'chart' ? SCHEMA : 'Chart.yaml'
  const text = chart.read(file) ?? ''
  const { line, column } = placesIn(file, text)(offsetIn(readYaml(text), from === 'chart' ? path : ['dependencies']))
  return { file, line, column, message: from === 'chart' ? message : `In the schema of the dependency, ${message}` }
}

/** Findings at one place of a schema, together, and their values as words of a sentence. */
export function byPlace(refusals: readonly Refusal[]): readonly { readonly first: Refusal; readonly values: string }[] {
  const groups = new Map<string, Refusal[]>()
  for (const refusal of refusals) {
    const place = JSON.stringify([refusal.from, refusal.path, refusal.isOwn])
    groups.set(place, [...(groups.get(place) ?? []), refusal])
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    const names = group.map(({ value }) => `"${value.join('.')}"`)
    const last = names.at(-1) ?? ''
    return first === undefined
      ? []
      : [{ first, values: names.length < 2 ? `the value ${last}` : `the values ${names.slice(0, -1).join(', ')} and ${last}` }]
  })
}
