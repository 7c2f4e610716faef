import type { Diagnostic, Finding, Place } from '../diagnostics/index.ts'
import { catalogue, suggest } from '../diagnostics/index.ts'
import type { Helm } from '../helm/index.ts'
import { type CompiledChart, compile } from '../pipeline.ts'
import { releases } from '../targets/index.ts'
import { makeCharts } from './charts.ts'
import type { Session } from './session.ts'

/** What a package says it is. */
export interface Claim {
  readonly name: string
  readonly version: string
  /** The KubeBlocks release. */
  readonly kubeblocks: string | undefined
}

/** The chart a package should be of, or why there is none. */
export type Rebuilt = { readonly chart: CompiledChart } | { readonly finding: Omit<Finding, 'place'> & { readonly place?: Place } }

/** Makes charts again, each addon and release once. */
export interface Rebuilder {
  rebuild(claim: Claim): Promise<Rebuilt>
}

/** `addons` are the paths of descriptors in which the addon of a package is looked for. */
export function createRebuilder(session: Session, addons: readonly string[], helm: Helm | undefined): Rebuilder {
  const made = new Map<string, Promise<readonly CompiledChart[] | undefined>>()
  const chartsOf = (path: string, kubeblocks: string) => {
    const key = `${kubeblocks} ${path}`
    const charts = made.get(key) ?? make(session, path, kubeblocks, helm)
    made.set(key, charts)
    return charts
  }
  let names: Promise<readonly Named[]> | undefined
  return {
    async rebuild({ name: wanted, version, kubeblocks }) {
      const known = releases.map(({ version }) => version)
      if (kubeblocks === undefined || !known.includes(kubeblocks)) return { finding: releaseFinding(kubeblocks, known) }
      names ??= nameAll(session, addons)
      const all = await names
      for (const { path } of all.filter(({ name }) => name !== undefined && (wanted === name || wanted.startsWith(`${name}-`))).sort(longest)) {
        const charts = await chartsOf(path, kubeblocks)
        const shown = session.context.display(path)
        // What stands against the descriptor was reported.
        if (charts === undefined)
          return {
            finding: { code: 'package/no-addon', message: `${shown} gives no charts for KubeBlocks ${kubeblocks}, for other findings.` },
          }
        const chart = charts.find(({ name }) => name === wanted)
        if (chart === undefined) continue
        if (chart.version === version) return { chart }
        const message = `The package has the version ${version}, and ${shown} has ${chart.version}.`
        return { finding: { code: 'package/version', message, place: chart.source.locate(['version']) } }
      }
      const broken = all.filter(({ name }) => name === undefined).map(({ path }) => session.context.display(path))
      const hint = broken.length > 0 ? `${broken.join(', ')} could not be read: addonsmith check says why` : nearest(wanted, all)
      const message = `No addon here has the chart "${wanted}".`
      return { finding: { code: 'package/no-addon', message, ...(hint === undefined ? {} : { hint }) } }
    },
  }
}

interface Named {
  readonly path: string
  /** Nothing when the descriptor cannot be read. */
  readonly name: string | undefined
}

/** The names of addons. What else their descriptors hold is no matter of packages that are not theirs. */
async function nameAll({ context }: Session, addons: readonly string[]): Promise<readonly Named[]> {
  const named: Named[] = []
  for (const path of addons) named.push({ path, name: (await compile(path, { ...context, report: () => undefined }))?.addon.name })
  return named
}

/** The charts of an addon for a release; nothing when its descriptor has errors, which alone are reported. */
async function make(session: Session, path: string, kubeblocks: string, helm: Helm | undefined): Promise<readonly CompiledChart[] | undefined> {
  let errors = 0
  const report = (finding: Finding) => {
    const { severity }: Pick<Diagnostic, 'severity'> = catalogue[finding.code]
    if (severity !== 'error') return
    errors++
    session.context.report(finding)
  }
  const chosen = releases.filter(({ version }) => version === kubeblocks)
  const notChecked: string[] = []
  const charts = await makeCharts({ ...session, notChecked, context: { ...session.context, report } }, [path], chosen, helm)
  session.notChecked.push(...notChecked.filter((what) => !session.notChecked.includes(what)))
  return errors > 0 || charts.length === 0 ? undefined : charts
}

const longest = (a: Named, b: Named) => (b.name?.length ?? 0) - (a.name?.length ?? 0)

function nearest(name: string, all: readonly Named[]): string | undefined {
  return suggest(
    name,
    all.flatMap((one) => one.name ?? []),
  )
}

function releaseFinding(claimed: string | undefined, known: readonly string[]): Finding {
  return claimed === undefined
    ? { code: 'package/release', message: 'Its Chart.yaml does not say for which KubeBlocks release it was made; addonsmith did not make it.' }
    : {
        code: 'package/release',
        message: `It was made for KubeBlocks ${JSON.stringify(claimed)}, which is no release here.`,
        hint: suggest(claimed, known),
      }
}
