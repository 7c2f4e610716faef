import { type DocumentOptions, type ParseOptions, parseDocument, type SchemaOptions } from 'yaml'

/** A rendered document and the template it came from, by Helm's source comments. */
export interface RenderedDocument {
  readonly template: string
  readonly value: unknown
  /** Why it is not YAML that Kubernetes takes. */
  readonly problem?: string
}

/** Go's YAML: 1.1, but a date or `1:30` is a text; the last of equal keys wins. */
const LIKE_HELM: ParseOptions & DocumentOptions & SchemaOptions = {
  version: '1.1',
  uniqueKeys: false,
  merge: true,
  customTags: (tags) => tags.filter((tag) => typeof tag === 'string' || (tag.tag !== 'tag:yaml.org,2002:timestamp' && tag.format !== 'TIME')),
}

/** Splits what `helm template` prints, and reads each document the way Helm does. */
export function readDocuments(output: string, chart: string): readonly RenderedDocument[] {
  const documents: RenderedDocument[] = []
  let template = ''
  for (const part of output.split(/^---(?:[ \t].*)?$/m)) {
    const source = /^# Source: (.*)$/m.exec(part)?.[1]
    if (source !== undefined) template = source.startsWith(`${chart}/`) ? source.slice(chart.length + 1) : source
    if (part.replace(/^\s*#.*$/gm, '').trim() === '') continue
    const document = parseDocument(part, { ...LIKE_HELM, logLevel: 'silent', prettyErrors: false })
    const error = document.errors[0]
    if (error !== undefined) documents.push({ template, value: undefined, problem: error.message.split('\n')[0] ?? error.message })
    else documents.push({ template, value: document.toJS({ maxAliasCount: 1000 }) as unknown })
  }
  return documents
}
