import { describe, expect, test } from 'vitest'
import { loadApi, loadRules } from '../../src/apimodel/index.ts'
import { objectRules } from '../../src/check/rules/index.ts'
import { clusterType, flagsOf, kbcliRelease, schemasIn } from '../../src/kbcli/index.ts'
import { at, listAt } from '../../src/objects/index.ts'
import { applyRules, operatorRelease } from '../../src/operator/index.ts'
import type { CompiledChart } from '../../src/pipeline.ts'
import { readModel } from '../support/api-model.ts'
import { ADDONS, compileAddon, RELEASES } from '../support/compile-addon.ts'
import { chartOnDisk } from '../support/compile-qdrant.ts'
import { renderedObjects, runHelm, TESTED_HELMS } from '../support/helm.ts'
import { kbcliCreate } from '../support/kbcli.ts'
import { type Choices, pairwise } from '../support/pairwise.ts'

const rules = await loadRules()

async function chartsOf(folder: string, version: string): Promise<{ readonly chart: CompiledChart; readonly cluster: CompiledChart }> {
  const { chart, cluster, diagnostics } = await compileAddon(folder, version)
  if (chart === undefined || cluster === undefined) throw new Error(JSON.stringify(diagnostics))
  return { chart, cluster }
}

function render(major: 3 | 4, folder: string, values: object = {}): readonly unknown[] {
  return renderedObjects(runHelm(major, ['template', 'my-cluster', folder, '--namespace', 'ns', '--values', '-'], JSON.stringify(values)))
}

/** What the release's API, and the rules beside the definitions, find wrong with a cluster. */
async function problemsOf(version: string, objects: readonly unknown[], definitions: readonly unknown[]): Promise<readonly unknown[]> {
  const api = await loadApi(version, { read: readModel })
  const own = objects.filter((object) => api.covers(String(at(object, 'apiVersion'))))
  return [...own.flatMap((object) => api.check(object, { rules })), ...applyRules(objectRules, operatorRelease(version), objects, definitions)]
}

function clusterIn(objects: readonly unknown[]): unknown {
  const clusters = objects.filter((object) => at(object, 'kind') === 'Cluster')
  expect(clusters).toHaveLength(1)
  return clusters[0]
}

describe.each(ADDONS)('the cluster chart of %s', (_, folder) => {
  describe.each(TESTED_HELMS)('rendered by Helm %i', (major) => {
    test.each(RELEASES)('is a cluster that KubeBlocks %s takes', async (version) => {
      const { chart, cluster } = await chartsOf(folder, version)
      const definitions = render(major, chartOnDisk(chart))
      const objects = render(major, chartOnDisk(cluster))
      expect(at(clusterIn(objects), 'metadata', 'name')).toBe('my-cluster')
      expect(await problemsOf(version, objects, definitions)).toEqual([])
    })
  })
})

/** What users choose among, as far as a chart offers it. */
function choicesOf(chart: CompiledChart): Choices {
  const schema = JSON.parse(Buffer.from(chart.tree.get('values.schema.json')?.bytes ?? '').toString())
  const enums = ['version', 'topology', 'terminationPolicy', 'exposure', 'cloudProvider', 'tlsIssuer'].flatMap((name) => {
    const values: unknown = at(schema, 'properties', name, 'enum')
    return Array.isArray(values) ? [[name, values] as const] : []
  })
  const offersTls = at(schema, 'properties', 'tls') !== undefined
  return Object.fromEntries([
    ...enums,
    ...(offersTls ? [['tls', [true, false]] as const] : []),
    ['podAntiAffinity', ['Preferred', 'Required']],
    ['tenancy', ['SharedNode', 'DedicatedNode']],
    ['topologyKeys', [[], ['topology.kubernetes.io/zone'], ['kubernetes.io/hostname', 'topology.kubernetes.io/zone']]],
    ['tolerations', [[], [{ key: 'dedicated', operator: 'Equal', value: 'db', effect: 'NoSchedule' }]]],
    ['nodeLabels', [{}, { disk: 'ssd' }]],
    ['storageClassName', ['', 'fast']],
  ])
}

