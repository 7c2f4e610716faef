import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import type { Api } from './apimodel/index.ts'
import { type Compatibility, checkApi, checkObjects, compatibility } from './check/index.ts'
import type { Context } from './context.ts'
import { catalogue, type Finding, invariant, type Place, type Report } from './diagnostics/index.ts'
import { dataYaml, emit, metadataFile } from './emit/index.ts'
import type { Helm } from './helm/index.ts'
import { load, type Source } from './load/index.ts'
import type { ResolvedAddon } from './model/addon.ts'
import type { Chart } from './model/chart.ts'
import { at, imagesOf, textAt } from './objects/index.ts'
import { imageName } from './pack/image-reference.ts'
import { type Archive, pack } from './pack/index.ts'
import { unpack } from './pack/unpack.ts'
import { type Manifest, type RenderSubject, readManifests, render } from './render/index.ts'
import { resolve } from './resolve/index.ts'
import { lower, RANGE_ANNOTATION, type Release, rangeOf } from './targets/index.ts'
import { compareTrees, createTree, type FileTree } from './tree/index.ts'
import { validate } from './validate/index.ts'
import { replaceFolder } from './write/index.ts'

/** A descriptor that was read and found good. */
export interface CompiledAddon {
  readonly source: Source
  readonly addon: ResolvedAddon
}

/** A chart in memory, ready to be written or packed. */
export interface CompiledChart {
  readonly name: string
  readonly version: string
  /** KubeBlocks release, `0.6`. */
  readonly kubeblocks: string
  /** Fields of Chart.yaml. */
  readonly metadata: Chart['metadata']
  readonly tree: FileTree
  readonly source: Source
  /** What Helm renders of it, once it was proven. */
  readonly objects?: readonly unknown[]
}

/** The chart of an addon's definitions, and the one that makes clusters of them. */
export type GeneratedCharts = readonly [addon: CompiledChart, cluster: CompiledChart]

/** load -> validate -> resolve. Reports all findings; returns nothing when there was an error. */
export async function compile(path: string, context: Context): Promise<CompiledAddon | undefined> {
  const errors = countErrors(context.report)
  const source = await load(path, { ...context, report: errors.report })
  if (source === undefined) return undefined
  const descriptor = validate(source, errors.report)
  if (descriptor === undefined) return undefined
  const addon = resolve(descriptor, source, errors.report)
  return errors.count() > 0 ? undefined : { source, addon }
}

/**
 * lower -> emit, for one KubeBlocks release: the chart of the addon, and the one that makes clusters of it. Returns nothing when the release cannot take
 * the addon.
 */
export function generate({ source, addon }: CompiledAddon, release: Release, report: Report): GeneratedCharts | undefined {
  const errors = countErrors(report)
  const compiled = (chart: Chart): CompiledChart => {
    const { name, version, kubeblocks, metadata } = chart
    return { name, version, kubeblocks, metadata, tree: emit(chart), source }
  }
  const [definitions, cluster] = lower(addon, release, source.locate, errors.report)
  return errors.count() > 0 ? undefined : [compiled(definitions), compiled(cluster)]
}

/** What came of proving charts. */
export interface Proof {
  /** The charts, each with the range of releases that take it. */
  readonly charts: readonly CompiledChart[]
  /** What could not be checked, a sentence each. */
  readonly notChecked: readonly string[]
}

/**
 * render -> check, with real Helm, against the API of the release and what its operator demands; `apis` are those of all releases, oldest first.
 * Each chart is put into a folder of its own for that; references lead from one to the other, and from its examples to both, and findings point into the
 * descriptor where they can.
 */
export async function prove(charts: readonly CompiledChart[], helm: Helm, apis: readonly Api[], report: Report): Promise<Proof> {
  const rendered = await Promise.all(charts.map(async (chart) => ({ chart, manifests: await renderCompiled(chart, helm, report) })))
  const proven: CompiledChart[] = []
  const notChecked: string[] = []
  for (const { chart, manifests } of rendered) {
    const api = apis.find(({ release }) => release === chart.kubeblocks)
    if (manifests === undefined || api === undefined) {
      proven.push(chart)
      continue
    }
    const others = rendered.filter((other) => other.chart !== chart).flatMap((other) => other.manifests ?? [])
    const beside = others.map(({ value }) => value)
    notChecked.push(...(await checkObjects(manifests, chart.kubeblocks, report, beside)), ...(await checkApi(manifests, api, report)))
    const objects = manifests.map(({ value }) => value)
    notChecked.push(...(await proveExamples(chart, [...beside, ...objects], api, report)))
    proven.push({ ...withRendered(chart, objects, await compatibility(objects, api, apis)), objects })
  }
  return { charts: proven, notChecked }
}

/** Checks the examples of a chart, each file by itself, with all others and what the charts render beside it. Returns what could not be checked. */
async function proveExamples(chart: CompiledChart, beside: readonly unknown[], api: Api, report: Report): Promise<readonly string[]> {
  const notChecked: string[] = []
  const examples = [...chart.tree].flatMap(([path, { bytes }]) => (path.startsWith('examples/') ? [exampleIn(chart, path, bytes, report)] : []))
  for (const example of examples) {
    const others = examples.filter((other) => other !== example).flatMap((other) => other.map(({ value }) => value))
    notChecked.push(...(await checkObjects(example, chart.kubeblocks, report, [...beside, ...others])), ...(await checkApi(example, api, report)))
  }
  return notChecked
}

