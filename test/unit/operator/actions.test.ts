import { describe, expect, test } from 'vitest'
import {
  type ActionSubject,
  buildPods,
  type Call,
  type Cluster,
  containerCall,
  containerNamed,
  hookCall,
  lifecycleCall,
  mainContainer,
  operatorRelease,
  type Pods,
} from '../../../src/operator/index.ts'
import { componentDefinition, componentVersion, object } from '../../support/definitions.ts'

const CLUSTER: Cluster = {
  name: 'c',
  namespace: 'ns',
  uid: 'u',
  components: [{ name: 'x', definition: 'x-1', replicas: 3 }],
  secrets: { 'c-x-account-root': { username: 'root', password: 'p' } },
}

function podsOf(version: string, spec: object, more: readonly unknown[] = []): Pods {
  const pods = buildPods(operatorRelease(version), [componentDefinition('x-1', spec), ...more], CLUSTER, 'x')
  if ('problem' in pods) throw new Error(pods.problem)
  return pods
}

function called(pods: Pods, action: string, subject?: ActionSubject): Call {
  const call = lifecycleCall(pods, action, 0, subject)
  if ('problem' in call) throw new Error(call.problem)
  return call
}

const runtime = {
  containers: [
    {
      name: 'x',
      image: 'x:1',
      ports: [{ name: 'main', containerPort: 1234 }],
      env: [{ name: 'OWN', value: '1' }],
      volumeMounts: [{ name: 'scripts', mountPath: '/scripts' }],
    },
    { name: 'side', image: 'side:1' },
  ],
}

