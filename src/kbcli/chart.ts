import { readYaml } from '../goyaml/index.ts'
import { at, listAt, textAt } from '../objects/index.ts'
import type { ClusterSchemas, DependencySchema } from './schemas.ts'

/** Files of a chart, as kbcli reads them from its archive. */
export interface ClusterChartFiles {
  readonly paths: readonly string[]
  read(path: string): string | undefined
}

/**
 * What kbcli reads of a cluster chart; nothing when that is not known: a schema is no JSON, or
 * the first dependency is not there, lies in an archive, or is any of several.
 */
export function schemasIn(chart: ClusterChartFiles): ClusterSchemas | undefined {
  const own = schemaAt(chart, 'values.schema.json')
  const folders = dependencyFolders(chart)
  if (own === 'unreadable' || chart.paths.some((path) => /^charts\/[^/]+\.tgz$/.test(path))) return undefined
  const [folder] = folders
  if (folder === undefined) {
    // One that is declared and not there is not known.
    const declared = listAt(yamlOf(chart.read('Chart.yaml')), 'dependencies')
    return declared.length > 0 ? undefined : { chart: own, dependency: undefined }
  }
  // Go's maps have no order, so with more than one it is not known which is the first.
  if (folders.length > 1) return undefined
  const theirs = schemaAt(chart, `charts/${folder}/values.schema.json`)
  return theirs === 'unreadable' ? undefined : { chart: own, dependency: { key: keyOf(chart, folder), schema: theirs } }
}

/** Folders in `charts/`. helm: v3.18.5 pkg/chart/loader/load.go LoadFiles passes over names that begin with _ or a dot. */
export function dependencyFolders({ paths }: ClusterChartFiles): readonly string[] {
  return [...new Set(paths.flatMap((path) => /^charts\/([^/_.][^/]*)\/Chart\.yaml$/.exec(path)?.[1] ?? []))]
}

/** kbcli:pkg/cluster/cluster_chart.go BuildClusterSchema: the last alias of a dependency with the name of the chart. */
function keyOf(chart: ClusterChartFiles, folder: string): DependencySchema['key'] {
  const name = textAt(yamlOf(chart.read(`charts/${folder}/Chart.yaml`)), 'name') ?? folder
  const declared = listAt(yamlOf(chart.read('Chart.yaml')), 'dependencies').filter((dependency) => at(dependency, 'name') === name)
  return declared.flatMap((dependency) => textAt(dependency, 'alias') || []).at(-1) ?? name
}

function yamlOf(text: string | undefined): unknown {
  return text === undefined ? undefined : readYaml(text).value
}

function schemaAt(chart: ClusterChartFiles, path: string): unknown {
  const text = chart.read(path)
  if (text === undefined) return undefined
  try {
    return JSON.parse(text) as unknown
  } catch {
    return 'unreadable'
  }
}

/** The name that users would give the type when they register the chart: `qdrant` of `qdrant-cluster`, which kbcli pulls for that engine (pkg/cmd/cluster/register.go run). */
export function clusterType(chartName: string): string {
  return chartName.replace(/-cluster$/, '')
}
