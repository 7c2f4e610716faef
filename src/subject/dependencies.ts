import { existsSync, realpathSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseYaml } from '../load/index.ts'
import { listAt, textAt } from '../objects/index.ts'
import { type ChartFiles, type ReadProblem, readChartFolder } from './read-chart.ts'

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

/**
 * Puts `file://` dependencies of a chart in a folder into its `charts/`, and those of them, as `helm dependency build` does. What is in `charts/`
 * already stays. `folder` is undefined for an archive, which cannot point outside itself.
 */
export function resolveDependencies(files: ChartFiles, folder: string | undefined, seen: readonly string[] = []): ResolvedDependencies {
  const merged = new Map(files)
  const missing: MissingDependency[] = []
  const problems: ReadProblem[] = []
  const origins = new Map<string, string>()
  const chartYaml = files.get('Chart.yaml')
  const { value } = chartYaml === undefined ? { value: undefined } : parseYaml('Chart.yaml', Buffer.from(chartYaml).toString('utf8'))
  for (const [index, dependency] of listAt(value, 'dependencies').entries()) {
    const name = textAt(dependency, 'name') ?? ''
    const repository = textAt(dependency, 'repository') ?? ''
    if (isVendored(files, name)) continue
    const lose = (why: string) => missing.push({ name, index, why })
    if (repository !== '' && !repository.startsWith('file://')) lose(`it comes from ${repository}, and is not in charts/`)
    else if (repository === '') lose('it is not in charts/')
    else if (folder === undefined) lose('it is not in the archive')
    else {
      const path = pathOf(repository, folder)
      const real = path !== undefined && existsSync(join(path, 'Chart.yaml')) ? realpathSync(path) : undefined
      if (real === undefined) lose(`there is no chart at ${repository}`)
      else if (seen.includes(real) || seen.length >= MAX_DEPTH) lose('it depends on itself')
      else {
        const read = readChartFolder(real)
        const inner = resolveDependencies(read.files, real, [...seen, real])
        origins.set(`charts/${name}`, real)
        for (const [place, origin] of inner.origins) origins.set(`charts/${name}/${place}`, origin)
        for (const [file, bytes] of inner.files) merged.set(`charts/${name}/${file}`, bytes)
        problems.push(...[...read.problems, ...inner.problems].map((problem) => ({ ...problem, path: `charts/${name}/${problem.path}` })))
        for (const lost of inner.missing) lose(`its own dependency "${lost.name}" cannot be had: ${lost.why}`)
      }
    }
  }
  return { files: merged, missing, problems, origins }
}

function isVendored(files: ChartFiles, name: string): boolean {
  const archive = new RegExp(`^charts/${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}-\\d[^/]*\\.tgz$`)
  return [...files.keys()].some((path) => path === `charts/${name}/Chart.yaml` || archive.test(path) || isOther(files, path, name))
}

/** Whether a path is the Chart.yaml of a vendored chart whose folder has another name. */
function isOther(files: ChartFiles, path: string, name: string): boolean {
  if (!/^charts\/[^/]+\/Chart\.yaml$/.test(path)) return false
  return new RegExp(`^name:\\s*["']?${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}["']?\\s*$`, 'm').test(
    Buffer.from(files.get(path) ?? []).toString('utf8'),
  )
}

/** The folder of a `file://` repository, which is relative to the chart. */
function pathOf(repository: string, folder: string): string | undefined {
  const path = repository.slice('file://'.length)
  if (!path.startsWith('/')) return resolve(folder, path)
  try {
    return fileURLToPath(repository)
  } catch {
    return undefined
  }
}
