import type { Place, Report } from '../diagnostics/index.ts'
import { type Helm, MAX_OUTPUT, MAX_SECONDS } from '../helm/index.ts'
import { createLineCounter, readDocuments } from './documents.ts'
import { readComplaint } from './helm-errors.ts'
import type { Manifest } from './manifest.ts'
import { manifestsOf, type Origin } from './manifests.ts'
import { createFinder, type FindInTemplate } from './places.ts'

export type { Manifest } from './manifest.ts'
export { withRelated } from './manifests.ts'
export { readManifests } from './read.ts'

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
  for (const [command, limit] of [['template', rendered.limit] as const, ['lint', linted?.limit] as const]) {
    if (limit === undefined) continue
    const what = limit === 'time' ? `does not end within ${MAX_SECONDS} s` : `prints more than ${MAX_OUTPUT} bytes`
    report({ code: 'helm/limit', message: `helm ${command} ${what}.`, place: subject.placeOf('Chart.yaml', 1) })
  }
  if (rendered.limit !== undefined) return undefined
  if (rendered.exitCode !== 0) {
    report({ code: 'helm/template', ...located(subject, rendered.stderr) })
    return undefined
  }
  for (const line of (linted?.stdout ?? '').split('\n')) {
    const complaint = /^\[(WARNING|ERROR)\] (.*)$/.exec(line)
    if (complaint?.[2] !== undefined) report({ code: 'helm/lint', ...located(subject, complaint[2]) })
  }
  return manifestsIn(subject, rendered.stdout, report)
}

/** The objects that a chart renders to, with their places in its templates. */
function manifestsIn(subject: RenderSubject, output: string, report: Report): readonly Manifest[] {
  const finders = new Map<string, FindInTemplate>()
  const lineAt = createLineCounter(output)
  return readDocuments(output, subject.name).flatMap((document) => {
    const { template } = document
    const find: FindInTemplate = (...question) => {
      const finder = finders.get(template) ?? createFinder(subject.read(template) ?? '')
      finders.set(template, finder)
      return finder(...question)
    }
    const origin: Origin = {
      document,
      shown: `What ${template} renders`,
      placeOf(object, target, _offset, again) {
        const { line, column } = find(object, target, again)
        return subject.placeOf(template, line, column)
      },
      related(object, target, offset, again) {
        const { line, column, exact } = find(object, target, again)
        if (exact) return []
        const message = `${template} rendered it in line ${lineAt(document.offset + offset()).line} of the output of helm template`
        return [{ place: subject.placeOf(template, line, column), message }]
      },
    }
    return manifestsOf(origin, report)
  })
}

function located(subject: RenderSubject, text: string): { readonly message: string; readonly place?: Place } {
  const { message, template, line } = readComplaint(text, subject.name)
  const sentence = `Helm says: ${message}${/[.!?]$/.test(message) ? '' : '.'}`
  return template === undefined
    ? { message: sentence, place: subject.placeOf('Chart.yaml', 1) }
    : { message: sentence, place: subject.placeOf(template, line ?? 1) }
}
