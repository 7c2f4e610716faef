import { existsSync, readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { loadApi } from '../../apimodel/index.ts'
import { checkApi, checkChartFiles, checkObjects } from '../../check/index.ts'
import { UsageFault } from '../../diagnostics/index.ts'
import type { Helm } from '../../helm/index.ts'
import { findDescriptor } from '../../load/index.ts'
import { unpack } from '../../pack/unpack.ts'
import { type Manifest, render } from '../../render/index.ts'
import { readFolder } from '../../write/index.ts'
import { chooseModel, chooseModelReleases } from '../api-model.ts'
import { makeCharts } from '../charts.ts'
import { chooseHelm, chooseReleases, createSession, type FormatOptions, type Session } from '../session.ts'

export interface CheckOptions extends FormatOptions {
  readonly kubeblocks: string
  readonly helm?: string
}

/** `addonsmith check`: descriptors, chart folders and chart archives. */
export async function check(paths: readonly string[], options: CheckOptions): Promise<number> {
  const session = createSession()
  const releases = chooseReleases(options.kubeblocks)
  const subjects = paths.map((path) => classify(path, resolve(session.context.cwd, path)))
  const helm = await chooseHelm(session, options.helm)
  const lines: string[] = []
  try {
    for (const { kind, path } of subjects) {
      const shown = session.context.display(path)
      if (kind === 'descriptor') await makeCharts(session, [path], releases, helm)
      else await checkChart(session, path, kind, helm, options.kubeblocks)
      session.results.push({ subject: shown, state: 'checked' })
      lines.push(`${shown}: checked`)
    }
    return session.finish('check', options.format, lines)
  } finally {
    helm?.close()
  }
}

type Kind = 'descriptor' | 'folder' | 'archive'

function classify(shown: string, path: string): { readonly kind: Kind; readonly path: string } {
  if (!existsSync(path)) throw new UsageFault(`${shown} does not exist.`)
  if (existsSync(join(path, 'Chart.yaml'))) return { kind: 'folder', path }
  if (path.endsWith('.tgz') && statSync(path).isFile()) return { kind: 'archive', path }
  if (findDescriptor(path) !== undefined) return { kind: 'descriptor', path }
  throw new UsageFault(`${shown} is neither an addon nor a chart.`, {
    fix: 'An addon has an addon.yaml or addon.ts, a chart has a Chart.yaml or is a .tgz.',
  })
}

/** Checks a chart that is there already: its files, then what Helm renders from it. */
async function checkChart(session: Session, path: string, kind: 'folder' | 'archive', helm: Helm | undefined, kubeblocks: string): Promise<void> {
  const { report, display } = session.context
  const shown = display(path)
  const inside = (file: string, line = 1, column = 1) => ({ file: file === '' ? shown : `${shown}/${file}`, line, column })
  let files: ReadonlyMap<string, Uint8Array>
  if (kind === 'archive') {
    const unpacked = await unpack(readFileSync(path))
    if ('problem' in unpacked) {
      report({ code: 'chart/unsafe-file', message: `The archive is refused: ${unpacked.problem}.`, place: inside('') })
      return
    }
    files = unpacked.files
  } else {
    const content = readFolder(path)
    for (const other of content.others)
      report({ code: 'chart/unsafe-file', message: `${other} is neither a file nor a folder.`, place: inside(other) })
    if (content.others.length > 0) {
      session.notChecked.push(`${shown} was not rendered, because Helm would follow the links in it`)
      return
    }
    files = new Map([...content.files].map(([name, { bytes }]) => [name, bytes]))
  }
  const read = (file: string) => {
    const bytes = files.get(file)
    return bytes === undefined ? undefined : Buffer.from(bytes).toString('utf8')
  }
  const chart = checkChartFiles({ read, place: inside }, report)
  if (helm === undefined || chart === undefined) return
  if (chart.isLibrary) {
    session.notChecked.push(`${shown} is a library chart, which Helm does not render by itself`)
    return
  }
  const manifests = await render({ name: chart.name, path, read, placeOf: inside }, helm, report)
  if (manifests === undefined) return
  const release = kubeblocks === 'all' ? chart.kubeblocks : kubeblocks
  if (release === undefined)
    session.notChecked.push(`${shown} does not say which KubeBlocks release it is for, so the API was not checked; name releases with --kubeblocks`)
  else await checkReleases(session, manifests, release)
}

/** Checks objects against the API and the operator of each release named. */
async function checkReleases(session: Session, manifests: readonly Manifest[], names: string): Promise<void> {
  const read = chooseModel(undefined, session.context.cwd)
  for (const release of chooseModelReleases(names, read)) {
    session.notChecked.push(...(await checkApi(manifests, await loadApi(release, { read }), session.context.report)))
    session.notChecked.push(...(await checkObjects(manifests, release, session.context.report)))
  }
}
