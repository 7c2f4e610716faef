import valid from 'semver/functions/valid.js'
import type { Place, Report } from '../diagnostics/index.ts'
import { parseYaml } from '../load/index.ts'
import { textAt } from '../objects/index.ts'

/** The files of a chart by path, and the place of a line in one. */
export interface ChartFiles {
  readonly read: (path: string) => string | undefined
  readonly place: (path: string, line?: number) => Place
}

/** What Chart.yaml says. */
export interface ChartIdentity {
  readonly name: string
  /** Library charts are not rendered by themselves. */
  readonly isLibrary: boolean
  /** The KubeBlocks release that the chart says it is for. */
  readonly kubeblocks: string | undefined
}

/** Checks what can be seen without rendering. Returns nothing when the chart is not complete enough to render. */
export function checkChartFiles({ read, place }: ChartFiles, report: Report): ChartIdentity | undefined {
  const text = read('Chart.yaml')
  if (text === undefined) {
    report({ code: 'chart/metadata', message: 'There is no Chart.yaml.', place: place('Chart.yaml') })
    return undefined
  }
  const file = place('Chart.yaml').file
  const { value, findings, locate } = parseYaml(file, text)
  for (const finding of findings) report(finding)
  if (value === undefined) return undefined
  for (const field of ['apiVersion', 'name', 'version']) {
    if (textAt(value, field) === undefined)
      report({ code: 'chart/metadata', message: `Chart.yaml has no ${field}, or it is not a text.`, place: locate([field]) })
  }
  const version = textAt(value, 'version')
  if (version !== undefined && valid(version) === null)
    report({ code: 'chart/metadata', message: `The chart version "${version}" is not a semantic version.`, place: locate(['version']) })
  const name = textAt(value, 'name')
  const kubeblocks = textAt(value, 'annotations', 'addonsmith.dev/kubeblocks')
  return name === undefined ? undefined : { name, isLibrary: textAt(value, 'type') === 'library', kubeblocks }
}
