import { dataYaml } from '../emit/data-yaml.ts'
import { type ChartIndex, entryOf } from './chart-index.ts'
import { isMap } from './entry.ts'
import { CHECKSUM, checksumOf } from './index-lines.ts'

/** How an index is written. Helm reads JSON in `index.yaml` several times as fast, and in a third of the memory. */
export type IndexFormat = 'json' | 'yaml'

/** What `generated` says of an index in which nothing has a time. */
const NO_TIME = '1970-01-01T00:00:00Z'

/**
 * Writes an index: equal ones with equal bytes. As JSON each entry has a line of its own, so that a diff shows what a release changed, and the first line
 * has a checksum of the others, by which `readIndex` knows what addonsmith wrote. `allowForeign` is what the entries were read with.
 */
export function writeIndex(index: ChartIndex, format: IndexFormat, allowForeign: readonly string[] = []): Buffer {
  return Buffer.from(format === 'json' ? indexJson(index, allowForeign) : indexYaml(index))
}

function indexJson(index: ChartIndex, allowForeign: readonly string[]): string {
  const charts = names(index).map((name) => `${JSON.stringify(name)}:[\n${index.charts.get(name)?.text}\n]`)
  const body = `${charts.join(',\n')}${charts.length === 0 ? '' : '\n'}}}\n`
  const { annotations, ...head } = headOf(index)
  const checked = { ...head, annotations: { ...(isMap(annotations) ? annotations : {}), [CHECKSUM]: checksumOf(body, allowForeign) } }
  return `${JSON.stringify(checked).slice(0, -1)},"entries":{\n${body}`
}

function indexYaml(index: ChartIndex): string {
  const head = dataYaml(headOf(index))
  const charts = names(index).map((name) => dataYaml({ [name]: (index.charts.get(name)?.all ?? []).map(entryOf) }, 2))
  return charts.length === 0 ? `${head}entries: {}\n` : `${head}entries:\n${charts.join('')}`
}

function headOf({ generated = NO_TIME, rest }: ChartIndex): Readonly<Record<string, unknown>> {
  return { apiVersion: 'v1', generated, ...rest }
}

/** By code point. A chart without versions has no place in an index. */
function names({ charts }: ChartIndex): readonly string[] {
  return [...charts].flatMap(([name, versions]) => (versions.text === '' ? [] : [name])).sort((a, b) => (a < b ? -1 : 1))
}
