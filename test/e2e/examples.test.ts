import { afterAll, describe, expect, test } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { loadApi, loadApis, loadRules } from '../../src/apimodel/index.ts'
import { objectRules } from '../../src/check/rules/index.ts'
import type { Finding } from '../../src/diagnostics/index.ts'
import { findHelm, openHelm } from '../../src/helm/index.ts'
import { at, listAt } from '../../src/objects/index.ts'
import { applyRules, operatorRelease } from '../../src/operator/index.ts'
import { type CompiledChart, prove } from '../../src/pipeline.ts'
import { createTree } from '../../src/tree/index.ts'
import { readModel } from '../support/api-model.ts'
import { ADDONS, compileAddon, RELEASES } from '../support/compile-addon.ts'
import { chartOnDisk } from '../support/compile-qdrant.ts'
import { helmPath, renderedObjects, runHelm } from '../support/helm.ts'
import { ROOT } from '../support/workspace.ts'

const rules = await loadRules()

/** Examples that an addon has in every release, because of what it is. */
const OF_ADDONS: Readonly<Record<string, readonly string[]>> = {
  qdrant: [
    ...['cluster', 'cluster-3', 'vertical-scaling', 'scale-out', 'scale-in', 'volume-expansion', 'restart', 'stop', 'start', 'expose', 'expose-end'],
    ...['backup', 'cluster-old', 'upgrade', 'reconfigure'],
  ],
  stateless: ['cluster', 'cluster-4', 'vertical-scaling', 'scale-out', 'scale-in', 'restart', 'stop', 'start', 'expose', 'expose-end'],
}

/** The examples of a cluster chart by name. */
function examplesOf(chart: CompiledChart): ReadonlyMap<string, unknown> {
  const decode = (bytes: Uint8Array) => Buffer.from(bytes).toString('utf8')
  return new Map(
    [...chart.tree].flatMap(([path, { bytes }]) => {
      const [, name] = /^examples\/(.*)\.yaml$/.exec(path) ?? []
      return name === undefined ? [] : parseAllDocuments(decode(bytes)).map((document) => [name, document.toJS() as unknown] as const)
    }),
  )
}

describe.each(ADDONS)('examples of %s', (addon, folder) => {
  test.each(RELEASES)('are what KubeBlocks %s takes, and the chart makes the same cluster', async (version) => {
    const { chart, cluster } = await compileAddon(folder, version)
    if (chart === undefined || cluster === undefined) throw new Error('there are no charts')
    const definitions = renderedObjects(runHelm(4, ['template', 'r', chartOnDisk(chart), '--namespace', 'kb-system']))
    const examples = examplesOf(cluster)
    const usual = examples.get('cluster')
    const rendered = renderedObjects(runHelm(4, ['template', String(at(usual, 'metadata', 'name')), chartOnDisk(cluster)]))
    const [made] = rendered.filter((object) => at(object, 'kind') === 'Cluster')
    expect(at(usual, 'spec')).toEqual(at(made, 'spec'))
    // Another number of pods is another value; addons of one component alone, since the example says it of the main one.
    for (const [name, example] of examples) {
      const [, replicas] = /^cluster-([0-9]+)$/.exec(name) ?? []
      const components = listAt(example, 'spec', 'componentSpecs')
      if (replicas === undefined || components.length !== 1) continue
      const folder = chartOnDisk(cluster)
      const args = ['template', String(at(example, 'metadata', 'name')), folder, '--set', `replicas=${replicas}`]
      expect(at(example, 'spec')).toEqual(
        at(
          renderedObjects(runHelm(4, args)).find((object) => at(object, 'kind') === 'Cluster'),
          'spec',
        ),
      )
    }

    const api = await loadApi(version, { read: readModel })
    const objects = [...examples.values()]
    const problems = objects.flatMap((object) => api.check(object, { rules }))
    // There is no schema of Backups.
    expect(problems.filter(({ kind }) => kind !== 'not-in-model')).toEqual([])
    const checked = objects.filter((object) => at(object, 'kind') !== 'Backup').length
    expect(objects.length - checked).toBe(problems.length)
    for (const object of objects) {
      const others = objects.filter((other) => other !== object)
      expect(applyRules(objectRules, operatorRelease(version), [object], [...definitions, ...rendered, ...others])).toEqual([])
    }
    const needed = OF_ADDONS[addon] ?? ['cluster', 'vertical-scaling', 'restart', 'stop', 'start']
    expect([...examples.keys()]).toEqual(expect.arrayContaining([...needed]))
  })

  test.each(RELEASES)('for KubeBlocks %s follow from one another', async (version) => {
    const { cluster } = await compileAddon(folder, version)
    if (cluster === undefined) throw new Error('there is no chart')
    const objects = [...examplesOf(cluster).values()]
    const names = (kind: string) => objects.filter((object) => at(object, 'kind') === kind).map((object) => String(at(object, 'metadata', 'name')))
    const clusters = names('Cluster')
    expect(clusters.every((name) => /^[a-z][-a-z0-9]{0,15}$/.test(name))).toBe(true)
    for (const kind of ['Cluster', 'OpsRequest', 'Backup']) expect(new Set(names(kind)).size).toBe(names(kind).length)
    for (const object of objects.filter((candidate) => at(candidate, 'kind') === 'OpsRequest')) {
      const named = String(at(object, 'spec', 'clusterName') ?? at(object, 'spec', 'clusterRef'))
      expect(clusters.includes(named)).toBe(at(object, 'spec', 'type') !== 'Restore')
    }
  })
})

