import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { addonFiles } from '../../src/cli/addon-objects.ts'
import { textAt } from '../../src/objects/index.ts'
import { ADDONS, RELEASES } from '../support/compile-addon.ts'
import { runHelm, TESTED_HELMS } from '../support/helm.ts'
import { type ClusterApi, openApi } from './api.ts'
import { chartsOf, writeChart } from './charts.ts'
import { HAS_CRDS, type InstalledCrds, installCrds } from './crds.ts'
import { documentsOf, nameOf, type Printed } from './documents.ts'

const NAMESPACE = 'addonsmith-dry-run'
const [helm = 4] = TESTED_HELMS.toReversed()

/** Sends an object as a strict dry run; returns what the server has against it, its warnings too. */
async function refusals(api: ClusterApi, { text, object }: Printed): Promise<readonly string[]> {
  const { list } = await api.pathOf(object, NAMESPACE)
  const { status, body, warnings } = await api.request('POST', `${list}?dryRun=All&fieldValidation=Strict`, { type: 'application/yaml', text })
  const said = [...(status === 201 ? [] : [`${status}: ${textAt(body, 'message') ?? ''}`]), ...warnings]
  return said.map((one) => `${nameOf(object)}: ${one}`)
}

/** All that an addon brings: the objects of both charts, the examples of clusters, and its Addon objects. */
async function printedBy(folder: string, release: string, parent: string): Promise<Readonly<Record<string, readonly Printed[]>>> {
  const { addon, cluster } = await chartsOf(folder, release)
  const rendered = (name: string, path: string) => documentsOf(runHelm(helm, ['template', name, path, '--namespace', NAMESPACE]))
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

describe.skipIf(inject('kubeconfig') === '' || !HAS_CRDS || TESTED_HELMS.length === 0).each(RELEASES)(
  'an API server with KubeBlocks %s',
  (release) => {
    const counts: Record<string, number> = {}
    let api: ClusterApi
    let crds: InstalledCrds | undefined
    let folder: string

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'addonsmith-charts-'))
      api = openApi(inject('kubeconfig'))
      crds = await installCrds(api, release)
      const namespace = JSON.stringify({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } })
      await api.request('POST', '/api/v1/namespaces', { type: 'application/json', text: namespace })
    })

    afterAll(async () => {
      await crds?.remove()
      api.close()
      rmSync(folder, { recursive: true, force: true })
      const said = Object.entries(counts).map(([what, count]) => `${count} of ${what}`)
      console.log(`KubeBlocks ${release}: strict dry runs of objects: ${said.join(', ')}`)
    })

    test.each(ADDONS)('takes every object of %s', async (_, source) => {
      const found: string[] = []
      for (const [what, documents] of Object.entries(await printedBy(source, release, folder))) {
        counts[what] = (counts[what] ?? 0) + documents.length
        if (what !== 'examples') expect(documents, what).not.toEqual([])
        for (const printed of documents) found.push(...(await refusals(api, printed)).map((said) => `${what}: ${said}`))
      }
      expect(found).toEqual([])
    })

    test('refuses what is wrong, so that the silence above says something', async () => {
      const text = 'apiVersion: extensions.kubeblocks.io/v1alpha1\nkind: Addon\nmetadata: {name: wrong}\nspec: {type: Helm, tpye: Helm, type: Helm}\n'
      const [said = ''] = await refusals(api, { text, object: { apiVersion: 'extensions.kubeblocks.io/v1alpha1', kind: 'Addon' } })
      expect(said).toContain('unknown field "spec.tpye"')
      expect(said).toContain('key "type" already set')
    })
  },
)
