import { describe, expect, test } from 'vitest'
import { objectRules } from '../../src/check/rules/index.ts'
import { textAt } from '../../src/objects/index.ts'
import { applyRules, operatorRelease } from '../../src/operator/index.ts'
import { configMap, object } from '../support/definitions.ts'

/** An object that names another, and what of the other charts of a run, or of declared externals, answers it. */
interface Case {
  readonly code: string
  readonly kubeblocks: string
  readonly names: unknown
  readonly others: readonly unknown[]
}

const component = { name: 'x', podSpec: { containers: [{ name: 'x', image: 'x:1' }] } }
const version = object('ClusterVersion', 'v', { clusterDefinitionRef: 'd', componentVersions: [{ componentDefRef: 'x' }] })
const external = (kind: string, name: string) => ({ kind, metadata: { name } })

const CASES: readonly Case[] = [
  {
    code: 'backup/action-set',
    kubeblocks: '1.0',
    names: object('BackupPolicyTemplate', 'b', { backupMethods: [{ name: 'm', actionSetName: 'a' }] }),
    others: [object('ActionSet', 'a')],
  },
  {
    code: 'backup/tool',
    kubeblocks: '0.6',
    names: object('BackupPolicyTemplate', 'b', { backupPolicies: [{ datafile: { backupToolName: 't' } }] }),
    others: [external('BackupTool', 't')],
  },
  {
    code: 'parameters/definition',
    kubeblocks: '1.0',
    names: object('ParamConfigRenderer', 'r', { parametersDefs: ['p'] }),
    others: [object('ParametersDefinition', 'p')],
  },
  {
    code: 'template/config-map',
    kubeblocks: '1.0',
    names: object('ComponentDefinition', 'c', { configs: [{ name: 't', template: 'map', namespace: 'kb-system' }] }),
    others: [configMap('map', { a: 'b' })],
  },
  {
    code: 'template/config-map',
    kubeblocks: '1.0',
    names: object('ComponentDefinition', 'c', { configs: [{ name: 't', template: 'map', namespace: 'kb-system' }] }),
    others: [external('ConfigMap', 'map')],
  },
  {
    code: 'template/constraint',
    kubeblocks: '0.9',
    names: object('ComponentDefinition', 'c', { configs: [{ name: 't', constraintRef: 'k' }] }),
    others: [object('ConfigConstraint', 'k')],
  },
  {
    code: 'version/cluster-version',
    kubeblocks: '0.6',
    names: version,
    others: [object('ClusterDefinition', 'd', { componentDefs: [component] })],
  },
  { code: 'version/cluster-version', kubeblocks: '0.6', names: version, others: [external('ClusterDefinition', 'd')] },
  {
    code: 'cluster/elsewhere',
    kubeblocks: '0.6',
    names: object('Cluster', 'c', { clusterDefinitionRef: 'd', clusterVersionRef: 'v' }),
    others: [external('ClusterDefinition', 'd'), version],
  },
  {
    code: 'cluster/elsewhere',
    kubeblocks: '1.0',
    names: object('Cluster', 'c', { componentSpecs: [{ name: 'x', componentDef: 'engine' }] }),
    others: [external('ComponentDefinition', 'engine-1')],
  },
]

/** What is right of the Clusters and definitions of another chart. */
const BESIDE: readonly Case[] = [
  {
    code: 'cluster/service-version',
    kubeblocks: '1.0',
    names: object('Cluster', 'c', { componentSpecs: [{ name: 'x', componentDef: 'engine', serviceVersion: '2.0.0' }] }),
    others: [object('ComponentDefinition', 'engine-1', { serviceVersion: '1.0.0' })],
  },
  {
    code: 'cluster/topology',
    kubeblocks: '0.9',
    names: object('Cluster', 'c', { clusterDefinitionRef: 'd', topology: 'double' }),
    others: [object('ClusterDefinition', 'd', { topologies: [{ name: 'single' }] })],
  },
  {
    code: 'operation/component',
    kubeblocks: '0.6',
    names: object('OpsRequest', 'o', { clusterRef: 'c', type: 'Restart', restart: [{ componentName: 'y' }] }),
    others: [object('Cluster', 'c', { componentSpecs: [{ name: 'x', componentDefRef: 'x' }] })],
  },
]

const said = ({ code, kubeblocks, names }: Case, others: readonly unknown[]) =>
  applyRules(
    objectRules.filter((rule) => rule.code === code),
    operatorRelease(kubeblocks),
    [names],
    others,
  )

describe.each(CASES)('$code', (one) => {
  test('says what is missing', () => expect(said(one, [])).toHaveLength(1))
  test('says nothing when another chart brings it', () => expect(said(one, one.others)).toEqual([]))
})

describe.each(BESIDE)('$code', (one) => {
  test('is said of what stands in another chart', () => expect(said(one, one.others)).toHaveLength(1))
  test('is not said of what is nowhere, or only declared to be there', () => {
    const declared = one.others.map((other) => external(textAt(other, 'kind') ?? '', textAt(other, 'metadata', 'name') ?? ''))
    for (const others of [[], declared]) expect(said(one, others)).toEqual([])
  })
})

test('a ClusterVersion for the ClusterDefinition of another chart gives its containers images', () => {
  const others = [object('ClusterDefinition', 'd', { componentDefs: [{ name: 'x', podSpec: { containers: [{ name: 'x' }] } }] })]
  const one = { code: 'reference/image', kubeblocks: '0.6', names: version, others }
  expect(said(one, others)).toMatchObject([{ message: 'The container "x" of the component "x" gets no image.' }])
  expect(said(one, [external('ClusterDefinition', 'd')])).toEqual([])
})
