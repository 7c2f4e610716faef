import { existsSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { escapeRegExp } from '../diagnostics/index.ts'
import { parseYaml } from '../load/index.ts'
import { listAt, textAt } from '../objects/index.ts'
import { MAX_TOTAL } from '../pack/unpack.ts'
import { type ChartFiles, MAX_FILES, type ReadChart, type ReadProblem, readChartFolder } from './read-chart.ts'

/** A dependency that Chart.yaml names and that could not be had. */
export interface MissingDependency {
  readonly name: string
  /** Position in `dependencies` of Chart.yaml. */
  readonly index: number
  /** Why, as the end of a sentence. */
  readonly why: string
}

export interface ResolvedDependencies {
  /** The files of the chart with those of `file://` dependencies below `charts/`. */
  readonly files: ChartFiles
  readonly missing: readonly MissingDependency[]
  readonly problems: readonly ReadProblem[]
  /** Where what was put below `charts/` comes from: path there -> folder, absolute. */
  readonly origins: ReadonlyMap<string, string>
}

/** Levels of dependencies of dependencies. */
const MAX_DEPTH = 8

/** A name that is one folder of `charts/`, and nothing else. */
const FOLDER_NAME = /^[A-Za-z0-9][\w.-]*$/

/**
 * Puts `file://` dependencies of a chart in a folder into its `charts/`, and those of them, as `helm dependency build` does. What is in `charts/`
 * already stays. `folder` is undefined for an archive, which cannot point outside itself.
 */
export function resolveDependencies(files: ChartFiles, folder: string | undefined): ResolvedDependencies {
  const resolved = resolve({ files, problems: [], dependencies: dependenciesOf(files) }, folder, folder === undefined ? [] : [folder], new Map())
  const bytes = [...resolved.files.values()].reduce((sum, { length }) => sum + length, 0)
  if (bytes <= MAX_TOTAL && resolved.files.size <= MAX_FILES) return resolved
  return { ...resolved, problems: [{ path: '', message: `With its dependencies the chart has more than ${MAX_TOTAL} bytes or ${MAX_FILES} files.` }] }
}

/** A chart that was read, with what it depends on. */
interface Source extends ReadChart {
  readonly dependencies: ReturnType<typeof dependenciesOf>
}

/** `known` are charts by folder, each read once however many depend on it. */
function resolve(chart: Source, folder: string | undefined, parents: readonly string[], known: Map<string, Source>): ResolvedDependencies {
  const { files } = chart
  const merged = new Map(files)
  const missing: MissingDependency[] = []
  const problems: ReadProblem[] = []
  const origins = new Map<string, string>()
  for (const { name, repository, index } of chart.dependencies) {
    // The same chart under two aliases is there once.
    if (isVendored(files, name) || origins.has(`charts/${name}`)) continue
    const why = whyNot(name, repository, folder)
    const real = why === undefined && folder !== undefined ? folderOf(repository, folder) : undefined
    if (why !== undefined || real === undefined) missing.push({ name, index, why: why ?? `there is no chart at ${repository}` })
    else if (files.has(`charts/${name}`)) missing.push({ name, index, why: `charts/${name} is a file` })
    else if (parents.includes(real) || parents.length >= MAX_DEPTH) missing.push({ name, index, why: 'it depends on itself' })
    else {
      const read = known.get(real) ?? readSource(real)
      known.set(real, read)
      const inner = resolve(read, real, [...parents, real], known)
      const place = `charts/${name}`
      origins.set(place, real)
      for (const [below, origin] of inner.origins) origins.set(`${place}/${below}`, origin)
      for (const [file, bytes] of inner.files) merged.set(`${place}/${file}`, bytes)
      problems.push(...[...read.problems, ...inner.problems].map((problem) => ({ ...problem, path: `${place}/${problem.path}` })))
      for (const lost of inner.missing) missing.push({ name, index, why: `its own dependency "${lost.name}" cannot be had: ${lost.why}` })
      if (merged.size > MAX_FILES) break
    }
  }
  return { files: merged, missing, problems, origins }
}

function readSource(folder: string): Source {
  const read = readChartFolder(folder)
  return { ...read, dependencies: dependenciesOf(read.files) }
}

function dependenciesOf(files: ChartFiles): readonly { readonly name: string; readonly repository: string; readonly index: number }[] {
  const chartYaml = files.get('Chart.yaml')
  const { value } = chartYaml === undefined ? { value: undefined } : parseYaml('Chart.yaml', Buffer.from(chartYaml).toString('utf8'))
  return listAt(value, 'dependencies').map((dependency, index) => ({
    name: textAt(dependency, 'name') ?? '',
    repository: textAt(dependency, 'repository') ?? '',
    index,
  }))
}

/** Why a dependency that is not in `charts/` cannot be had, as far as its entry shows that. */
function whyNot(name: string, repository: string, folder: string | undefined): string | undefined {
  if (!FOLDER_NAME.test(name)) return 'its name is not one that a chart can have'
  if (repository === '') return 'it is not in charts/'
  if (!repository.startsWith('file://')) return `it comes from ${repository}, and is not in charts/`
  return folder === undefined ? 'it is not in the archive' : undefined
}

/** Whether `charts/` has a chart: as an archive, in a folder, or in a folder of another name. */
function isVendored(files: ChartFiles, name: string): boolean {
  const archive = new RegExp(`^charts/${escapeRegExp(name)}-\\d[^/]*\\.tgz$`)
  const named = new RegExp(`^name:\\s*["']?${escapeRegExp(name)}["']?\\s*$`, 'm')
  return [...files].some(
    ([path, bytes]) =>
      path === `charts/${name}/Chart.yaml` ||
      archive.test(path) ||
      (/^charts\/[^/]+\/Chart\.yaml$/.test(path) && named.test(Buffer.from(bytes).toString('utf8'))),
  )
}

/** The folder of a `file://` repository, which is relative to the chart; nothing when there is no chart. */
function folderOf(repository: string, folder: string): string | undefined {
  const path = repository.slice('file://'.length)
  const target = path.startsWith('/') ? absolutePath(repository) : join(folder, path)
  return target !== undefined && existsSync(join(target, 'Chart.yaml')) ? realpathSync(target) : undefined
}

function absolutePath(url: string): string | undefined {
  try {
    return fileURLToPath(url)
  } catch {
    return undefined
  }
}
