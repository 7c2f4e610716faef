import { describe, expect, test } from 'vitest'
import { checkManifests } from '../../src/check/index.ts'
import { rules } from '../../src/check/rules/index.ts'
import { createSink, type Diagnostic } from '../../src/diagnostics/index.ts'
import { chartOnDisk, compileQdrant } from '../support/compile-qdrant.ts'
import { renderedObjects, runHelm, TESTED_HELMS } from '../support/helm.ts'

// biome-ignore lint/suspicious/noExplicitAny: mutations change rendered objects of every kind
type Rendered = any

/** A change of the rendered Qdrant chart that one rule must see, and a word of what it says. */
interface Mutation {
  readonly code: string
  readonly says: string
  readonly change: (objects: Rendered[], find: (kind: string, name?: string) => Rendered) => void
}

const component = (find: (kind: string) => Rendered) => find('ClusterDefinition').spec.componentDefs[0]

const MUTATIONS: readonly Mutation[] = [
  {
    code: 'image/mutable-tag',
    says: 'qdrant:latest',
    change: (_, find) => {
      find('ClusterVersion').spec.componentVersions[0].versionsContext.containers[0].image = 'docker.io/qdrant/qdrant:latest'
    },
  },
  {
    code: 'image/mutable-tag',
    says: 'without a tag',
    change: (_, find) => {
      find('BackupTool').spec.image = 'registry.example:5000/tools'
    },
  },
  { code: 'manifest/duplicate-object', says: 'rendered 2 times', change: (objects, find) => void objects.push(structuredClone(find('BackupTool'))) },
  { code: 'manifest/no-namespace', says: 'qdrant-scripts', change: (_, find) => void delete component(find).scriptSpecs[0].namespace },
  {
    code: 'reference/backup-tool',
    says: 'qdrant-snapshop',
    change: (_, find) => {
      find('BackupPolicyTemplate').spec.backupPolicies[0].datafile.backupToolName = 'qdrant-snapshop'
    },
  },
  {
    code: 'reference/cluster-definition',
    says: 'qdrnt',
    change: (_, find) => {
      find('ClusterVersion').spec.clusterDefinitionRef = 'qdrnt'
    },
  },
  {
    code: 'reference/component',
    says: 'qdrand',
    change: (_, find) => {
      find('BackupPolicyTemplate').spec.backupPolicies[0].componentDefRef = 'qdrand'
    },
  },
  {
    code: 'reference/config-constraint',
    says: 'nowhere',
    change: (_, find) => {
      component(find).configSpecs[0].constraintRef = 'nowhere'
    },
  },
  {
    code: 'reference/config-map',
    says: 'qdrant-script',
    change: (_, find) => {
      component(find).scriptSpecs[0].templateRef = 'qdrant-script'
    },
  },
  {
    code: 'reference/credential-port',
    says: '$(SVC_PORT_tcp-monogdb)',
    change: (_, find) => {
      find('ClusterDefinition').spec.connectionCredential.endpoint = '$(SVC_FQDN):$(SVC_PORT_tcp-monogdb)'
    },
  },
  {
    code: 'reference/image',
    says: '"qdrant" no image',
    change: (_, find) => void delete find('ClusterVersion').spec.componentVersions[0].versionsContext.containers,
  },
  {
    code: 'reference/script',
    says: '/qdrant/scripts/pre-stop.sh',
    change: (_, find) => void delete find('ConfigMap', 'qdrant-scripts').data['pre-stop.sh'],
  },
  {
    code: 'reference/service-port',
    says: 'redis-twemproxy',
    change: (_, find) => {
      component(find).service.ports[0].targetPort = 'redis-twemproxy'
    },
  },
  {
    code: 'reference/volume',
    says: 'qdrant-config',
    change: (_, find) => {
      const [container] = component(find).podSpec.containers
      container.volumeMounts = container.volumeMounts.filter(({ name }: Rendered) => name !== 'qdrant-config')
    },
  },
]

/** What the rules say about rendered objects. */
function findings(objects: readonly Rendered[]): readonly Diagnostic[] {
  const sink = createSink()
  const manifests = objects.map((value: Rendered) => ({
    apiVersion: value.apiVersion,
    kind: value.kind,
    name: value.metadata.name,
    namespace: value.metadata.namespace,
    value,
    template: 'templates/x.yaml',
    placeOf: (target?: string | readonly (string | number)[]) => ({
      file: [value.kind, value.metadata.name, target ?? ''].flat().join('/'),
      line: 1,
      column: 1,
    }),
  }))
  checkManifests(manifests, sink.report)
  return sink.all()
}

const [helm] = TESTED_HELMS
const chart = await compileQdrant()

describe.skipIf(helm === undefined)('rules, on mutations of the Qdrant chart', () => {
  const rendered = (): Rendered[] => (helm === undefined ? [] : renderedObjects(runHelm(helm, ['template', 'r', chartOnDisk(chart)])).slice())

  test('the chart itself has no finding', () => expect(findings(rendered())).toEqual([]))

  test.each(MUTATIONS)('$code sees: $says', ({ code, says, change }) => {
    const objects = rendered()
    change(objects, (kind, name) => objects.find((object) => object.kind === kind && (name === undefined || object.metadata.name === name)))
    const found = findings(objects)
    expect([...new Set(found.map((finding) => finding.code))]).toEqual([code])
    expect(found.map(({ message }) => message).join('\n')).toContain(says)
  })

  test('every rule has a mutation', () => {
    expect([...new Set(MUTATIONS.map(({ code }) => code))].sort()).toEqual(rules.map(({ code }) => code).sort())
  })
})

test('rules look at nothing but what is there: odd objects give no exception', () => {
  const odd = ['ClusterDefinition', 'ClusterVersion', 'BackupPolicyTemplate', 'BackupTool', 'ConfigMap'].flatMap((kind) =>
    [
      null,
      1,
      'text',
      [],
      {},
      { componentDefs: 1 },
      { componentDefs: [null, 1, { podSpec: [] }] },
      { componentVersions: {} },
      { backupPolicies: [1] },
    ].map((spec, i) => ({
      apiVersion: 'v1',
      kind,
      metadata: { name: `${kind}-${i}` },
      spec,
      data: spec,
    })),
  )
  expect(() => findings(odd)).not.toThrow()
})