describe('kbagent', () => {
  const vars = [{ name: 'COUNT', valueFrom: { componentVarRef: { replicas: 'Required' } } }]
  const spec = (lifecycleActions: object) => ({ serviceVersion: '1.0.0', vars, runtime, lifecycleActions })
  const leave = {
    exec: { container: 'x', image: 'x:1', command: ['/bin/sh', '-c'], args: ['leave'], env: [{ name: 'A', value: 'of leave' }] },
    timeoutSeconds: 50,
  }

  test.for(['1.0', '1.1', '1.2'])('%s: vars, the env of all actions and the parameters; not the env of the container', (version) => {
    const pods = podsOf(
      version,
      spec({
        memberLeave: leave,
        roleProbe: {
          exec: {
            command: ['role'],
            env: [
              { name: 'A', value: 'late' },
              { name: 'B', value: '$(COUNT)' },
            ],
          },
        },
      }),
    )
    const call = called(pods, 'memberLeave', { ordinal: 2 })
    expect(call.argv).toEqual(['/bin/sh', '-c', 'leave'])
    expect(Object.fromEntries(call.environment.variables)).toMatchObject({
      COUNT: '3',
      A: 'of leave',
      B: '3',
      KB_LEAVE_MEMBER_POD_NAME: 'c-x-2',
      KB_LEAVE_MEMBER_POD_FQDN: 'c-x-2.c-x-headless.ns.svc.cluster.local',
      KB_AGENT_POD_NAME: 'c-x-0',
    })
    expect(call.environment.variables.has('OWN')).toBe(false)
    expect(call.image).toBe('x:1')
    expect(call.container.source).toEqual({ volumeMounts: [{ name: 'scripts', mountPath: '/scripts' }] })
  })

  test('time: 30 seconds when none is given, 60 at most', () => {
    const timeout = (timeoutSeconds?: number) => called(podsOf('1.0', spec({ memberLeave: { ...leave, timeoutSeconds } })), 'memberLeave').timeout
    expect([timeout(), timeout(0), timeout(50), timeout(600), timeout(-1)]).toEqual([30, 30, 50, 60, undefined])
    const runningOn = (version: string) =>
      called(podsOf(version, spec({ memberLeave: { ...leave, timeoutSeconds: 600, nonBlocking: true } })), 'memberLeave').timeout
    expect([runningOn('1.1'), runningOn('1.2')]).toEqual([60, 600])
  })

  test('the kubelet replaces references in commands, since they travel in a variable', () => {
    const command = ['sh', '-c', 'echo $(COUNT) $$(COUNT) $$ $(date) "$X"']
    expect(called(podsOf('1.0', spec({ memberLeave: { exec: { command } } })), 'memberLeave').argv[2]).toBe('echo 3 $(COUNT) $ $(date) "$X"')
  })

  test('without an image the operator runs its own, whatever container is named', () => {
    const call = called(podsOf('1.0', spec({ memberLeave: { exec: { command: ['a'], container: 'x' } } })), 'memberLeave')
    expect(call.image).toBeUndefined()
  })

  test('a ComponentVersion can give the image of an action', () => {
    const version = componentVersion('x', [[['x'], ['a']]], [['a', '1.0.0', { x: 'x:2', side: 's', MEMBERLEAVE: 'x:2' }]])
    expect(called(podsOf('1.0', spec({ memberLeave: leave }), [version]), 'memberLeave').image).toBe('x:2')
  })

  test('one image and one container for all actions', () => {
    const problem = (roleProbe: object) => lifecycleCall(podsOf('1.0', spec({ memberLeave: leave, roleProbe })), 'memberLeave', 0)
    expect(problem({ exec: { command: ['a'], image: 'y:1' } })).toEqual({ problem: 'the actions name several images: x:1, y:1' })
    expect(problem({ exec: { command: ['a'], container: 'side' } })).toEqual({ problem: 'the actions name several containers: side, x' })
    const nowhere = lifecycleCall(podsOf('1.0', spec({ memberLeave: { exec: { command: ['a'], container: 'z' } } })), 'memberLeave', 0)
    expect(nowhere).toEqual({ problem: 'the actions name the container "z", which there is not' })
    expect(lifecycleCall(podsOf('1.0', spec({})), 'memberLeave', 0)).toEqual({ problem: 'there is no action memberLeave that runs a program' })
  })

  test('parameters of the other actions', () => {
    const pods = podsOf(
      '1.0',
      spec(
        Object.fromEntries(
          ['memberJoin', 'switchover', 'accountProvision', 'postProvision', 'reconfigure', 'roleProbe'].map((name) => [
            name,
            { exec: { command: ['a'] } },
          ]),
        ),
      ),
    )
    const parameters = (action: string, subject: ActionSubject) =>
      Object.fromEntries([...called(pods, action, subject).environment.variables].filter(([name]) => /^KB_(?!AGENT)/.test(name)))
    const at = (ordinal: number) => `c-x-${ordinal}.c-x-headless.ns.svc.cluster.local`
    expect(parameters('memberJoin', { ordinal: 1 })).toEqual({ KB_JOIN_MEMBER_POD_NAME: 'c-x-1', KB_JOIN_MEMBER_POD_FQDN: at(1) })
    expect(parameters('switchover', { ordinal: 0 })).toEqual({
      KB_SWITCHOVER_CURRENT_NAME: 'c-x-0',
      KB_SWITCHOVER_CURRENT_FQDN: at(0),
      KB_SWITCHOVER_ROLE: '',
    })
    expect(parameters('switchover', { ordinal: 0, candidate: 2, role: 'leader' })).toMatchObject({
      KB_SWITCHOVER_CANDIDATE_FQDN: at(2),
      KB_SWITCHOVER_ROLE: 'leader',
    })
    const account = { name: 'a', password: 'p', statement: 's' }
    expect(parameters('accountProvision', { ordinal: 0, account })).toEqual({
      KB_ACCOUNT_NAME: 'a',
      KB_ACCOUNT_PASSWORD: 'p',
      KB_ACCOUNT_STATEMENT: 's',
    })
    expect(parameters('postProvision', { ordinal: 0 })).toMatchObject({
      KB_CLUSTER_COMPONENT_LIST: 'x',
      KB_CLUSTER_POD_NAME_LIST: 'c-x-0,c-x-1,c-x-2',
    })
    expect(parameters('reconfigure', { ordinal: 0, files: { created: '', removed: '', updated: 'a:1' } })).toMatchObject({
      KB_CONFIG_FILES_UPDATED: 'a:1',
    })
    expect(parameters('roleProbe', { ordinal: 0 })).toEqual({})
  })
})

