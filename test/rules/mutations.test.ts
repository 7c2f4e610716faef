import { expect, test } from 'vitest'
import { objectRules } from '../../src/check/rules/index.ts'
import { applyRules, operatorRelease } from '../../src/operator/index.ts'
import { ADDONS, compileAddon } from '../support/compile-addon.ts'
import { chartOnDisk } from '../support/compile-qdrant.ts'
import { renderedObjects, runHelm, TESTED_HELMS } from '../support/helm.ts'
import { clusters } from './mutations/clusters.ts'
import { kbcli } from './mutations/kbcli.ts'
import { manifests } from './mutations/manifests.ts'
import type { Rendered } from './mutations/mutation.ts'
import { oldReferences } from './mutations/old-references.ts'
import { operatorActions } from './mutations/operator-actions.ts'
import { operatorDefinitions } from './mutations/operator-definitions.ts'
import { operatorOthers } from './mutations/operator-others.ts'
import { operatorSupply } from './mutations/operator-supply.ts'
import { operatorTemplates } from './mutations/operator-templates.ts'
import { references } from './mutations/references.ts'
import { scripts } from './mutations/scripts.ts'

const MUTATIONS = [
  ...kbcli,
  ...clusters,
  ...manifests,
  ...oldReferences,
  ...operatorActions,
  ...operatorDefinitions,
  ...operatorOthers,
  ...operatorSupply,
  ...operatorTemplates,
  ...references,
  ...scripts,
]

/** Rules that no chart of ours can break, and why. */
const NO_ADDON = 'an Addon is no part of a chart; test/unit/targets/addon-object.test.ts changes those that are made for ours'
const CANNOT: Readonly<Record<string, string>> = {
  'addon-object/label': NO_ADDON,
  'addon-object/location': NO_ADDON,
  'addon-object/name': NO_ADDON,
  'addon-object/range': NO_ADDON,
  'addon-object/version': NO_ADDON,
}

const [helm] = TESTED_HELMS
const rendered = new Map<string, string>()

/** The objects that an addon renders for a release, fresh ones each time. */
async function objectsOf(addon: string, kubeblocks: string): Promise<Rendered[]> {
  const key = `${addon} ${kubeblocks}`
  if (!rendered.has(key) && helm !== undefined) {
    const folder = ADDONS.find(([name]) => name === addon)?.[1] ?? ''
    const { chart } = await compileAddon(folder, kubeblocks)
    if (chart === undefined) throw new Error(`${key}: there is no chart`)
    rendered.set(key, runHelm(helm, ['template', 'r', chartOnDisk(chart), '--namespace', 'kb-system']))
  }
  return [...renderedObjects(rendered.get(key) ?? '')]
}

test.skipIf(helm === undefined).each(MUTATIONS)('$code sees, in $kubeblocks: $says', async ({ code, addon = 'qdrant', kubeblocks, says, change }) => {
  const objects = await objectsOf(addon, kubeblocks)
  const find = (kind: string, name?: string) =>
    objects.find((object) => object.kind === kind && (name === undefined || object.metadata.name === name))
  change(objects, find)
  const found = applyRules(objectRules, operatorRelease(kubeblocks), objects).filter(({ rule }) => rule.code === code)
  expect(found.map(({ message }) => message).join('\n')).toContain(says)
})

test('every rule about objects was seen to find something in a chart of ours', () => {
  const seen = new Set([...MUTATIONS.map(({ code }) => code), ...Object.keys(CANNOT)])
  expect([...seen].sort()).toEqual(objectRules.map(({ code }) => code))
})

test('rules look at nothing but what is there: odd objects give no exception', () => {
  const odd = [
    'Cluster',
    'Addon',
    'ClusterDefinition',
    'ClusterVersion',
    'ComponentDefinition',
    'ParamConfigRenderer',
    'ShardingDefinition',
    'SidecarDefinition',
    'ComponentVersion',
    'Backup',
    'BackupPolicyTemplate',
    'BackupTool',
    'Cluster',
    'OpsRequest',
    'Restore',
    'ConfigMap',
    'ActionSet',
    'ConfigConstraint',
    'OpsDefinition',
    'ParamConfigRenderer',
    'ParametersDefinition',
    'ServiceDescriptor',
    'ShardingDefinition',
    'SidecarDefinition',
  ].flatMap((kind) =>
    [
      null,
      1,
      'text',
      [],
      {},
      { componentDefs: 1 },
      { componentDefs: [null, 1, { podSpec: [] }] },
      { runtime: 1 },
      { componentVersions: {} },
      { componentSpecs: [null, 1, { componentDef: 1 }], shardings: {}, topologies: [null], type: 'Restart', restart: [null, 1, {}] },
    ].map((spec, i) => ({ apiVersion: 'v1', kind, metadata: { name: `${kind}-${i}` }, spec, data: spec })),
  )
  for (const version of ['0.6', '0.8', '0.9', '1.0', '1.2']) expect(() => applyRules(objectRules, operatorRelease(version), odd, odd)).not.toThrow()
})
