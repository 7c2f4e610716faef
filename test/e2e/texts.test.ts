import { describe, expect, test } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { loadApi, loadRules } from '../../src/apimodel/index.ts'
import { at } from '../../src/objects/index.ts'
import { readModel } from '../support/api-model.ts'
import { ADDONS, compileAddon } from '../support/compile-addon.ts'
import { chartOnDisk } from '../support/compile-qdrant.ts'
import { renderedObjects, runHelm } from '../support/helm.ts'

const rules = await loadRules()

/** Clusters that the README of a chart creates. */
function examples(readme: string): readonly unknown[] {
  return [...readme.matchAll(/kubectl apply -f - <<'EOF'\n([\s\S]*?)\nEOF/g)].flatMap(([, yaml]) =>
    parseAllDocuments(yaml ?? '').map((document) => document.toJS() as unknown),
  )
}

function names(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map((item: unknown) => String(at(item, 'name'))) : []
}

describe.each(ADDONS)('clusters that the README of %s creates', (_, folder) => {
  test.each(['0.9', '1.0', '1.1', '1.2-alpha'])('are what KubeBlocks %s takes, of a topology that is there', async (version) => {
    const { chart } = await compileAddon(folder, version)
    if (chart === undefined) throw new Error('there is no chart')
    const api = await loadApi(version, { read: readModel })
    const [definition] = renderedObjects(runHelm(4, ['template', 'r', chartOnDisk(chart)])).filter(
      (object) => at(object, 'kind') === 'ClusterDefinition',
    )
    const topologies = at(definition, 'spec', 'topologies') as readonly unknown[]
    const clusters = examples(new TextDecoder().decode(chart.tree.get('README.md')?.bytes))
    expect(clusters).not.toEqual([])
    for (const cluster of clusters) {
      expect(api.check(cluster, { rules })).toEqual([])
      const topology = topologies.find((one) => at(one, 'name') === at(cluster, 'spec', 'topology'))
      expect(at(topology, 'default')).toBe(true)
      expect(names(at(cluster, 'spec', 'componentSpecs'))).toEqual(names(at(topology, 'components')))
      expect(names(at(cluster, 'spec', 'shardings'))).toEqual(names(at(topology, 'shardings')))
    }
  })
})
