import { loadApis } from '../apimodel/index.ts'
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
  const apis = helm === undefined ? [] : await loadApis(chooseModel(undefined, session.context.cwd))
  for (const path of paths) {
    const addon = await compile(path, session.context)
    if (addon === undefined) continue
    for (const release of releases) {
      const generated = generate(addon, release, session.context.report)
      if (generated === undefined) continue
      const proof = helm === undefined ? { charts: generated, notChecked: [] } : await prove(generated, helm, apis, session.context.report)
      session.notChecked.push(...proof.notChecked)
      charts.push(...proof.charts)
    }
  }
  if (helm === undefined && charts.length > 0)
    session.notChecked.push('which other KubeBlocks releases take the charts is not known, so Chart.yaml names the versions of their own alone')
  return charts
}
