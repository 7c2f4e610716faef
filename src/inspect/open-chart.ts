import { type ChartIdentity, checkChartFiles } from '../check/index.ts'
import type { Context } from '../context.ts'
import type { Place } from '../diagnostics/index.ts'
import { decodeUtf8 } from '../load/index.ts'
import {
  type ChartFiles,
  readChartArchive,
  readChartFolder,
  resolveDependencies,
  type SubjectPath,
  stageChart,
  withoutDependencies,
} from '../subject/index.ts'

/** A chart in memory, with what Helm is to render. */
export interface OpenChart {
  readonly shown: string
  readonly identity: ChartIdentity
  /** Its files, and those of its dependencies in `charts/`. */
  readonly files: ChartFiles
  readonly read: (path: string) => string | undefined
  readonly place: (path: string, line?: number, column?: number) => Place
  /** Names of dependencies that could not be had; the chart is rendered without them. */
  readonly missing: readonly string[]
  /** Puts the chart where Helm can read it. */
  stage(): { readonly path: string; remove(): void }
}

/** Reads a chart and checks its metadata. Returns nothing when it is not safe or not complete enough to go on with; that is reported. */
export async function openChart({ kind, path }: SubjectPath, { display, report }: Context): Promise<OpenChart | undefined> {
  const shown = display(path)
  const folder = kind === 'archive' ? undefined : path
  const own = folder === undefined ? await readChartArchive(path) : readChartFolder(folder)
  const { files, missing, problems, origins } = resolveDependencies(own.files, folder)
  const place = (file: string, line = 1, column = 1): Place => ({ file: shownPath(file, shown, origins, display), line, column })
  for (const problem of [...own.problems, ...problems]) report({ code: 'chart/unsafe-file', message: problem.message, place: place(problem.path) })
  if (own.problems.length > 0 || problems.length > 0) return undefined
  const texts = new Map<string, string | undefined>()
  const read = (file: string): string | undefined => {
    if (!texts.has(file)) {
      const bytes = files.get(file)
      texts.set(file, bytes === undefined ? undefined : decodeUtf8(bytes))
    }
    return texts.get(file)
  }
  const identity = checkChartFiles({ read, place }, report)
  if (identity === undefined) return undefined
  for (const { name, index, why } of missing) {
    const message = `The dependency "${name}" cannot be had: ${why}.`
    report({ code: 'chart/dependency', message, place: identity.locate(['dependencies', index]) })
  }
  const isAsItIs = folder !== undefined && missing.length === 0 && origins.size === 0
  const stage = () => {
    if (isAsItIs) return { path: folder, remove: () => undefined }
    const indices = missing.map(({ index }) => index)
    return stageChart(missing.length === 0 ? files : withoutDependencies(files, indices))
  }
  return { shown, identity, files, read, place, missing: [...new Set(missing.map(({ name }) => name))], stage }
}

/** The path of a file of a chart as the user knows it: that of a dependency lies where it came from. */
function shownPath(file: string, shown: string, origins: ReadonlyMap<string, string>, display: Context['display']): string {
  if (file === '') return shown
  // The deepest of those that hold it.
  const [place, origin] = [...origins].filter(([folder]) => file.startsWith(`${folder}/`)).sort(([a], [b]) => b.length - a.length)[0] ?? []
  return place === undefined || origin === undefined ? `${shown}/${file}` : `${display(origin)}${file.slice(place.length)}`
}
