import { at, listAt, textAt } from '../../objects/index.ts'
import type { ChartSource, SourceFinding } from '../rule.ts'
import { hiddenPaths } from './ignored.ts'
import { readTemplate, type Template } from './template.ts'
import { readValues, type ValuesFile, yamlValue } from './values.ts'

/** What a chart holds, read once for all rules. */
export interface ReadChart {
  /** The chart's own templates, helpers included. Those of charts in `charts/` are not judged. */
  readonly templates: readonly Template[]
  /** Templates of charts in `charts/`: their helpers may use values and templates of this one. */
  readonly vendored: readonly Template[]
  /** Undefined when there is no values.yaml, or no YAML in it. */
  readonly values: ValuesFile | undefined
  /** Paths that `.Files` has. */
  readonly files: ReadonlySet<string>
  /** Files beside templates, values and metadata, which `tpl` may render. */
  readonly others: readonly string[]
  readonly dependencies: Dependencies
}

interface Dependencies {
  /** Keys of values.yaml that belong to them: their names and aliases. */
  readonly keys: ReadonlySet<string>
  /** Values that switch them on and off. */
  readonly conditions: readonly (readonly string[])[]
  /** Whether all are in `charts/`. What a missing one does with values and helpers is not known. */
  readonly complete: boolean
}

const known = new WeakMap<ChartSource, ReadChart>()

/** The parts of a chart; nothing to judge in a library, which is not rendered by itself. */
export function readChart(chart: ChartSource): ReadChart {
  const before = known.get(chart)
  if (before !== undefined) return before
  const read = parts(chart)
  known.set(chart, read)
  return read
}

/** A finding at an offset of a template. */
export function findingIn(template: Template, offset: number, message: string, hint?: string): SourceFinding {
  const { line, column } = template.place(offset)
  return { file: template.path, line, column, message, hint }
}

/** What Helm takes out of `.Files`. */
const NOT_IN_FILES = /^(?:templates\/|charts\/|(?:Chart\.yaml|Chart\.lock|values\.yaml|values\.schema\.json|requirements\.yaml|requirements\.lock)$)/

function parts(chart: ChartSource): ReadChart {
  const metadata = yamlValue(chart.read('Chart.yaml') ?? '')
  const isLibrary = textAt(metadata, 'type') === 'library'
  const template = (path: string): Template[] => {
    const text = chart.read(path)
    return text === undefined ? [] : [readTemplate(path, text)]
  }
  const hidden = hiddenPaths(chart.read('.helmignore') ?? '', chart.paths)
  const paths = chart.paths.filter((path) => !hidden.has(path))
  const values = isLibrary ? undefined : chart.read('values.yaml')
  const files = paths.filter((path) => !NOT_IN_FILES.test(path))
  return {
    templates: isLibrary ? [] : paths.filter((path) => path.startsWith('templates/')).flatMap(template),
    vendored: paths.filter((path) => /^charts\/(?:.+\/)?templates\//.test(path)).flatMap(template),
    values: values === undefined ? undefined : readValues(values),
    files: new Set(files),
    others: files.filter((path) => !/\.(?:md|lock|helmignore)$/i.test(path)),
    dependencies: dependenciesOf(chart, metadata),
  }
}

function dependenciesOf(chart: ChartSource, metadata: unknown): Dependencies {
  const declared = [...listAt(metadata, 'dependencies'), ...listAt(yamlValue(chart.read('requirements.yaml') ?? ''), 'dependencies')]
  const folders = new Set(chart.paths.flatMap((path) => /^charts\/([^/]+)\//.exec(path)?.[1] ?? []))
  const archives = chart.paths.filter((path) => /^charts\/[^/]+\.tgz$/.test(path))
  const names = declared.flatMap((dependency) => textAt(dependency, 'name') ?? [])
  return {
    keys: new Set(['global', ...folders, ...names, ...declared.flatMap((dependency) => textAt(dependency, 'alias') ?? [])]),
    conditions: declared.flatMap((dependency) => (textAt(dependency, 'condition') ?? '').split(',')).map((path) => path.trim().split('.')),
    complete:
      archives.length === 0 &&
      names.every((name) => folders.has(name)) &&
      !declared.some((dependency) => at(dependency, 'import-values') !== undefined),
  }
}
