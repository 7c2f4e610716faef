import pLimit from 'p-limit'
import { type Api, loadApi, loadApis, loadRules, type ReadModel } from '../apimodel/index.ts'
import { type ChartSource, checkApi, checkObjects, checkSource, loadObjectRules, readScriptsAhead, unsafeSchemaReferences } from '../check/index.ts'
import type { Context } from '../context.ts'
import type { Finding } from '../diagnostics/index.ts'
import type { Helm } from '../helm/index.ts'
import { at } from '../objects/index.ts'
import { type Manifest, readManifests, render } from '../render/index.ts'
import type { SubjectPath } from '../subject/index.ts'
import { checkRange } from './check-range.ts'
import { chooseRelease } from './choose-release.ts'
import { type OpenChart, openChart } from './open-chart.ts'
import { readSubjectFile } from './read-file.ts'

export interface InspectOptions {
  readonly helm: Helm | undefined
  /** KubeBlocks releases to check against; those the charts are for when none are named. */
  readonly releases: readonly string[] | undefined
  readonly lint: boolean
  /** Charts that Helm renders at a time. */
  readonly jobs: number
  readonly model: ReadModel
  /** Objects that charts of others bring. */
  readonly externals: readonly unknown[]
}

/** What was looked at, and how. */
export interface Inspected {
  readonly shown: string
  /** Releases it was checked against. */
  readonly releases: readonly string[]
  /** How the release was come by; undefined when the user named it. */
  readonly how: string | undefined
  /** Whether its objects were looked at. */
  readonly isChecked: boolean
  readonly notChecked: readonly string[]
}

/** A subject with what it renders; no manifests when it could not be rendered. */
interface Rendered {
  readonly shown: string
  readonly chart: OpenChart | undefined
  readonly manifests: readonly Manifest[] | undefined
  readonly notChecked: readonly string[]
}

/**
 * Checks charts and files of rendered objects: all are rendered first, so that references from one to another are found, then each is checked
 * for its own release. `onFile` sees every text file of theirs. What is reported does not depend on the number of jobs.
 */
export async function inspect(
  subjects: readonly SubjectPath[],
  options: InspectOptions,
  context: Context,
  onFile: (shown: string, text: string) => void,
): Promise<readonly Inspected[]> {
  const limit = pLimit(options.jobs)
  // With several charts there is enough to do while Helm renders, and what is read ahead of all of them is more than is kept.
  const readsAhead = subjects.length === 1
  const rendering = Promise.all(subjects.map((subject) => limit(() => renderSubject(subject, options, context, onFile, readsAhead))))
  const apis = new Map<string, Api>()
  const apiOf = async (release: string): Promise<Api> => {
    const known = apis.get(release) ?? (await loadApi(release, { read: options.model }))
    apis.set(release, known)
    return known
  }
  // A failure is heard below, when it is waited for; Helm renders meanwhile.
  rendering.catch(() => undefined)
  await Promise.all([loadObjectRules(), loadRules()])
  const all = options.releases === undefined ? await loadApis(options.model) : []
  for (const api of all) apis.set(api.release, api)
  const rendered = await rendering
  const inspected: Inspected[] = []
  const common = commonRelease(rendered)
  const planned = rendered.map((one) => ({ one, ...releasesFor(one, common, options, all, context) }))
  for (const { one, releases, how, notChecked } of planned) {
    const own = [...one.notChecked, ...notChecked]
    if (one.manifests !== undefined && releases.length === 0) own.push(...(await checkObjects(one.manifests, undefined, context.report)))
    for (const release of one.manifests === undefined ? [] : releases) {
      // What is for another release is not there beside it.
      const others = planned.filter((other) => other.one !== one && other.releases.includes(release)).flatMap((other) => other.one.manifests ?? [])
      const beside = [...others.map(({ value }) => value), ...options.externals]
      own.push(...(await checkApi(one.manifests ?? [], await apiOf(release), context.report)))
      own.push(...(await checkObjects(one.manifests ?? [], release, context.report, beside)))
      const objects = (one.manifests ?? []).map(({ value }) => value)
      await checkRange({ range: one.chart?.identity.range, release, objects, others: beside }, all, context.report)
    }
    inspected.push({ shown: one.shown, releases, how, isChecked: one.manifests !== undefined, notChecked: own })
  }
  return inspected
}

async function renderSubject(
  subject: SubjectPath,
  options: InspectOptions,
  context: Context,
  onFile: (shown: string, text: string) => void,
  readsAhead: boolean,
): Promise<Rendered> {
  const shown = context.display(subject.path)
  if (subject.kind === 'manifests') {
    const text = readSubjectFile(subject.path, shown, context.report)
    if (text !== undefined) onFile(shown, text)
    return { shown, chart: undefined, manifests: text === undefined ? undefined : readObjects(text, shown, context), notChecked: [] }
  }
  const chart = await openChart(subject, context)
  if (chart === undefined) return { shown, chart, manifests: undefined, notChecked: [`${shown} was not rendered`] }
  for (const path of chart.files.keys()) {
    // What lies in charts/ is not judged here.
    const text = path.startsWith('charts/') ? undefined : chart.read(path)
    if (text !== undefined) onFile(`${shown}/${path}`, text)
  }
  const rendering = renderChart(chart, options, context)
  // A failure is heard below, when it is waited for.
  rendering.catch(() => undefined)
  let manifests: readonly Manifest[] | undefined
  const source = sourceOf(chart, () => manifests)
  if (!chart.identity.isLibrary) await checkSource(source, 'written', chart.place, context.report)
  if (readsAhead) await readScriptsAhead(source.paths, chart.read)
  const rendered = await rendering
  manifests = rendered.manifests
  // Of what cannot be read as objects it is not known which templates gave it.
  if (!chart.identity.isLibrary && rendered.isReadable) await checkSource(source, 'rendered', chart.place, context.report)
  return { shown, chart, manifests, notChecked: rendered.notChecked }
}

