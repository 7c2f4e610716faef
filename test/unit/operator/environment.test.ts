import { describe, expect, test } from 'vitest'
import {
  buildPods,
  type Cluster,
  containerEnvironment,
  containerFiles,
  lifecycleCall,
  mainContainer,
  operatorRelease,
  type Pods,
} from '../../../src/operator/index.ts'
import { componentDefinition, configMap, object } from '../../support/definitions.ts'

const UID = 'aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee'
const cluster = (definition: string, more: Partial<Cluster> = {}): Cluster => ({
  name: 'c',
  namespace: 'ns',
  uid: UID,
  components: [{ name: 'x', definition, replicas: 2 }],
  secrets: { 'c-x-account-root': { username: 'root', password: 'p w' }, 'c-conn-credential': { password: 'cp' } },
  ...more,
})

function podsOf(version: string, objects: readonly unknown[], wanted: Cluster): Pods {
  const pods = buildPods(operatorRelease(version), objects, wanted, 'x')
  if ('problem' in pods) throw new Error(pods.problem)
  return pods
}

function environmentOf(pods: Pods, ordinal = 0): Readonly<Record<string, string>> {
  const container = mainContainer(pods)
  if (container === undefined) throw new Error('no container')
  return Object.fromEntries(containerEnvironment(pods, container, ordinal).variables)
}

describe('clusters of a ClusterDefinition', () => {
  const container = {
    name: 'x',
    image: 'x:1',
    env: [
      { name: 'FQDN', value: '$(KB_POD_FQDN)' },
      { name: 'COUNT', value: '$(KB_REPLICA_COUNT)' },
      { name: 'PASSWORD', valueFrom: { secretKeyRef: { name: '$(CONN_CREDENTIAL_SECRET_NAME)', key: 'password' } } },
    ],
  }
  const definition = (workloadType: string) =>
    object('ClusterDefinition', 'addon', { componentDefs: [{ name: 'pg-ha', workloadType, podSpec: { containers: [container] } }] })
  const env = (version: string, workload = 'Stateful', more: Partial<Cluster> = {}) =>
    environmentOf(podsOf(version, [definition(workload)], cluster('pg-ha', more)))

  test.for(['0.5', '0.6', '0.7', '0.8', '0.9'])('%s: the same for all of them', (version) => {
    expect(env(version)).toMatchObject({
      KB_POD_NAME: 'c-x-0',
      KB_NAMESPACE: 'ns',
      KB_PODIP: '198.51.100.1',
      KB_CLUSTER_NAME: 'c',
      KB_COMP_NAME: 'x',
      KB_CLUSTER_COMP_NAME: 'c-x',
      KB_CLUSTER_UID_POSTFIX_8: 'eeeeeeee',
      KB_POD_FQDN: 'c-x-0.c-x-headless.ns.svc',
      FQDN: 'c-x-0.c-x-headless.ns.svc',
      PASSWORD: 'cp',
      'KB_PG-HA_N': '2',
      'KB_PG-HA_1_HOSTNAME': 'c-x-1.c-x-headless',
    })
  })

  test('what the map of members has differs', () => {
    const names = (version: string) =>
      Object.keys(env(version))
        .filter((name) => /^KB_(RSM|ITS|REPLICA|CLUSTER_UID|POD_LIST|0_|PG-HA_CLUSTER)/.test(name) && !name.endsWith('POSTFIX_8'))
        .sort()
    expect(names('0.5')).toEqual(['KB_PG-HA_CLUSTER_UID'])
    expect(env('0.5').COUNT).toBe('$(KB_REPLICA_COUNT)')
    expect(names('0.6')).toEqual(['KB_0_HOSTNAME', 'KB_CLUSTER_UID', 'KB_PG-HA_CLUSTER_UID', 'KB_REPLICA_COUNT'])
    expect(env('0.6').COUNT).toBe('2')
    expect(names('0.7')).toContain('KB_RSM_OWNER_UID_SUFFIX8')
    expect(names('0.7')).toContain('KB_CLUSTER_UID')
    expect(names('0.8')).not.toContain('KB_CLUSTER_UID')
    expect(names('0.9')).toEqual(expect.arrayContaining(['KB_ITS_N', 'KB_POD_LIST', 'KB_0_HOSTNAME']))
    expect(names('0.9').some((name) => name.startsWith('KB_RSM'))).toBe(false)
  })

  test('a stateless component of 0.6 has no members', () => {
    expect(env('0.6', 'Stateless').KB_REPLICA_COUNT).toBeUndefined()
    expect(env('0.5', 'Stateless')['KB_PG-HA_N']).toBe('2')
  })

  test('extra variables of the cluster, and those of TLS', () => {
    expect(env('0.5', 'Stateful', { extraEnv: { A: '1' } }).A).toBeUndefined()
    expect(env('0.6', 'Stateful', { extraEnv: { A: '1', B: '' } })).toMatchObject({ A: '1' })
    const tls = env('0.7', 'Stateful', { components: [{ name: 'x', definition: 'pg-ha', replicas: 1, tls: true }] })
    expect(tls).toMatchObject({ KB_TLS_CERT_PATH: '/etc/pki/tls', KB_TLS_KEY_FILE: 'tls.key' })
  })

  test('1.0 knows no such definition', () => {
    expect(buildPods(operatorRelease('1.0'), [definition('Stateful')], cluster('pg-ha'), 'x')).toEqual({
      problem: 'no ComponentDefinition matches "pg-ha" and offers a service version',
    })
  })
})

