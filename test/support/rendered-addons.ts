import type { FileTree } from '../../src/tree/index.ts'
import { chartYaml, decoded, type Files, folderOf, templateText } from './scratch-chart.ts'

/** What Helm and Go made of one of many charts. */
export interface RenderedAddon {
  /** Rendered objects by kind and name, such as `ConfigMap/x-scripts`. */
  readonly objects: ReadonlyMap<string, unknown>
  /** Chart.yaml as Helm read it. */
  readonly chart: unknown
  /** Chart.yaml as Go reads it, before Helm changes anything. */
  readonly metadata: unknown
  /** values.yaml as Helm read it. */
  readonly values: unknown
}

/** The value at a path of unknown data. */
export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  let current = value
  for (const key of path) {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, key)) return undefined
    current = (current as Readonly<Record<string | number, unknown>>)[key]
  }
  return current
}

/** Objects of one release by kind and name. */
export function byName(objects: readonly unknown[]): ReadonlyMap<string, unknown> {
  return new Map(objects.map((object) => [`${String(at(object, 'kind'))}/${String(at(object, 'metadata', 'name'))}`, object]))
}

/**
 * Renders many charts with two Helm processes: as the subcharts of one parent, then once more to let Go read every rendered document.
 * The charts must have different names.
 */
export function renderAddons(
  major: 3 | 4,
  charts: readonly { readonly name: string; readonly tree: FileTree }[],
): ReadonlyMap<string, RenderedAddon> {
  const dump = '{{ range .Subcharts }}\n---\nread: {{ dict "chart" .Chart "values" .Values | toJson | b64enc }}\n{{ end }}'
  const subcharts: Files = charts.flatMap(({ name, tree }) =>
    [...tree].map(([path, { bytes }]) => [`charts/${name}/${path}`, bytes] as readonly [string, Uint8Array]),
  )
  const output = templateText(major, folderOf([chartYaml('parent'), ['templates/dump.yaml', dump], ...subcharts]))
  const documents = output.split(/^---$/m).filter((part) => /^apiVersion:/m.test(part))
  const objects = goObjects(major, documents)
  const metadata = goObjects(
    major,
    charts.map(({ tree }) => Buffer.from(tree.get('Chart.yaml')?.bytes ?? []).toString('utf8')),
  )
  // Helm 4 spells the fields of Chart.yaml as Go does: Name, Version.
  const facts = decoded(output).map((fact) => {
    return { chart: lowerFirst(at(fact, 'chart')), values: at(fact, 'values') }
  })
  return new Map(
    charts.map(({ name }, index) => {
      const own = facts.find((fact) => at(fact, 'chart', 'name') === name)
      const mine = objects.filter((object) => at(object, 'metadata', 'labels', 'helm.sh/chart') === `${name}-1.0.0`)
      return [name, { objects: byName(mine), chart: at(own, 'chart'), metadata: metadata[index], values: at(own, 'values') }]
    }),
  )
}

/** Documents as Go reads them. */
export function goObjects(major: 3 | 4, documents: readonly string[]): readonly unknown[] {
  const files: Files = documents.map((text, index) => [`docs/${String(index).padStart(6, '0')}`, `#\n${text}`] as const)
  const read = '{{ range $path, $bytes := .Files.Glob "docs/*" }}\n---\nread: {{ $bytes | toString | fromYaml | toJson | b64enc }}\n{{ end }}'
  return decoded(templateText(major, folderOf([chartYaml('reader'), ['templates/read.yaml', read], ...files])))
}

function lowerFirst(value: unknown): object {
  const fields = typeof value === 'object' && value !== null ? Object.entries(value) : []
  return Object.fromEntries(fields.map(([key, item]) => [key.charAt(0).toLowerCase() + key.slice(1), item]))
}
