import type { Place, Report } from '../diagnostics/index.ts'
import { type Helm, MAX_OUTPUT, MAX_SECONDS } from '../helm/index.ts'
import { readDocuments } from './documents.ts'
import { readComplaint } from './helm-errors.ts'
import type { Manifest } from './manifest.ts'
import { findInTemplate, type Target } from './places.ts'

export type { Manifest } from './manifest.ts'

/** A chart on disk, as Helm takes it, with ways to point into it. */
export interface RenderSubject {
  /** Name of the chart. */
  readonly name: string
  /** Folder or archive. */
  readonly path: string
  /** Source of a file of the chart, to find the line of a text. */
  readonly read: (path: string) => string | undefined
  /** The place of a line of a file of the chart; for a chart made from a descriptor that is a place in the descriptor. */
  readonly placeOf: (path: string, line: number, column?: number) => Place
}

/** Renders a chart with its default values, and lints it unless told not to. Reports `helm/...` findings; returns the objects, or nothing when Helm cannot render. */
export async function render(
  subject: RenderSubject,
  helm: Helm,
  report: Report,
  { lint }: { readonly lint: boolean } = { lint: true },
): Promise<readonly Manifest[] | undefined> {
  const [rendered, linted] = await Promise.all([
    helm.run(['template', 'release-name', subject.path, '--namespace', 'kb-system']),
    lint ? helm.run(['lint', subject.path, '--namespace', 'kb-system', '--quiet']) : undefined,
  ])
  if (rendered.limit !== undefined) {
    const what = rendered.limit === 'time' ? `does not end within ${MAX_SECONDS} s` : `prints more than ${MAX_OUTPUT} bytes`
    report({ code: 'helm/limit', message: `helm template ${what}.`, place: subject.placeOf('Chart.yaml', 1) })
    return undefined
  }
  if (rendered.exitCode !== 0) {
    report({ code: 'helm/template', ...located(subject, rendered.stderr) })
    return undefined
  }
  for (const line of (linted?.stdout ?? '').split('\n')) {
    const complaint = /^\[(WARNING|ERROR)\] (.*)$/.exec(line)
    if (complaint?.[2] !== undefined) report({ code: 'helm/lint', ...located(subject, complaint[2]) })
  }
  return readDocuments(rendered.stdout, subject.name).flatMap(({ template, value, problem }) => {
    const placeOf: PlaceIn = (object, target) => {
      const { line, column } = findInTemplate(subject.read(template) ?? '', object, target)
      return subject.placeOf(template, line, column)
    }
    if (problem !== undefined) {
      report({ code: 'helm/output', message: `${template} renders to text that is not YAML: ${problem}.`, place: placeOf(undefined) })
      return []
    }
    return manifestsOf(value, template, placeOf, report)
  })
}

/** The place of something that an object, or no known one, has in a template. */
type PlaceIn = (object: { readonly kind: string; readonly name: string } | undefined, target?: Target) => Place

/** The objects of a document; a List is taken apart. */
function manifestsOf(value: unknown, template: string, placeOf: PlaceIn, report: Report): Manifest[] {
  if (value === null) return []
  const { apiVersion, kind, metadata, items } = (typeof value === 'object' ? value : {}) as Readonly<Record<string, unknown>>
  if (typeof apiVersion !== 'string' || typeof kind !== 'string') {
    report({ code: 'helm/output', message: `${template} renders something without apiVersion and kind.`, place: placeOf(undefined) })
    return []
  }
  if (kind.endsWith('List') && Array.isArray(items)) return items.flatMap((item: unknown) => manifestsOf(item, template, placeOf, report))
  const { name, namespace } = (typeof metadata === 'object' && metadata !== null ? metadata : {}) as Readonly<Record<string, unknown>>
  if (typeof name !== 'string' || name === '') {
    report({ code: 'helm/output', message: `${template} renders a ${kind} without a name.`, place: placeOf({ kind, name: '' }) })
    return []
  }
  return [
    {
      apiVersion,
      kind,
      name,
      namespace: typeof namespace === 'string' ? namespace : undefined,
      value,
      template,
      placeOf: (target) => placeOf({ kind, name }, target),
    },
  ]
}

function located(subject: RenderSubject, text: string): { readonly message: string; readonly place?: Place } {
  const { message, template, line } = readComplaint(text, subject.name)
  const sentence = `Helm says: ${message}${/[.!?]$/.test(message) ? '' : '.'}`
  return template === undefined
    ? { message: sentence, place: subject.placeOf('Chart.yaml', 1) }
    : { message: sentence, place: subject.placeOf(template, line ?? 1) }
}

/** The objects in a file of rendered YAML, with their places in it. */
export function readManifests(text: string, file: string, report: Report): readonly Manifest[] {
  return readDocuments(text, '').flatMap(({ value, problem }) => {
    const placeOf: PlaceIn = (object, target) => ({ file, ...findInTemplate(text, object, target) })
    if (problem === undefined) return manifestsOf(value, file, placeOf, report)
    report({ code: 'helm/output', message: `The file is not YAML: ${problem}.`, place: placeOf(undefined) })
    return []
  })
}