describe.each(ADDONS.filter(([name]) => ['qdrant', 'everything', 'shards'].includes(name)))('values of the cluster chart of %s', (_, folder) => {
  test.each(RELEASES)('in every combination of two are taken by KubeBlocks %s', async (version) => {
    const [major = 4] = TESTED_HELMS.toReversed()
    const { chart, cluster } = await chartsOf(folder, version)
    const definitions = render(major, chartOnDisk(chart))
    const path = chartOnDisk(cluster)
    for (const row of pairwise(choicesOf(cluster))) {
      const withSecret = row.tlsIssuer === 'UserProvided' ? { ...row, tlsSecretName: 'certificates' } : row
      const objects = render(major, path, withSecret)
      expect({ row, problems: await problemsOf(version, objects, definitions) }).toEqual({ row, problems: [] })
      expect(at(clusterIn(objects), 'spec', 'terminationPolicy')).toBe(row.terminationPolicy)
      const services = [at(clusterIn(objects), 'spec'), ...listAt(clusterIn(objects), 'spec', 'componentSpecs')].flatMap((owner) =>
        listAt(owner, 'services'),
      )
      if (row.exposure !== undefined) expect(services.map((service) => at(service, 'name'))).toEqual(row.exposure === 'none' ? [] : [row.exposure])
    }
  })
})

describe.each(TESTED_HELMS)('Helm %i refuses', (major) => {
  const refusals: readonly (readonly [what: string, release: string, values: object, message: RegExp])[] = [
    ['a name that is too long', 'a-name-of-seventeen', {}, /at most 16 characters/],
    ['a name that begins with a digit', '1a', {}, /begins with a letter/],
    ['a misspelt value', 'a', { replica: 3 }, /replica/],
    ['a version that there is not', 'a', { version: '0.0.1' }, /version/],
    ['a null for a default', 'a', { replicas: null }, /replicas/],
    ['an amount that is no quantity', 'a', { memory: '1 Gi' }, /memory/],
    ['CPU in bytes', 'a', { cpu: '2Gi' }, /cpu/],
    ['certificates of your own that KubeBlocks would issue', 'a', { tls: true, tlsSecretName: 'mine' }, /for tlsIssuer UserProvided/],
    ['certificates of your own without a Secret', 'a', { tls: true, tlsIssuer: 'UserProvided' }, /needs tlsSecretName/],
  ]
  test.each(refusals)('%s', async (_, release, values, message) => {
    const { cluster } = await chartsOf(ADDONS[0]?.[1] ?? '', '1.1')
    expect(() => runHelm(major, ['template', release, chartOnDisk(cluster), '--values', '-'], JSON.stringify(values))).toThrow(message)
  })
})

describe.each(ADDONS)('kbcli cluster create %s', (name, folder) => {
  const releases = RELEASES.filter((version) => kbcliRelease(version) !== undefined)
  const [helm = 4] = TESTED_HELMS.toReversed()

  test.skipIf(TESTED_HELMS.length === 0).each(releases)('of KubeBlocks %s makes the cluster that Helm makes', async (version) => {
    const { cluster } = await chartsOf(folder, version)
    const path = chartOnDisk(cluster)
    expect(clusterType(cluster.name)).toMatch(/^[a-zA-Z0-9-]{1,16}$/)
    const { refused, objects } = kbcliCreate({ chart: path, release: version, name: 'my-cluster', namespace: 'ns', helm })
    expect(refused).toEqual([])
    // Hooks are not created, so the test is not there.
    expect(objects.map((object) => at(object, 'kind'))).toEqual(['Cluster'])
    expect(clusterIn(objects)).toEqual(clusterIn(render(helm, path)))
  })

  test.skipIf(TESTED_HELMS.length === 0).each(releases)(
    'of KubeBlocks %s has a flag for each value, and what it is given reaches the cluster',
    async (version) => {
      const { cluster } = await chartsOf(folder, version)
      const path = chartOnDisk(cluster)
      const release = kbcliRelease(version)
      const schemas = schemasIn({ paths: [...cluster.tree.keys()], read: (file) => Buffer.from(cluster.tree.get(file)?.bytes ?? '').toString() })
      if (release === undefined || schemas === undefined) throw new Error(`${name} has no schema`)
      const { flags, problems } = flagsOf(schemas, release)
      expect(problems).toEqual([])
      expect(flags.filter(({ isRequired }) => isRequired)).toEqual([])
      const chosen = flags.map((flag) => flag.name)
      expect(chosen).toEqual(expect.arrayContaining(['version', 'replicas', 'cpu', 'memory', 'termination-policy']))
      const given = { replicas: 3, cpu: 2, memory: 1.5, 'termination-policy': 'WipeOut' }
      const { refused, objects } = kbcliCreate({ chart: path, release: version, flags: given, name: 'my-cluster', namespace: 'ns', helm })
      expect(refused).toEqual([])
      const { replicas, cpu, memory } = given
      expect(clusterIn(objects)).toEqual(clusterIn(render(helm, path, { replicas, cpu, memory, terminationPolicy: 'WipeOut' })))
      expect(JSON.stringify(clusterIn(objects))).toContain('"memory":"1.5Gi"')
    },
  )
})
