import { readYaml, type YamlDocument } from '../goyaml/index.ts'

/** A rendered document and the template it came from, by Helm's source comments. */
export interface RenderedDocument extends YamlDocument {
  readonly template: string
  /** Its text, and where that begins in what was read. */
  readonly text: string
  readonly offset: number
}

/** Splits rendered YAML, as `helm template` prints it or as a file has it, and reads each document the way Helm does. */
export function readDocuments(output: string, chart: string): readonly RenderedDocument[] {
  const documents: RenderedDocument[] = []
  let template = ''
  const take = (offset: number, end: number) => {
    const text = output.slice(offset, end)
    const source = /^# Source: (.*)$/m.exec(text)?.[1]
    if (source !== undefined) template = source.startsWith(`${chart}/`) ? source.slice(chart.length + 1) : source
    documents.push({ ...readYaml(text), template, text, offset })
  }
  let offset = 0
  for (const { index, 0: mark } of output.matchAll(/^---(?=\s|$)/gm)) {
    take(offset, index)
    offset = index + mark.length
  }
  take(offset, output.length)
  return documents
}

/** Says the line and column of an offset, both from 1; looks through the text once. */
export function createLineCounter(text: string): (offset: number) => { readonly line: number; readonly column: number } {
  let starts: number[] | undefined
  return (offset) => {
    starts ??= [0, ...Array.from(text.matchAll(/\n/g), ({ index }) => index + 1)]
    let low = 0
    let high = starts.length
    while (high - low > 1) {
      const middle = (low + high) >> 1
      if ((starts[middle] ?? 0) <= offset) low = middle
      else high = middle
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 }
  }
}
