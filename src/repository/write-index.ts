import { dataYaml } from '../emit/data-yaml.ts'
import { type ChartIndex, entryOf } from './chart-index.ts'

/** How an index is written. Helm reads JSON in `index.yaml` several times as fast, and in a third of the memory. */
export type IndexFormat = 'json' | 'yaml'

/** What `generated` says of an index in which nothing has a time. */
const NO_TIME = '1970-01-01T00:00:00Z'

/** Writes an index: equal ones with equal bytes. As JSON each entry has a line of its own, so that a diff shows what a release changed. */
export function writeIndex(index: ChartIndex, format: IndexFormat): Buffer {
  return Buffer.from(format === 'json' ? indexJson(index) : indexYaml(index))
}

function indexJson(index: ChartIndex): string {
  const head = JSON.stringify(headOf(index)).slice(0, -1)
  const charts = names(index).map((name) => `${JSON.stringify(name)}:[\n${(index.charts.get(name) ?? []).map(({ text }) => text).join(',\n')}\n]`)
  return `${head},"entries":{\n${charts.join(',\n')}${charts.length === 0 ? '' : '\n'}}}\n`
}

function indexYaml(index: ChartIndex): string {
  const head = dataYaml(headOf(index))
  const charts = names(index).map((name) => dataYaml({ [name]: (index.charts.get(name) ?? []).map(entryOf) }, 2))
  return charts.length === 0 ? `${head}entries: {}\n` : `${head}entries:\n${charts.join('')}`
}

function headOf({ generated = NO_TIME, rest }: ChartIndex): Readonly<Record<string, unknown>> {
  return { apiVersion: 'v1', generated, ...rest }
}

/** By code point. A chart without versions has no place in an index. */
function names({ charts }: ChartIndex): readonly string[] {
  return [...charts].flatMap(([name, versions]) => (versions.length > 0 ? [name] : [])).sort((a, b) => (a < b ? -1 : 1))
}
