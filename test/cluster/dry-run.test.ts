import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addonFiles } from '../../src/cli/addon-objects.ts'
import { textAt } from '../../src/objects/index.ts'
import { ADDONS, RELEASES } from '../support/compile-addon.ts'
import { runHelm, TESTED_HELMS } from '../support/helm.ts'
import type { ClusterApi } from './api.ts'
import { chartsOf, writeChart } from './charts.ts'
import { CAN_TEST, type Cluster, openCluster } from './cluster.ts'
import { documentsOf, nameOf, type Printed } from './documents.ts'

/** Namespace for the objects of a release. */
const namespaceFor = (release: string) => `dry-run-${release.replaceAll('.', '-')}`
const [helm = 4] = TESTED_HELMS.toReversed()

/** Kinds of KubeBlocks that examples have and the shared CRDs do not. */
const WITHOUT_CRD: readonly string[] = ['Backup']

/** Sends an object as a strict dry run; returns what the server has against it, its warnings too. */
async function refusals(api: ClusterApi, namespace: string, { text, object }: Printed): Promise<readonly string[]> {
  const { list } = await api.pathOf(object, namespace)
  const { status, body, warnings } = await api.request('POST', `${list}?dryRun=All&fieldValidation=Strict`, { type: 'application/yaml', text })
  const said = [...(status === 201 ? [] : [`${status}: ${textAt(body, 'message') ?? ''}`]), ...warnings]
  return said.map((one) => `${nameOf(object)}: ${one}`)
}

/** All that an addon brings: the objects of both charts, the examples of clusters, and its Addon objects. */
async function printedBy(folder: string, release: string, parent: string): Promise<Readonly<Record<string, readonly Printed[]>>> {
  const { addon, cluster } = await chartsOf(folder, release)
  const rendered = (name: string, path: string) => documentsOf(runHelm(helm, ['template', name, path, '--namespace', namespaceFor(release)]))
  const examples = [...cluster.tree].filter(([path]) => /^examples\/.*\.yaml$/.test(path))
  const addons = ['https://charts.example.com', 'oci://registry.example.com/charts'].flatMap((repository) =>
    addonFiles([addon, cluster], repository, (finding) => {
      throw new Error(finding.message)
    }),
  )
  const asText = (bytes: Uint8Array) => documentsOf(Buffer.from(bytes).toString('utf8'))
  return {
    'addon chart': rendered('addon', writeChart(addon, parent)),
    'cluster chart': rendered('my-cluster', writeChart(cluster, parent)),
    examples: examples.flatMap(([, { bytes }]) => asText(bytes)),
    'Addon objects': addons.flatMap(({ bytes }) => asText(bytes)),
  }
}

describe.skipIf(!CAN_TEST).each(RELEASES)('an API server with KubeBlocks %s', (release) => {
  const counts: Record<string, number> = {}
  let cluster: Cluster
  let folder: string

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'addonsmith-charts-'))
    cluster = await openCluster(release)
    await cluster.addNamespace(namespaceFor(release))
  })

  afterAll(async () => {
    await cluster?.close()
    rmSync(folder, { recursive: true, force: true })
    const said = Object.entries(counts).map(([what, count]) => `${count} of ${what}`)
    console.log(`KubeBlocks ${release}: strict dry runs of objects: ${said.join(', ')}`)
  })

  test.each(ADDONS)('takes every object of %s', async (_, source) => {
    const found: string[] = []
    for (const [what, documents] of Object.entries(await printedBy(source, release, folder))) {
      const sent = documents.filter(({ object }) => !WITHOUT_CRD.includes(textAt(object, 'kind') ?? ''))
      counts[what] = (counts[what] ?? 0) + sent.length
      expect(sent, what).not.toEqual([])
      for (const printed of sent) found.push(...(await refusals(cluster.api, namespaceFor(release), printed)).map((said) => `${what}: ${said}`))
    }
    expect(found).toEqual([])
  })

  test('refuses what is wrong, so that the silence above says something', async () => {
    const text = 'apiVersion: extensions.kubeblocks.io/v1alpha1\nkind: Addon\nmetadata: {name: wrong}\nspec: {type: Helm, tpye: Helm, type: Helm}\n'
    const [said = ''] = await refusals(cluster.api, namespaceFor(release), {
      text,
      object: { apiVersion: 'extensions.kubeblocks.io/v1alpha1', kind: 'Addon' },
    })
    expect(said).toContain('unknown field "spec.tpye"')
    expect(said).toContain('key "type" already set')
  })
})
