import { loadApi } from '../apimodel/index.ts'
import type { Helm } from '../helm/index.ts'
import { type CompiledChart, compile, generate, prove } from '../pipeline.ts'
import type { Release } from '../targets/index.ts'
import { chooseModel } from './api-model.ts'
import type { Session } from './session.ts'

/** Compiles addons for releases and proves the charts with Helm, when there is one. Returns the charts that could be made. */
export async function makeCharts(
  session: Session,
  paths: readonly string[],
  releases: readonly Release[],
  helm: Helm | undefined,
): Promise<readonly CompiledChart[]> {
  const charts: CompiledChart[] = []
  for (const path of paths) {
    const addon = await compile(path, session.context)
    if (addon === undefined) continue
    for (const release of releases) {
      const generated = generate(addon, release, session.context.report)
      if (generated === undefined) continue
      if (helm !== undefined) {
        const api = await loadApi(release.version, { read: chooseModel(undefined, session.context.cwd) })
        session.notChecked.push(...(await prove(generated, helm, api, session.context.report)))
      }
      charts.push(...generated)
    }
  }
  return charts
}
