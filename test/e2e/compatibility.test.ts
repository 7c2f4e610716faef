import { afterAll, describe, expect, test } from 'vitest'
import { loadApis } from '../../src/apimodel/index.ts'
import type { Context } from '../../src/context.ts'
import { catalogue } from '../../src/diagnostics/index.ts'
import { findHelm, openHelm } from '../../src/helm/index.ts'
import { inspect } from '../../src/inspect/index.ts'
import { at } from '../../src/objects/index.ts'
import { type CompiledChart, prove } from '../../src/pipeline.ts'
import { rangeOf } from '../../src/targets/index.ts'
import { readModel } from '../support/api-model.ts'
import { ADDONS, compileAddon, RELEASES } from '../support/compile-addon.ts'
import { chartOnDisk } from '../support/compile-qdrant.ts'
import { helmPath, TESTED_HELMS } from '../support/helm.ts'
import { ROOT } from '../support/workspace.ts'

const [major] = TESTED_HELMS
const quiet: Context = { report: () => undefined, cwd: ROOT, env: process.env, display: (path) => path, library: '' }
const found = major === undefined ? undefined : findHelm(helmPath(major), {})
const helm = found === undefined ? undefined : await openHelm(found, quiet)
afterAll(() => helm?.close())
const ranges = new Map<string, string>()

/** The releases in which `check` finds no error in a chart on disk, each asked for by itself. */
async function takenBy(chart: CompiledChart): Promise<readonly string[]> {
  const refusing = new Set<string>()
  const context: Context = {
    ...quiet,
    report: ({ code, kubeblocks = [] }) => {
      if (catalogue[code].severity === 'error') for (const release of kubeblocks) refusing.add(release)
    },
  }
  const subject = { kind: 'folder', path: chartOnDisk(chart) } as const
  const options = { helm, releases: RELEASES, lint: false, jobs: 1, model: readModel, externals: [] }
  const [inspected] = await inspect([subject], options, context, () => undefined)
  expect(inspected).toMatchObject({ isChecked: true, releases: RELEASES })
  return RELEASES.filter((release) => !refusing.has(release))
}

describe.skipIf(helm === undefined).each(ADDONS)('%s', (name, folder) => {
  test.each(RELEASES)('made for %s: Chart.yaml names the releases that take it, and they have no gap', async (release) => {
    const { chart, cluster } = await compileAddon(folder, release)
    if (chart === undefined || cluster === undefined || helm === undefined) throw new Error(`${name} cannot be made for ${release}`)
    const { charts } = await prove([chart, cluster], helm, await loadApis(readModel), () => undefined)
    expect(charts.map((proved) => proved.name)).toEqual([chart.name, cluster.name])
    for (const proved of charts) {
      const taken = await takenBy(proved)
      const [first = '', last = ''] = [taken[0], taken.at(-1)]
      expect(RELEASES.slice(RELEASES.indexOf(first), RELEASES.indexOf(last) + 1)).toEqual(taken)
      expect(taken).toContain(release)
      expect(at(proved.metadata, 'annotations', 'addon.kubeblocks.io/kubeblocks-version')).toBe(rangeOf(first, last))
      expect(Buffer.from(proved.tree.get('Chart.yaml')?.bytes ?? []).toString('utf8')).toContain(rangeOf(first, last))
      ranges.set(`${proved.name} ${release}`, rangeOf(first, last))
    }
  })
})

test.skipIf(helm === undefined)('ranges differ from release to release and from chart to chart', () => {
  expect(ranges.get('qdrant 0.7')).toBe(rangeOf('0.7', '0.8'))
  expect(ranges.get('qdrant 0.6')).toBe(rangeOf('0.6', '0.6'))
  expect(ranges.get('qdrant-cluster 1.0')).toBe(rangeOf('1.0', '1.2-alpha'))
  expect(new Set(ranges.values()).size).toBeGreaterThan(5)
})
