import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createFixture } from 'fs-fixture'
import { beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { chartOnDisk, compileQdrant } from '../support/compile-qdrant.ts'
import { renderedObjects, runHelm, TESTED_HELMS } from '../support/helm.ts'
import { ROOT } from '../support/workspace.ts'

/** A rendered object, of which the tests know what they ask for. */
// biome-ignore lint/suspicious/noExplicitAny: the tests read rendered YAML of every kind
type Rendered = any

const ADDON = join(ROOT, 'addons/qdrant')
const chart = await compileQdrant()
const fileOf = (path: string) => Buffer.from(chart.tree.get(path)?.bytes ?? []).toString('utf8')

/** What KubeBlocks makes of a script or config that is no template: the escapes are undone. */
const renderedByOperator = (text: string) => text.replaceAll('{{"{{"}}', '{{')

describe.each(TESTED_HELMS)('the seed, fact by fact, with Helm %i', (major) => {
  let objects: readonly Rendered[] = []
  beforeAll(async () => {
    const folder = await createFixture(Object.fromEntries([...chart.tree].map(([path, { bytes }]) => [path, Buffer.from(bytes)])))
    try {
      objects = renderedObjects(runHelm(major, ['template', 'r', folder.path, '--namespace', 'kb-system']))
    } finally {
      await folder.rm()
    }
  })
  const find = (kind: string, name: string): Rendered => objects.find((object: Rendered) => object.kind === kind && object.metadata.name === name)
  const definition = () => find('ClusterDefinition', 'qdrant')
  const component = () => definition().spec.componentDefs[0]
  const container = () => component().podSpec.containers[0]

  test('ClusterDefinition: type, labels, credential', () => {
    expect(definition()).toMatchObject({
      apiVersion: 'apps.kubeblocks.io/v1alpha1',
      metadata: { labels: { 'app.kubernetes.io/name': 'qdrant', 'helm.sh/chart': 'qdrant-0.1.0' } },
      spec: {
        type: 'qdrant',
        connectionCredential: {
          username: 'root',
          password: '$(RANDOM_PASSWD)',
          endpoint: '$(SVC_FQDN):$(SVC_PORT_tcp-qdrant)',
          host: '$(SVC_FQDN)',
          port: '$(SVC_PORT_tcp-qdrant)',
        },
      },
    })
    expect(definition().spec.componentDefs).toHaveLength(1)
  })

  test('component: workload, character, monitor, scripts, configs, service, volumes', () => {
    expect(component()).toMatchObject({
      name: 'qdrant',
      workloadType: 'Stateful',
      characterType: 'qdrant',
      monitor: { builtIn: false, exporterConfig: { scrapePath: '/metrics', scrapePort: 6333 } },
      scriptSpecs: [{ name: 'qdrant-scripts', templateRef: 'qdrant-scripts', namespace: 'kb-system', volumeName: 'scripts', defaultMode: 0o555 }],
      configSpecs: [{ name: 'qdrant-config-template', templateRef: 'qdrant-config-template', namespace: 'kb-system', volumeName: 'qdrant-config' }],
      volumeTypes: [{ name: 'data', type: 'data' }],
    })
    expect(component().service.ports).toEqual([
      { name: 'tcp-qdrant', port: 6333, targetPort: 'tcp-qdrant' },
      { name: 'grpc-qdrant', port: 6334, targetPort: 'grpc-qdrant' },
    ])
  })

  test('pod: dnsPolicy and enableServiceLinks stand where Kubernetes reads them', () => {
    const { podSpec } = component()
    expect(podSpec).toMatchObject({ securityContext: { fsGroup: 1001 }, dnsPolicy: 'ClusterFirst', enableServiceLinks: true })
    expect(container()).not.toHaveProperty('dnsPolicy')
    expect(container()).not.toHaveProperty('enableServiceLinks')
    expect(podSpec.volumes).toEqual([
      {
        name: 'annotations',
        downwardAPI: {
          items: [{ path: 'component-replicas', fieldRef: { fieldPath: "metadata.annotations['apps.kubeblocks.io/component-replicas']" } }],
        },
      },
      { name: 'tools', emptyDir: {} },
    ])
  })

  test('init container: copies the tools', () => {
    const [init] = component().podSpec.initContainers
    expect(init).toMatchObject({
      name: 'qdrant-tools',
      imagePullPolicy: 'IfNotPresent',
      terminationMessagePath: '/dev/termination-log',
      terminationMessagePolicy: 'File',
      volumeMounts: [{ name: 'tools', mountPath: '/qdrant/tools' }],
    })
    expect(init.command).toEqual(['/bin/sh', '-c', 'cp /bin/jq /qdrant/tools/jq\ncp /bin/curl /qdrant/tools/curl\n'])
  })

  test('container: user, command, environment, ports, mounts', () => {
    expect(container()).toMatchObject({
      name: 'qdrant',
      imagePullPolicy: 'IfNotPresent',
      securityContext: { runAsUser: 0 },
      command: ['/bin/sh', '-c'],
    })
    // exec, so that the shell does not keep the stop signal to itself; the seed calls the script without it.
    expect(container().args).toEqual(['exec /qdrant/scripts/setup.sh'])
    expect(container().env).toContainEqual({ name: 'QDRANT__TELEMETRY_DISABLED', value: 'true' })
    expect(container().ports).toEqual([
      { name: 'tcp-qdrant', containerPort: 6333 },
      { name: 'grpc-qdrant', containerPort: 6334 },
      { name: 'tcp-metrics', containerPort: 9091 },
      { name: 'p2p', containerPort: 6335 },
    ])
    const mounts = Object.fromEntries(container().volumeMounts.map((mount: Rendered) => [mount.name, mount.mountPath]))
    expect(mounts).toEqual({
      'qdrant-config': '/qdrant/config/',
      data: '/qdrant/storage',
      scripts: '/qdrant/scripts',
      annotations: '/etc/annotations',
      tools: '/qdrant/tools',
    })
  })

  test('probes and the preStop hook', () => {
    const http = { path: '/', port: 'tcp-qdrant', scheme: 'HTTP' }
    expect(container().livenessProbe).toEqual({ httpGet: http, failureThreshold: 3, periodSeconds: 15, successThreshold: 1, timeoutSeconds: 10 })
    expect(container().startupProbe).toEqual({ httpGet: http, failureThreshold: 18, periodSeconds: 10, successThreshold: 1, timeoutSeconds: 3 })
    const { exec, ...readiness } = container().readinessProbe
    expect(readiness).toEqual({ failureThreshold: 2, initialDelaySeconds: 5, periodSeconds: 15, successThreshold: 1, timeoutSeconds: 3 })
    expect(exec.command).toEqual(['/qdrant/scripts/ready.sh'])
    const ready = find('ConfigMap', 'qdrant-scripts').data['ready.sh']
    expect(ready).toContain('/cluster')
    expect(ready).toContain('consensus_thread_status.consensus_thread_status')
    expect(container().lifecycle).toEqual({ preStop: { exec: { command: ['/qdrant/scripts/pre-stop.sh'] } } })
  })

  test('one ClusterVersion for each engine version, one of them the default, images pinned', () => {
    const versions = objects.filter((object: Rendered) => object.kind === 'ClusterVersion')
    expect(versions.map((version: Rendered) => version.metadata.name)).toEqual(['qdrant-1.18.3', 'qdrant-1.17.1', 'qdrant-1.16.3'])
    const defaults = versions.filter((version: Rendered) => version.metadata.annotations?.['kubeblocks.io/is-default-cluster-version'] === 'true')
    expect(defaults.map((version: Rendered) => version.metadata.name)).toEqual(['qdrant-1.18.3'])
    for (const { metadata, spec } of versions) {
      const tag = metadata.name.replace('qdrant-', 'v')
      expect(spec).toEqual({
        clusterDefinitionRef: 'qdrant',
        componentVersions: [
          {
            componentDefRef: 'qdrant',
            versionsContext: {
              initContainers: [{ name: 'qdrant-tools', image: 'docker.io/apecloud/curl-jq:0.1.0' }],
              containers: [{ name: 'qdrant', image: `docker.io/qdrant/qdrant:${tag}` }],
            },
          },
        ],
      })
    }
  })

  test('scripts, configs and dashboards reach the container byte for byte', () => {
    const scripts = find('ConfigMap', 'qdrant-scripts').data
    const names = readdirSync(join(ADDON, 'scripts')).filter((name) => name.endsWith('.sh'))
    expect(Object.keys(scripts)).toEqual([...names, 'facts.sh', 'pre-stop.sh'].sort())
    for (const name of names) expect(renderedByOperator(scripts[name])).toBe(readFileSync(join(ADDON, 'scripts', name), 'utf8'))
    const { data } = find('ConfigMap', 'qdrant-config-template')
    expect(renderedByOperator(data['config.yaml'])).toBe(readFileSync(join(ADDON, 'config/config.yaml'), 'utf8'))
    const dashboard = find('ConfigMap', 'qdrant-grafana-overview')
    expect(dashboard.metadata.labels.grafana_dashboard).toBe('1')
    expect(dashboard.data['overview.json']).toBe(readFileSync(join(ADDON, 'dashboards/overview.json'), 'utf8'))
  })

  test('parameters: typed, with ranges, static since Qdrant reads them at start', () => {
    const { spec } = find('ConfigConstraint', 'qdrant-config-constraints')
    const parameters = Object.keys(parse(readFileSync(join(ADDON, 'config/parameters.yaml'), 'utf8')) as object)
    expect(spec.formatterConfig).toEqual({ format: 'yaml' })
    expect([...spec.staticParameters].sort()).toEqual([...parameters].sort())
    expect(spec).not.toHaveProperty('dynamicParameters')
    expect(spec.configurationSchema.cue).toContain(`#${spec.cfgSchemaTopLevelName}: {`)
    expect(spec.configurationSchema.cue).toContain('wal_capacity_mb?: int & >=1 & <=1024 | *32')
    expect(component().configSpecs[0]).toMatchObject({ constraintRef: 'qdrant-config-constraints', keys: ['config.yaml'] })
  })

  test('backup: a policy that the operator finds, and its tool', () => {
    expect(find('BackupPolicyTemplate', 'qdrant-backup-policy-template')).toMatchObject({
      metadata: {
        labels: { 'clusterdefinition.kubeblocks.io/name': 'qdrant' },
        annotations: { 'dataprotection.kubeblocks.io/is-default-policy-template': 'true' },
      },
      spec: {
        clusterDefinitionRef: 'qdrant',
        backupPolicies: [
          {
            componentDefRef: 'qdrant',
            retention: { ttl: '7d' },
            schedule: { datafile: { enable: false, cronExpression: '0 18 * * 0' } },
            datafile: {
              backupToolName: 'qdrant-snapshot',
              target: { connectionCredentialKey: { passwordKey: 'password', usernameKey: 'username' } },
            },
          },
        ],
      },
    })
    const { spec } = find('BackupTool', 'qdrant-snapshot')
    expect(spec).toMatchObject({ image: 'docker.io/apecloud/curl-jq:0.1.0', deployKind: 'job', logical: { podScope: 'All' } })
    for (const command of [spec.backupCommands, spec.physical.restoreCommands, spec.logical.restoreCommands])
      expect(command.slice(0, 2)).toEqual(['/bin/sh', '-c'])
  })

  test('NOTES, README, .helmignore, Chart.yaml', () => {
    for (const text of [fileOf('templates/NOTES.txt'), fileOf('README.md')]) {
      expect(text).toContain('helm install qdrant qdrant-cluster-0.1.0.tgz')
    }
    expect(fileOf('.helmignore')).toContain('.addonsmith.json')
    expect(parse(fileOf('Chart.yaml'))).toMatchObject({
      apiVersion: 'v2',
      name: 'qdrant',
      version: '0.1.0',
      appVersion: '1.18.3',
      annotations: {
        'addon.kubeblocks.io/kubeblocks-version': '>=0.6.0, <0.7.0',
        'addon.kubeblocks.io/model': 'vector',
        'addonsmith.dev/kubeblocks': '0.6',
      },
    })
  })
})

test.runIf(TESTED_HELMS.length === 2)('Helm 3 and Helm 4 render the same objects', () => {
  const folder = chartOnDisk(chart)
  const [three, four] = TESTED_HELMS.map((major) => renderedObjects(runHelm(major, ['template', 'r', folder])))
  expect(three).toEqual(four)
})