/** The objects in a file of rendered YAML. Those that name no namespace are where kubectl puts them. */
function readObjects(text: string, shown: string, { report }: Context): readonly Manifest[] {
  const manifests = readManifests(text, shown, report)
  if (manifests.length === 0) report({ code: 'helm/output', message: 'The file holds no object.', place: { file: shown, line: 1, column: 1 } })
  return manifests.map((manifest) => {
    if (manifest.kind !== 'ConfigMap' || manifest.namespace !== undefined) return manifest
    const value = { ...Object(manifest.value), metadata: { ...Object(at(manifest.value, 'metadata')), namespace: 'default' } }
    return { ...manifest, namespace: 'default', value }
  })
}

async function renderChart(
  chart: OpenChart,
  { helm, lint }: InspectOptions,
  { report }: Context,
): Promise<{ readonly manifests?: readonly Manifest[]; readonly notChecked: readonly string[]; readonly isReadable?: boolean }> {
  const { shown, identity, read, place, missing } = chart
  if (identity.isLibrary) return { notChecked: [`${shown} is a library chart, which Helm does not render by itself`] }
  if (helm === undefined) return { notChecked: [] }
  // Helm would crash on it, or open what it names; the rules about sources say so.
  const schemas = [...chart.files.keys()].filter((path) => path === 'values.schema.json' || path.endsWith('/values.schema.json'))
  const unsafe = schemas.filter((path) => unsafeSchemaReferences(read(path) ?? '').length > 0)
  if (unsafe.length > 0) return { notChecked: [`${shown} was not rendered, because of ${unsafe.join(', ')}`] }
  const staged = chart.stage()
  const findings: Finding[] = []
  try {
    const subject = { name: identity.name, path: staged.path, read, placeOf: place }
    const manifests = await render(subject, helm, (finding) => findings.push(finding), { lint })
    if (manifests === undefined && missing.length > 0)
      return { notChecked: [`${shown} cannot be rendered without ${missing.join(', ')}: ${findings[0]?.message ?? ''}`] }
    for (const finding of findings) report(finding)
    if (manifests === undefined) return { notChecked: [`${shown} was not rendered`] }
    return { manifests, notChecked: [], isReadable: !findings.some(({ code }) => code === 'helm/output') }
  } finally {
    staged.remove()
  }
}

/** A chart as its author wrote it; what was rendered is asked for when it is known. */
function sourceOf({ identity, files, read }: OpenChart, manifests: () => readonly Manifest[] | undefined): ChartSource {
  return {
    name: identity.name,
    paths: [...files.keys()].sort(),
    read,
    get rendered() {
      const objects = manifests()
      return objects && new Set(objects.map(({ template }) => template))
    },
  }
}

/** The release that every chart is made for which says so. */
function commonRelease(rendered: readonly Rendered[]): string | undefined {
  const said = new Set(rendered.flatMap(({ chart }) => chart?.identity.kubeblocks ?? []))
  return said.size === 1 ? [...said][0] : undefined
}

/** The releases to check a subject against. */
function releasesFor(
  { shown, chart, manifests }: Rendered,
  beside: string | undefined,
  { releases }: InspectOptions,
  apis: readonly Api[],
  { report }: Context,
): Pick<Inspected, 'releases' | 'how' | 'notChecked'> {
  if (manifests === undefined) return { releases: [], how: undefined, notChecked: [] }
  if (releases !== undefined) return { releases, how: undefined, notChecked: [] }
  const range = chart?.identity.range
  const objects = manifests.map(({ value }) => value)
  const chosen = chooseRelease({
    kubeblocks: chart?.identity.kubeblocks,
    range: range?.text,
    beside: chart === undefined ? beside : undefined,
    objects,
    apis,
  })
  if (chosen === undefined) return { releases: [], how: undefined, notChecked: [`${shown} renders nothing of KubeBlocks, so no release was chosen`] }
  if (chosen.unknown !== undefined && chart !== undefined) {
    const { identity } = chart
    const message =
      chosen.unknown === 'release'
        ? `There is no KubeBlocks release "${identity.kubeblocks}", so another was chosen.`
        : `No known KubeBlocks release is in the range "${range?.text}", so one was chosen by the objects.`
    report({
      code: 'chart/kubeblocks-floor',
      message,
      place: range?.place ?? identity.locate(['annotations']),
      hint: `write one of ${apis.map((api) => api.release).join(', ')}, or a range of versions`,
    })
  }
  return { releases: [chosen.release], how: chosen.how, notChecked: [] }
}
