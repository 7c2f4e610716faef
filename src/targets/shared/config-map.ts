import { type Entry, expr, fileContent, isTame, map, type Node, type Origin, pair, scalar, toJson } from '../../gotemplate/index.ts'
import type { ChartFile } from '../../model/chart.ts'
import { metadata, object } from './metadata.ts'

/** A file on its way into a ConfigMap: its key, its text as the container must see it, and where it came from. */
export interface Content {
  readonly key: string
  readonly text: string
  readonly origin: Origin
}

/**
 * Text that KubeBlocks' template engine renders to exactly `text`. It renders every key of a script or config ConfigMap (API.md 5.4),
 * so text that is no template has its opening delimiters escaped.
 */
export function escapeForOperator(text: string): string {
  return text.replaceAll('{{', '{{"{{"}}')
}

/** A ConfigMap whose contents are files of the chart below `folder`. */
export function configMapOfFiles(
  addon: string,
  name: string | Node,
  folder: string,
  contents: readonly Content[],
  marks: { readonly labels?: Readonly<Record<string, string>>; readonly annotations?: Readonly<Record<string, string>> } = {},
): { readonly object: Node; readonly files: readonly ChartFile[] } {
  const files: ChartFile[] = []
  const entries: Entry[] = contents.flatMap(({ key, text, origin }) => {
    const value = contentNode(`${folder}/${key}`, text, origin)
    if (value.kind === 'expr') files.push({ path: `${folder}/${key}`, text, origin })
    return pair(key, value, { origin })
  })
  return { object: object('v1', 'ConfigMap', metadata(addon, name, { namespaced: true, ...marks }), pair('data', map(entries))), files }
}

/**
 * The text of a file as a value: read into a literal block where that gives equal text, as JSON where Go's JSON is YAML,
 * and spelled out in the template for characters that neither can carry (Helm drops a byte order mark from files, YAML takes no raw control characters).
 */
export function contentNode(path: string, text: string, origin: Origin): Node {
  const content = fileContent(path)
  if (isTame(text)) return expr(content, text.endsWith('\n') ? 'block' : 'block-strip', origin)
  if (/[\u007f-\u009f\ufeff\ufffe\uffff]/.test(text)) return scalar(text, origin)
  return expr(toJson(content), 'raw', origin)
}