/** The objects in a file of examples. Findings point to what gave them in the descriptor, and name the file. */
function exampleIn(chart: CompiledChart, path: string, bytes: Uint8Array, report: Report): readonly Manifest[] {
  const about = (place: Place) => ({ place: originOf(chart, path, place.line), message: `it stands in ${path} of ${chart.name}, line ${place.line}` })
  const within: Report = ({ place, ...finding }) => {
    const found = about(place ?? { file: path, line: 1, column: 1 })
    report({ ...finding, place: found.place, related: [found] })
  }
  return readManifests(Buffer.from(bytes).toString('utf8'), path, within).map((manifest) => ({
    ...manifest,
    placeOf: (target) => about(manifest.placeOf(target)).place,
    related: (target) => [about(manifest.placeOf(target))],
  }))
}

/** The objects of a chart in memory; nothing when Helm cannot render it. */
async function renderCompiled(chart: CompiledChart, helm: Helm, report: Report): Promise<readonly Manifest[] | undefined> {
  const folder = mkdtempSync(join(tmpdir(), 'addonsmith-render-'))
  try {
    const path = join(folder, chart.name)
    replaceFolder(path, chart.tree)
    return await render({ ...renderSubject(chart), path }, helm, report)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function renderSubject(chart: CompiledChart): Omit<RenderSubject, 'path'> {
  const read = (file: string) => {
    const bytes = chart.tree.get(file)?.bytes
    return bytes === undefined ? undefined : Buffer.from(bytes).toString('utf8')
  }
  return { name: chart.name, read, placeOf: (file, line) => originOf(chart, file, line) }
}

/**
 * A chart that says in Chart.yaml what is known once it was rendered: which releases take it, and its images, as Artifact Hub reads them
 * (artifacthub.io/docs/topics/annotations/helm). Helm has rendered it before, and an annotation changes nothing of that.
 */
function withRendered(chart: CompiledChart, objects: readonly unknown[], { first, last }: Compatibility): CompiledChart {
  const annotations = at(chart.metadata, 'annotations')
  const range = textAt(annotations, RANGE_ANNOTATION) === undefined ? {} : { [RANGE_ANNOTATION]: rangeOf(first, last) }
  const images = imagesOf(objects).map((image) => ({ name: imageName(image), image }))
  const listed = images.length === 0 ? {} : { 'artifacthub.io/images': dataYaml(images) }
  const metadata = { ...chart.metadata, annotations: { ...Object(annotations), ...range, ...listed } }
  return { ...chart, metadata, tree: createTree([...chart.tree, ['Chart.yaml', metadataFile(metadata)]]) }
}

/**
 * Packs a chart, and checks it as the archive it is: our own reader must take it and find every file of the chart in it and nothing else, and Helm must
 * render the archive to the objects that were checked. Reports what stands against it, and returns nothing then.
 */
export async function packChart(
  chart: CompiledChart,
  epoch: number | undefined,
  helm: Helm | undefined,
  report: Report,
): Promise<Archive | undefined> {
  const errors = countErrors(report)
  const archive = await pack(chart, chart.tree, epoch)
  const place = chart.source.locate([])
  const unpacked = await unpack(archive.bytes)
  if ('problem' in unpacked) {
    report({
      code: 'package/archive',
      message: `the package ${archive.name} would be refused: ${unpacked.problem}.`,
      place,
      kubeblocks: [chart.kubeblocks],
    })
    return undefined
  }
  const found = new Map([...unpacked.files].map(([path, bytes]) => [path, { bytes }]))
  invariant(unpacked.root === chart.name && compareTrees(chart.tree, found).length === 0, `${archive.name} holds the files of the chart`)
  if (helm === undefined || chart.objects === undefined) return archive
  const folder = mkdtempSync(join(tmpdir(), 'addonsmith-package-'))
  try {
    const path = join(folder, archive.name)
    writeFileSync(path, archive.bytes)
    const manifests = await render({ ...renderSubject(chart), path }, helm, errors.report, { lint: false })
    const isSame =
      manifests !== undefined &&
      isDeepStrictEqual(
        manifests.map(({ value }) => value),
        chart.objects,
      )
    if (manifests !== undefined && !isSame)
      errors.report({
        code: 'package/archive',
        message: `Helm renders the package ${archive.name} to other objects than the chart.`,
        place,
        kubeblocks: [chart.kubeblocks],
      })
    return errors.count() > 0 ? undefined : archive
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The place in the descriptor that gave a line of the chart. */
function originOf({ tree, source }: CompiledChart, file: string, line: number): Place {
  return source.locate(tree.get(file)?.origins?.[line - 1] ?? [])
}

/** Counts the errors that pass through a report. */
function countErrors(report: Report): { readonly report: Report; count(): number } {
  let errors = 0
  return {
    report: (finding: Finding) => {
      if (catalogue[finding.code].severity === 'error') errors++
      report(finding)
    },
    count: () => errors,
  }
}