const found = findHelm(helmPath(4), {})
const helm =
  found === undefined
    ? undefined
    : await openHelm(found, { report: () => undefined, cwd: ROOT, env: process.env, display: (path) => path, library: '' })
afterAll(() => helm?.close())

test.skipIf(helm === undefined)('what is wrong in an example is found when the charts are built, at its place in the descriptor', async () => {
  const { chart, cluster } = await compileAddon(ADDONS[0]?.[1] ?? '', '1.1')
  if (chart === undefined || cluster === undefined || helm === undefined) throw new Error('there are no charts')
  const edited = [...cluster.tree].map(([path, file]) => {
    const text = Buffer.from(file.bytes).toString('utf8')
    if (path === 'examples/restart.yaml')
      return [path, { ...file, bytes: Buffer.from(text.replace('componentName: qdrant', 'componentName: qdrand')) }] as const
    if (path === 'examples/stop.yaml')
      return [path, { ...file, bytes: Buffer.from(text.replace('type: Stop', 'type: Stop\n  stopp: true')) }] as const
    return [path, file] as const
  })
  const findings: Finding[] = []
  const { notChecked } = await prove([chart, { ...cluster, tree: createTree(edited) }], helm, await loadApis(readModel), (finding) =>
    findings.push(finding),
  )
  expect(notChecked).toEqual([])
  expect(findings.map(({ code, subjects }) => [code, ...(subjects ?? [])])).toEqual([
    ['operation/component', 'OpsRequest "qdrant-restart"'],
    ['api/unknown-field', 'OpsRequest "qdrant-stop"'],
  ])
  const [component] = findings
  expect(component?.place?.file).toMatch(/addons\/qdrant\/addon\.yaml$/)
  expect(component?.related?.[0]?.message).toBe('it stands in examples/restart.yaml of qdrant-cluster, line 12')
})

describe('operations differ between releases', () => {
  const specOf = async (version: string, name: string) => {
    const { cluster } = await compileAddon(ADDONS[0]?.[1] ?? '', version)
    return at(cluster === undefined ? undefined : examplesOf(cluster).get(name), 'spec')
  }

  test('the number of pods is what there are to be up to 0.8, and what comes or goes later', async () => {
    expect(await specOf('0.8', 'scale-out')).toEqual({
      clusterRef: 'qdrant',
      type: 'HorizontalScaling',
      horizontalScaling: [{ componentName: 'qdrant', replicas: 3 }],
    })
    expect(await specOf('0.9', 'scale-out')).toEqual({
      clusterName: 'qdrant',
      type: 'HorizontalScaling',
      horizontalScaling: [{ componentName: 'qdrant', scaleOut: { replicaChanges: 2 } }],
    })
    expect(await specOf('1.1', 'scale-in')).toMatchObject({ horizontalScaling: [{ componentName: 'qdrant', scaleIn: { replicaChanges: 1 } }] })
  })

  test('a version is that of the cluster up to 0.8, and that of a component later', async () => {
    expect(await specOf('0.6', 'upgrade')).toMatchObject({ clusterRef: 'qdrant-old', upgrade: { clusterVersionRef: 'qdrant-1.18.3' } })
    expect(await specOf('1.0', 'upgrade')).toMatchObject({
      clusterName: 'qdrant-old',
      upgrade: { components: [{ componentName: 'qdrant', serviceVersion: '1.18.3' }] },
    })
  })

  test('a restore is none in 0.5, where the engine would have to run, a Cluster up to 0.7, and an operation later', async () => {
    expect(await specOf('0.5', 'restore')).toBeUndefined()
    expect(await specOf('0.7', 'restore')).toMatchObject({ clusterVersionRef: 'qdrant-1.18.3' })
    expect(await specOf('0.8', 'restore')).toMatchObject({ clusterRef: 'qdrant-copy', restoreSpec: { backupName: 'qdrant-backup' } })
    expect(await specOf('1.1', 'restore')).toMatchObject({ clusterName: 'qdrant-copy', restore: { backupName: 'qdrant-backup' } })
  })

  test('a component that goes to another line gets its definition by name', async () => {
    const [, folder = ''] = ADDONS.find(([name]) => name === 'lines') ?? []
    const { cluster } = await compileAddon(folder, '1.1')
    const upgrade = cluster === undefined ? undefined : examplesOf(cluster).get('upgrade')
    expect(at(upgrade, 'spec', 'upgrade')).toEqual({
      components: [{ componentName: 'engine', serviceVersion: '8.0.36', componentDefinitionName: 'lines-engine-8.0-1.1-0.1.0' }],
    })
  })
})
