import { describe, expect, test } from 'vitest'
import { compileFixture, FIXTURES } from '../../support/fixture-addon.ts'

const RELEASES = ['0.5', '0.6', '0.7', '0.8'] as const
type Old = (typeof RELEASES)[number]

/** A template of a fixture's chart, on one line with single blanks, so that a few fields can be looked for. */
function templateOf(fixture: string, release: Old, name: string): string {
  const { chart, diagnostics } = compileFixture(fixture, release)
  if (chart === undefined) throw new Error(JSON.stringify(diagnostics.filter(({ severity }) => severity === 'error')))
  return Buffer.from(chart.tree.get(name)?.bytes ?? [])
    .toString('utf8')
    .replace(/\s+/g, ' ')
}

const definition = (fixture: string, release: Old) => templateOf(fixture, release, 'templates/clusterdefinition.yaml')
const versions = (fixture: string, release: Old) => templateOf(fixture, release, 'templates/clusterversion.yaml')

/** Codes of what is reported at a path, such as `components.redis.tls`. */
function codesAt(fixture: string, release: Old, path: string): readonly string[] {
  const { diagnostics } = compileFixture(fixture, release)
  return diagnostics.flatMap(({ code, place }) => (place?.path?.join('.') === path ? [code] : []))
}

describe.each(RELEASES)('KubeBlocks %s', (release) => {
  test.each(FIXTURES)('takes %s; what is lost is said, and nothing stops it', (name) => {
    const { chart, diagnostics } = compileFixture(name, release)
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
    expect(chart).toBeDefined()
    for (const { code, message, place } of diagnostics) {
      expect(code).toMatch(/^target\//)
      expect(message).toMatch(/\.$/)
      expect(place?.line).toBeGreaterThan(0)
    }
  })

  test('says of every field it has no place for what comes of that', () => {
    const rich = 'components.rich.'
    expect(codesAt('everything', release, `${rich}tls`)).toEqual(['target/tls-lost'])
    expect(codesAt('everything', release, `${rich}containers.rich.env.TLS`)).toEqual([])
    expect(definition('everything', release)).not.toContain('name: TLS')
    expect(codesAt('everything', release, `${rich}hostNetwork`)).toEqual(['target/field-lost'])
    expect(codesAt('everything', release, `${rich}policyRules`)).toEqual(['target/field-lost'])
    expect(codesAt('everything', release, `${rich}annotations`)).toEqual(['target/field-lost'])
    expect(codesAt('everything', release, `${rich}replicas`)).toEqual(['target/field-lost'])
    expect(codesAt('everything', release, `${rich}services.peers`)).toEqual(['target/service-lost'])
    expect(codesAt('everything', release, `${rich}accounts.watcher`)).toEqual(['target/account-lost'])
    expect(codesAt('everything', release, `${rich}volumes.data.highWatermark`)).toEqual(['target/volume-protection-lost'])
    expect(codesAt('everything', release, `${rich}containers.rich.env.STORE`)).toEqual(['target/fact-lost'])
    expect(codesAt('everything', release, 'components.shard.sharding')).toEqual(['target/sharding-lost'])
    expect(codesAt('everything', release, 'topologies.whole')).toEqual(['target/topology-lost'])
    for (const action of ['memberJoin', 'preTerminate', 'accountProvision', 'reconfigure', 'dataDump', 'dataLoad'])
      expect(codesAt('everything', release, `${rich}lifecycle.${action}`), action).toEqual(['target/action-lost'])
    expect(codesAt('everything', release, `${rich}lifecycle.memberLeave`)).toEqual(['target/unsafe-member-leave'])
  })

  test('leads the default service to the pod that the operator finds by itself', () => {
    const text = definition('primary', release)
    expect(text).toContain('workloadType: Replication')
    expect(text).toContain('probes: roleProbe: periodSeconds: 2 timeoutSeconds: 1 failureThreshold: 3')
    expect(text).toContain('logConfigs: - name: running filePathPattern: "/data/*.log"')
    expect(codesAt('primary', release, 'components.redis.lifecycle.roleProbe')).toEqual(['target/role-probe-lost'])
  })

  test('gives a version of another line its own containers and configs', () => {
    const text = versions('lines', release)
    const old = text.slice(text.indexOf('name: lines-5.7.44'))
    expect(old).toContain('templateRef: lines-engine-engine-config-template-5.7')
    expect(old).toContain('command: - /scripts/start-5.sh')
    expect(old).toContain('name: VERSION value: "5.7.44"')
    expect(old).toContain('- name: helper image:')
    expect(old).not.toContain('name: admin')
    expect(text.slice(0, text.indexOf('name: lines-5.7.44'))).not.toMatch(/configSpecs|helper/)
    expect(definition('lines', release)).toContain('name: VERSION value: "8.0.36"')
  })

  test('puts labels on pods', () => {
    expect(definition('stateless', release)).toContain('customLabelSpecs: - key: example.org/tier value: front resources: - gvk: v1/Pod')
  })
})

test('a component is told about another by reference, or by its name where there are no references', () => {
  expect(definition('pair', '0.6')).toContain(
    'componentDefRef: - componentDefName: store failurePolicy: Fail componentRefEnv: - name: STORE_HOST valueFrom: type: ServiceRef - name: STORE_URL value: "http://$(STORE_HOST):2379" - name: STORE_PODS valueFrom: type: HeadlessServiceRef format: "$(POD_FQDN)" joinWith: ","',
  )
  expect(codesAt('pair', '0.6', 'components.gateway.containers.gateway.env.STORE_HOST')).toEqual([])
  const old = definition('pair', '0.5')
  expect(old).not.toContain('componentDefRef')
  expect(old).toContain('name: STORE_HOST value: "$(KB_CLUSTER_NAME)-store.$(KB_NAMESPACE).svc"')
  expect(old).toContain('name: STORE_URL value: "http://$(STORE_HOST):$(STORE_PORT)"')
  expect(codesAt('pair', '0.5', 'components.gateway.containers.gateway.env.STORE_HOST')).toEqual(['target/reference-by-name'])
  expect(codesAt('pair', '0.5', 'components.gateway.containers.gateway.env.STORE_PODS')).toEqual(['target/fact-lost'])
})

test('a role is told by a command from 0.7 on; before, the component has none', () => {
  for (const release of ['0.5', '0.6'] as const) {
    expect(definition('everything', release)).toMatch(/workloadType: Stateful /)
    expect(codesAt('everything', release, 'components.rich.roles')).toEqual(['target/roles-lost'])
    expect(codesAt('everything', release, 'components.rich.lifecycle.switchover')).toEqual(['target/action-lost'])
  }
  for (const release of ['0.7', '0.8'] as const) {
    const text = definition('everything', release)
    expect(text).toContain('workloadType: Replication rsmSpec: roles: - name: primary accessMode: ReadWrite canVote: true isLeader: true')
    // One text, because the words of a command are joined; the kubelet takes the doubled dollar sign for one.
    expect(text).toContain('command: - |- role() ( rich role ) role=$$(role) && printf %s "$role"')
    expect(codesAt('everything', release, 'components.rich.roles')).toEqual([])
  }
})

test('a switchover and what runs after the start are jobs, where the operator has them', () => {
  expect(definition('primary', '0.5')).not.toContain('switchoverSpec')
  const text = definition('primary', '0.6')
  expect(text.match(/export SWITCHOVER_CANDIDATE_NAME="\$\{KB_SWITCHOVER_CANDIDATE_NAME:-\}"/g)).toHaveLength(2)
  expect(text).toContain('- switchover - /scripts/switchover.sh scriptSpecSelectors: - name: primary-redis-scripts')
  expect(text).not.toContain('postStartSpec')
  expect(definition('primary', '0.7')).toContain('postStartSpec: cmdExecutorConfig: image:')
  // Each version brings the image of its own.
  expect(versions('primary', '0.6').match(/switchoverSpec: cmdExecutorConfig: image:[^}]*tags "7\.0\.15"/)).not.toBeNull()
})

test('dynamic parameters restart where their script cannot run', () => {
  const text = templateOf('primary', '0.6', 'templates/configconstraint.yaml')
  expect(text).toContain('staticParameters: - maxmemory-policy - databases')
  expect(text).not.toContain('dynamicParameters')
  expect(codesAt('primary', '0.6', 'components.redis.configs.redis-config.reload')).toEqual(['target/reload-lost'])
  expect(templateOf('everything', '0.6', 'templates/configconstraint.yaml')).toContain(
    'reloadOptions: unixSignalTrigger: processName: rich signal: SIGHUP',
  )
})