describe('clusters of ComponentDefinitions', () => {
  const spec = (vars: readonly object[], env: readonly object[] = []) => ({
    serviceVersion: '1.0.0',
    services: [
      {
        name: 'main',
        serviceName: 'main',
        spec: {
          ports: [
            { name: 'http', port: 80 },
            { name: 'rpc', port: 81 },
          ],
        },
      },
    ],
    systemAccounts: [{ name: 'root', initAccount: true }],
    vars,
    runtime: { containers: [{ name: 'x', image: 'x:1', ports: [{ name: 'http', containerPort: 8080 }], env }] },
  })
  const self = (field: string, value: unknown = 'Required') => ({ valueFrom: { componentVarRef: { [field]: value } } })
  const env = (version: string, vars: readonly object[], own: readonly object[] = [], more: Partial<Cluster> = {}) => {
    const pods = podsOf(version, [componentDefinition('x-1', spec(vars, own))], cluster('x-1', more))
    return { env: environmentOf(pods), problems: pods.problems, pods }
  }

  test('0.9 still injects; 1.0 injects nothing', () => {
    expect(env('0.9', []).env).toMatchObject({
      KB_POD_NAME: 'c-x-0',
      KB_COMP_REPLICAS: '2',
      KB_POD_FQDN: 'c-x-0.c-x-headless.ns.svc',
      'KB_X-1_N': '2',
    })
    expect(env('1.0', []).env).toEqual({})
  })

  test('vars about the component and the cluster', () => {
    const vars = [
      { name: 'NAME', ...self('componentName') },
      { name: 'SHORT', ...self('shortName') },
      { name: 'COUNT', ...self('replicas') },
      { name: 'PODS', ...self('podNames') },
      { name: 'FQDNS', ...self('podFQDNs') },
      { name: 'LEADERS', ...self('podNamesForRole', { role: 'leader', option: 'Optional' }) },
      { name: 'VERSION', ...self('serviceVersion') },
      { name: 'CLUSTER', valueFrom: { clusterVarRef: { clusterName: 'Required' } } },
      { name: 'UID', valueFrom: { clusterVarRef: { clusterUID: 'Required' } } },
      { name: 'CPU', valueFrom: { resourceVarRef: { cpu: 'Optional' } } },
    ]
    const components = [{ name: 'x', definition: 'x-1', replicas: 2, roles: ['follower', 'leader'], resources: { cpu: 3 } }]
    expect(env('1.0', vars, [], { components }).env).toEqual({
      NAME: 'c-x',
      SHORT: 'x',
      COUNT: '2',
      PODS: 'c-x-0,c-x-1',
      FQDNS: 'c-x-0.c-x-headless.ns.svc.cluster.local,c-x-1.c-x-headless.ns.svc.cluster.local',
      LEADERS: 'c-x-1',
      VERSION: '1.0.0',
      CLUSTER: 'c',
      UID,
      CPU: '3',
    })
  })

  test('services, credentials, TLS', () => {
    const service = (reference: object) => ({ valueFrom: { serviceVarRef: reference } })
    const result = env('1.1', [
      { name: 'HOST', ...service({ name: 'main', host: 'Required' }) },
      { name: 'PORT', ...service({ name: 'main', port: { name: 'rpc', option: 'Required' } }) },
      { name: 'HEADLESS', ...service({ name: 'headless', host: 'Required' }) },
      { name: 'NONE', ...service({ name: 'other', host: 'Required' }) },
      { name: 'USER', valueFrom: { credentialVarRef: { name: 'root', username: 'Required' } } },
      { name: 'PASSWORD', valueFrom: { credentialVarRef: { name: 'root', password: 'Required' } } },
      { name: 'TLS', valueFrom: { tlsVarRef: { enabled: 'Optional' } } },
      { name: 'TLS_REQUIRED', valueFrom: { tlsVarRef: { enabled: 'Required' } } },
    ])
    expect(result.env).toEqual({ HOST: 'c-x-main', PORT: '81', HEADLESS: 'c-x-headless', USER: 'root', PASSWORD: 'p w' })
    expect(result.problems).toEqual([
      'NONE: the definition of "x" has no service "other"',
      'TLS_REQUIRED: tlsVarRef gives no enabled, and it is required',
    ])
    const tls = { components: [{ name: 'x', definition: 'x-1', replicas: 1, tls: true }] }
    expect(env('1.1', [{ name: 'TLS', valueFrom: { tlsVarRef: { enabled: 'Optional' } } }], [], tls).env).toEqual({ TLS: 'true' })
  })

  test('certificates of a cluster with TLS are in every container, agents included, and in no init container', () => {
    const container = (name: string) => ({ name, image: 'x:1' })
    const tls = { volumeName: 'tls', mountPath: '/tls', caFile: 'ca.crt' }
    const lifecycleActions = { memberLeave: { exec: { image: 'x:1', command: ['leave'] } } }
    const object = (more: object) =>
      componentDefinition('x-1', {
        ...spec([]),
        ...more,
        runtime: { initContainers: [container('i')], containers: [container('x'), container('y')] },
      })
    const wanted = cluster('x-1', {
      components: [{ name: 'x', definition: 'x-1', replicas: 1, tls: true }],
      secrets: { 'c-x-tls-certs': { 'ca.crt': 'CA' } },
    })
    const pods = podsOf('1.0', [object({ tls, lifecycleActions })], wanted)
    const call = lifecycleCall(pods, 'memberLeave', 0)
    if ('problem' in call) throw new Error(call.problem)
    const found = [...pods.containers, call.container].map((one) => [one.name, [...containerFiles(pods, [], one, 0).files.keys()].join()])
    expect(found).toEqual([
      ['i', ''],
      ['x', '/tls/ca.crt'],
      ['y', '/tls/ca.crt'],
      ['kbagent', '/tls/ca.crt'],
    ])
    expect(podsOf('1.0', [object({})], wanted).problems).toEqual(['the definition "x-1" does not support TLS'])
  })

  test('values refer to other vars; a credential inside a text is not put in, only alone or in the env of a container', () => {
    const { env: variables, pods } = env(
      '1.0',
      [
        { name: 'A', value: 'a' },
        { name: 'B', value: '$(A)-$$(A)-$(NONE)' },
        { name: 'SECRET', valueFrom: { credentialVarRef: { name: 'root', password: 'Required' } } },
        { name: 'ALIAS', value: '$(SECRET)' },
        { name: 'URL', value: 'http://$(SECRET)@$(A)' },
      ],
      [{ name: 'OWN_URL', value: 'http://$(SECRET)@$(A)' }],
    )
    // What looks like a reference still stays in env, where the kubelet replaces it after all.
    expect(variables).toEqual({ A: 'a', B: 'a-a-$(NONE)', SECRET: 'p w', ALIAS: 'p w', URL: 'http://$(SECRET)@a', OWN_URL: 'http://p w@a' })
    expect(pods.configMaps['c-x-env']).toEqual({ A: 'a' })
    expect(pods.templateVars.get('URL')).toBe('http://$(SECRET)@a')
  })

  test('a container sees vars in its own env, and wins over them', () => {
    const own = [
      { name: 'POD', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
      { name: 'FULL', value: '$(POD).$(COMPONENT)-headless' },
      { name: 'A', value: 'mine' },
    ]
    const vars = [
      { name: 'A', value: 'var' },
      { name: 'COMPONENT', ...self('componentName') },
    ]
    expect(env('1.0', vars, own).env).toEqual({ A: 'mine', COMPONENT: 'c-x', POD: 'c-x-0', FULL: 'c-x-0.c-x-headless' })
  })

  test('what a release does not know, and what is not evaluated, is said', () => {
    const vars = [
      { name: 'C', valueFrom: { clusterVarRef: { clusterName: 'Required' } } },
      { name: 'P', ...self('podNames') },
      { name: 'E', value: 'x', expression: '{{ .E }}' },
    ]
    expect(env('0.9', vars).problems).toEqual([
      'C: KubeBlocks 0.9 does not know clusterVarRef',
      'P: componentVarRef asks for nothing that KubeBlocks 0.9 gives',
      'E: its expression is a Go template, which is not evaluated',
    ])
  })

  test('an expression gives a var that has no value one, and leaves credentials alone', () => {
    const otherwise = (name: string, text: string) => ({ expression: `{{ index . "${name}" | default "${text}" }}` })
    const vars = [
      { name: 'TLS', valueFrom: { tlsVarRef: { optional: true, enabled: 'Optional' } }, ...otherwise('TLS', 'false') },
      {
        name: 'HP',
        valueFrom: { hostNetworkVarRef: { optional: true, container: { name: 'x', port: { name: 'http', option: 'Optional' } } } },
        ...otherwise('HP', '8080'),
      },
      { name: 'NAME', ...self('componentName'), ...otherwise('NAME', 'none') },
      { name: 'SECRET', valueFrom: { credentialVarRef: { name: 'root', password: 'Required' } }, ...otherwise('SECRET', 'none') },
      { name: 'TEXT', value: '$(HP)' },
    ]
    for (const version of ['1.0', '1.1']) {
      const { env: variables, problems, pods } = env(version, vars)
      expect(variables).toEqual({ TLS: 'false', HP: '8080', NAME: 'c-x', SECRET: 'p w', TEXT: '8080' })
      expect(Object.fromEntries(pods.templateVars)).toEqual({ TLS: 'false', HP: '8080', NAME: 'c-x', TEXT: '8080' })
      expect(problems).toEqual([])
    }
  })

  test('several components of one definition', () => {
    const options = { compDef: '^x-', optional: true }
    const individual = { multipleClusterObjectOption: { strategy: 'individual' } }
    const combined = { multipleClusterObjectOption: { strategy: 'combined', combinedOption: { newVarSuffix: 'ALL' } } }
    const reference = (more: object) => ({ valueFrom: { componentVarRef: { ...options, replicas: 'Required', ...more } } })
    const components = [
      { name: 'x', definition: 'x-1', replicas: 2 },
      { name: 'b-y', definition: 'x-1', replicas: 3 },
    ]
    const vars = [
      { name: 'OWN', ...reference({}) },
      { name: 'EACH', ...reference(individual) },
      { name: 'ONE', ...reference(combined) },
    ]
    expect(env('1.0', vars, [], { components }).env).toEqual({
      OWN: '2',
      EACH: '',
      EACH_B_Y: '3',
      EACH_X: '2',
      ONE: '',
      ONE_ALL: 'b-y:3,x:2',
    })
  })
})

describe('files', () => {
  const pod = {
    containers: [
      {
        name: 'x',
        image: 'x',
        volumeMounts: [
          { name: 'scripts', mountPath: '/scripts/' },
          { name: 'conf', mountPath: '/etc/x.conf', subPath: 'x.conf' },
          { name: 'notes', mountPath: '/etc/notes' },
          { name: 'data', mountPath: '/data' },
          { name: 'dta', mountPath: '/typo' },
        ],
      },
    ],
    volumes: [
      {
        name: 'notes',
        downwardAPI: { items: [{ path: 'n', fieldRef: { fieldPath: "metadata.annotations['apps.kubeblocks.io/component-replicas']" } }] },
      },
    ],
  }
  const definition = object('ClusterDefinition', 'addon', {
    componentDefs: [
      {
        name: 'x',
        workloadType: 'Stateful',
        podSpec: pod,
        scriptSpecs: [{ name: 's', templateRef: 'scripts', namespace: 'kb-system', volumeName: 'scripts', defaultMode: 365 }],
        configSpecs: [{ name: 'k', templateRef: 'config', namespace: 'kb-system', volumeName: 'conf' }],
      },
    ],
  })
  const maps = [configMap('scripts', { 'a.sh': 'echo {{ "{{" }}', 't.sh': '{{ .x }}' }), configMap('config', { 'x.conf': 'a', other: 'b' })]

  test.for([
    ['0.6', '2'],
    ['0.9', ''],
  ] as const)('%s: rendered maps, single files, annotations, folders', ([version, replicas]) => {
    const pods = podsOf(version, [definition, ...maps], cluster('x'))
    const container = mainContainer(pods)
    if (container === undefined) throw new Error('no container')
    const { files, folders, problems } = containerFiles(pods, [definition, ...maps], container, 0, ['data'])
    expect(Object.fromEntries(files)).toEqual({
      '/scripts/a.sh': { text: 'echo {{', mode: 0o555 },
      '/etc/x.conf': { text: 'a', mode: 0o644 },
      '/etc/notes/n': { text: replicas, mode: 0o644 },
    })
    expect(folders).toEqual([
      { path: '/data', volume: 'data', kind: 'claim' },
      { path: '/typo', volume: 'dta', kind: 'empty' },
    ])
    expect(problems).toEqual(['t.sh of the ConfigMap "scripts" is a template, which is not rendered here'])
  })

  test('a map in another namespace is not found', () => {
    const objects = [definition, configMap('scripts', {}, 'elsewhere'), configMap('config', {})]
    const pods = podsOf('0.6', objects, cluster('x'))
    const container = mainContainer(pods)
    if (container === undefined) throw new Error('no container')
    expect(containerFiles(pods, objects, container, 0).problems).toEqual(['the ConfigMap "scripts" is not in the namespace "kb-system"'])
  })
})
