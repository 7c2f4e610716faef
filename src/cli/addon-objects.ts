import { type Report, UsageFault } from '../diagnostics/index.ts'
import { dataYaml } from '../emit/index.ts'
import { textAt } from '../objects/index.ts'
import type { CompiledChart } from '../pipeline.ts'
import { addonObject, isAddonChart, releases } from '../targets/index.ts'
import { repositoryProblem } from '../validate/index.ts'
import { readConfig } from './config.ts'
import type { Session } from './session.ts'

/** An Addon object, as it is to be written. */
export interface AddonFile {
  readonly name: string
  readonly kubeblocks: string
  readonly version: string
  /** Below the folder of packages, as indexes of kbcli lay them out (API.md 6.3). */
  readonly path: string
  /** Where the object says that its chart is. */
  readonly location: string
  readonly bytes: Buffer
}

/** The URL at which packages will be found, from the command line or the configuration; undefined when nobody says it. */
export async function chooseRepository(session: Session, option: string | undefined): Promise<string | undefined> {
  const problem = option === undefined ? undefined : repositoryProblem(option)
  if (problem !== undefined)
    throw new UsageFault(`--repository ${problem.message}`, { fix: `${problem.hint.charAt(0).toUpperCase()}${problem.hint.slice(1)}.` })
  const config = await readConfig(session)
  return option ?? config.repository
}

/** The Addon objects of those charts that are of addons. Reports what stands against one. */
export function addonFiles(charts: readonly CompiledChart[], repository: string, report: Report): readonly AddonFile[] {
  return charts.flatMap(({ name, kubeblocks, version, metadata, source }) => {
    const release = releases.find((one) => one.version === kubeblocks)
    if (release === undefined || !isAddonChart(metadata)) return []
    const object = addonObject({ metadata, release, repository, locate: source.locate, report })
    if (object === undefined) return []
    const location = textAt(object, 'spec', 'helm', 'chartLocationURL') ?? ''
    return [{ name, kubeblocks, version, path: `${kubeblocks}/addons/${name}/${version}.yaml`, location, bytes: Buffer.from(dataYaml(object)) }]
  })
}