describe('lorry', () => {
  const handler = (command: readonly string[], more: object = {}) => ({ customHandler: { exec: { command, args: ['arg'] }, ...more } })
  const spec = {
    serviceVersion: '1.0.0',
    runtime,
    systemAccounts: [{ name: 'root', initAccount: true }],
    lifecycleActions: {
      memberLeave: handler(['leave'], { container: 'x' }),
      memberJoin: handler(['join']),
      preTerminate: handler(['end']),
      roleProbe: handler(['role']),
    },
  }

  test('0.9 copies the container: image, env, mounts; adds the service and the members', () => {
    const call = called(podsOf('0.9', spec), 'memberLeave', { ordinal: 2 })
    expect(call.argv).toEqual(['leave', 'arg'])
    expect(call.image).toBe('x:1')
    expect(call.timeout).toBeUndefined()
    expect(Object.fromEntries(call.environment.variables)).toMatchObject({
      OWN: '1',
      KB_POD_NAME: 'c-x-0',
      KB_SERVICE_PORT: '1234',
      KB_SERVICE_USER: 'root',
      KB_SERVICE_PASSWORD: 'p',
      KB_LEAVE_MEMBER_POD_NAME: 'c-x-2',
      KB_LEAVE_MEMBER_POD_IP: '198.51.100.3',
      KB_REPLICA_COUNT: '3',
    })
    expect(call.environment.variables.get('KB_MEMBER_ADDRESSES')).toContain('c-x-1.c-x-headless.ns.svc.cluster.local:1234')
    expect(call.container.source).toEqual({ volumeMounts: [{ name: 'scripts', mountPath: '/scripts' }] })
  })

  test('0.8 has no mounts, no arguments, and tells a joining member little', () => {
    const pods = podsOf('0.8', spec)
    const leaving = called(pods, 'memberLeave')
    expect(leaving.argv).toEqual(['leave'])
    expect(leaving.container.source).toEqual({ volumeMounts: [] })
    expect(leaving.environment.variables.get('OWN')).toBe('1')
    expect(called(pods, 'memberJoin').environment.variables.has('OWN')).toBe(false)
    expect(lifecycleCall(podsOf('0.8', { ...spec, lifecycleActions: { accountProvision: handler(['a']) } }), 'accountProvision', 0)).toEqual({
      problem: 'KubeBlocks 0.8 does not run accountProvision',
    })
  })

  test('the end of a component sees four variables; a role probe without a shell gets one', () => {
    const pods = podsOf('0.9', spec)
    expect([...called(pods, 'preTerminate').environment.variables.keys()].sort()).toEqual([
      'KB_POD_FQDN',
      'KB_SERVICE_PASSWORD',
      'KB_SERVICE_PORT',
      'KB_SERVICE_USER',
    ])
    expect(called(pods, 'roleProbe').argv).toEqual(['sh', '-c', 'role arg'])
  })
})

describe('containers', () => {
  const container = {
    name: 'x',
    image: 'x:1',
    command: ['run', '$(NAME)'],
    env: [
      { name: 'NAME', value: 'n' },
      { name: 'POD', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
    ],
    lifecycle: { preStop: { exec: { command: ['stop', '$(NAME)'] } } },
    readinessProbe: { exec: { command: ['ready', '$(NAME)', '$(POD)'] }, timeoutSeconds: 3 },
  }
  const definition = object('ClusterDefinition', 'd', {
    componentDefs: [
      { name: 'x-1', podSpec: { terminationGracePeriodSeconds: 100, initContainers: [{ name: 'first', image: 'i' }], containers: [container] } },
    ],
  })
  const pods = buildPods(operatorRelease('0.6'), [definition], CLUSTER, 'x')

  test('commands and probes have references replaced, hooks have not', () => {
    if ('problem' in pods) throw new Error(pods.problem)
    const main = mainContainer(pods)
    if (main === undefined) throw new Error('no container')
    expect(containerCall(pods, main, 0)).toMatchObject({ argv: ['run', 'n'], image: 'x:1' })
    expect(hookCall(pods, main, 'preStop', 0)).toMatchObject({ argv: ['stop', '$(NAME)'], timeout: 100 })
    // Only texts are known where a probe is run.
    expect(hookCall(pods, main, 'readinessProbe', 0)).toMatchObject({ argv: ['ready', 'n', '$(POD)'], timeout: 3 })
    expect(hookCall(pods, main, 'postStart', 0)).toEqual({ problem: 'the container "x" has no postStart that runs a program' })
    const first = containerNamed(pods, 'first')
    expect(first === undefined ? undefined : containerCall(pods, first, 0)).toEqual({
      problem: 'what the container "first" starts is known to its image alone',
    })
    expect(lifecycleCall(pods, 'memberLeave', 0)).toEqual({ problem: 'a ClusterDefinition has no lifecycle actions' })
  })
})
