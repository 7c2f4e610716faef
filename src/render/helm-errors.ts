import { escapeRegExp } from '../diagnostics/index.ts'

/** What Helm complained about: its words without what only repeats the call, and the template line when it names one. */
export interface HelmComplaint {
  readonly message: string
  readonly template?: string
  readonly line?: number
}

/** Reads the errors of `helm template` and the complaints of `helm lint`. `chart` is the name Helm puts in front of template paths. */
export function readComplaint(text: string, chart: string): HelmComplaint {
  const message = text
    .replace(/^Error: /, '')
    .replace(/\n*Use --debug flag to render out invalid YAML\s*$/, '')
    .replace(/\s*\n\s*/g, ' ')
    .trim()
  const values = /cannot load values\.yaml:(?:.*?\bline (\d+))?/.exec(message)
  if (values !== null) return { message, template: 'values.yaml', line: Number(values[1] ?? 1) }
  const prefix = `(?:${escapeRegExp(chart)}/|(?=templates/))`
  const where = new RegExp(`${prefix}([^\\s:)]+?\\.(?:ya?ml|tpl|txt))(?::(\\d+))?`).exec(message)
  if (where?.[1] === undefined) return { message }
  return { message, template: where[1], ...(where[2] === undefined ? {} : { line: Number(where[2]) }) }
}
