import valid from 'semver/functions/valid.js'
import type { Locate, Place, Report } from '../diagnostics/index.ts'
import { parseYaml } from '../load/index.ts'
import { at, textAt } from '../objects/index.ts'

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
  /** The KubeBlocks release that the chart says it is for, in an annotation that charts of addonsmith have. */
  readonly kubeblocks: string | undefined
  /** The KubeBlocks versions that it can be installed in, as a range of versions, and where that stands. */
  readonly range: { readonly text: string; readonly place: Place } | undefined
  /** Places in Chart.yaml. */
  readonly locate: Locate
}

/** The annotation by which the operator and kbcli tell whether an addon can be installed. release-1.0:controllers/extensions/addon_controller.go checkAddonSpec. */
const RANGE = 'addon.kubeblocks.io/kubeblocks-version'

/** Checks what can be seen without rendering. Returns nothing when the chart is not complete enough to render. */
export function checkChartFiles({ read, place }: ChartFiles, report: Report): ChartIdentity | undefined {
  const text = read('Chart.yaml')
  if (text === undefined) {
    report({ code: 'chart/metadata', message: 'There is no Chart.yaml, or it is not UTF-8.', place: place('Chart.yaml') })
    return undefined
  }
  const file = place('Chart.yaml').file
  const { value, findings, locate } = parseYaml(file, text)
  for (const finding of findings) report(finding)
  if (value === undefined) return undefined
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    report({ code: 'chart/metadata', message: 'Chart.yaml holds no map.', place: locate([]) })
    return undefined
  }
  for (const field of ['apiVersion', 'name', 'version']) {
    const given = at(value, field)
    if (given === undefined || given === null)
      report({ code: 'chart/metadata', message: `Chart.yaml has no ${field}.`, place: locate([field]), hint: `add ${field}` })
    else if (typeof given !== 'string')
      report({
        code: 'chart/metadata',
        message: `${field} of Chart.yaml must be a text.`,
        place: locate([field]),
        hint: 'quote it, as it stands here',
      })
  }
  const version = textAt(value, 'version')
  if (version !== undefined && valid(version) === null)
    report({ code: 'chart/metadata', message: `The chart version "${version}" is not a semantic version.`, place: locate(['version']) })
  const name = textAt(value, 'name')
  const kubeblocks = textAt(value, 'annotations', 'addonsmith.dev/kubeblocks')
  const range = textAt(value, 'annotations', RANGE)
  return name === undefined
    ? undefined
    : {
        name,
        isLibrary: textAt(value, 'type') === 'library',
        kubeblocks,
        range: range === undefined ? undefined : { text: range, place: locate(['annotations', RANGE]) },
        locate,
      }
}
