import { describe, expect, test } from 'vitest'
import { compileInMemory } from '../../support/compile-in-memory.ts'
import { SMALL } from '../../support/small-addon.ts'

const files = { 'run.sh': '#!/bin/sh\n', 'role.sh': '#!/bin/sh\n' }
const scripts = { files: ['run.sh', 'role.sh'] }
const engine = { image: 'tiny', ports: { client: 1234 } }
const mounts = { scripts: '/scripts' }
const roles = { leader: { writable: true, exclusive: true }, follower: {} }

/** What is lost below a place of the component, and the definitions of the chart. */
function compiled(component: object, kubeblocks: string) {
  const components = { tiny: { scripts, containers: { tiny: { ...engine, mounts } }, ...component } }
  const { chart, diagnostics } = compileInMemory({ ...SMALL, components }, files, kubeblocks)
  const lost = diagnostics.map(({ code, place }) => `${code} ${place?.path?.slice(2).join('.')}`)
  const text = (name: string) => Buffer.from(chart?.tree.get(`templates/${name}.yaml`)?.bytes ?? []).toString('utf8')
  return { lost, text, messages: diagnostics.map(({ message }) => message) }
}

describe('a switchover whose scripts the first container does not mount', () => {
  const component = {
    roles,
    containers: { first: engine, second: { image: 'tiny', mounts } },
    lifecycle: { container: 'second', roleProbe: { script: 'role.sh' }, switchover: { script: 'run.sh' } },
  }

  test('does not exist in 0.9, whose job mounts what the first has', () => {
    const { lost, text, messages } = compiled(component, '0.9')
    expect(lost).toEqual(['target/action-lost lifecycle.switchover'])
    expect(messages[0]).toContain('"run.sh" is not called, because the first container mounts no scripts')
    expect(text('componentdefinition')).not.toContain('switchover')
    expect(compiled({ ...component, lifecycle: { ...component.lifecycle, switchover: { exec: ['/bin/true'] } } }, '0.9').lost).toEqual([
      'target/action-image lifecycle.switchover',
    ])
  })

  test('is called later, in the container of the actions', () => {
    const { lost, text } = compiled(component, '1.0')
    expect(lost).toEqual([])
    expect(text('componentdefinition')).toContain('/scripts/run.sh')
  })
})

test('what 0.9 never calls is not there', () => {
  const action = { exec: ['/bin/true'] }
  const lifecycle = { reconfigure: action, dataDump: action, dataLoad: action, memberJoin: action }
  const { lost, text } = compiled({ lifecycle }, '0.9')
  expect(lost).toEqual(['reconfigure', 'dataDump', 'dataLoad'].map((name) => `target/action-lost lifecycle.${name}`))
  expect(text('componentdefinition')).toContain('memberJoin')
  expect(text('componentdefinition')).not.toMatch(/reconfigure|dataDump|dataLoad/)
  expect(compiled({ lifecycle }, '1.0').lost).toEqual([])
})

test('what 0.9 does not read of an action', () => {
  const parts = { exec: ['/bin/true'], pods: 'all', retries: 5, timeout: '20s' }
  const lifecycle = { memberJoin: parts, postProvision: parts, preTerminate: { ...parts, pods: 'any' }, accountProvision: { exec: ['/bin/true'] } }
  const old = compiled({ lifecycle }, '0.9')
  expect(old.lost).toEqual([
    ...['pods', 'retries', 'timeout'].map((part) => `target/field-lost lifecycle.memberJoin.${part}`),
    'target/action-image lifecycle.postProvision',
    ...['pods', 'timeout'].map((part) => `target/field-lost lifecycle.postProvision.${part}`),
    'target/action-image lifecycle.preTerminate',
    'target/field-lost lifecycle.preTerminate.timeout',
  ])
  // These two are jobs, which have no other image than the one they name.
  expect(old.text('componentdefinition').match(/customHandler:\n +image:/g)).toHaveLength(2)
  expect(compiled({ lifecycle }, '1.0').lost).toEqual([])
})

test('what acts on shards is called from 1.1 on', () => {
  const sharding = { maximum: 3, shardAdd: { script: 'run.sh' }, shardRemove: { script: 'run.sh' } }
  const actions = ['target/action-lost sharding.shardAdd', 'target/action-lost sharding.shardRemove']
  expect(compiled({ sharding }, '0.9').lost).toEqual(['target/sharding-lost sharding', ...actions])
  const old = compiled({ sharding }, '1.0')
  expect(old.lost).toEqual(actions)
  expect(old.text('shardingdefinition')).toContain('maxShards: 3')
  expect(old.text('shardingdefinition')).not.toContain('shardAdd')
  const later = compiled({ sharding }, '1.1')
  expect(later.lost).toEqual([])
  expect(later.text('shardingdefinition')).toContain('shardAdd')
})

test('failures of a role probe are lost where they are given', () => {
  const component = (failures: object) => ({ roles, lifecycle: { roleProbe: { script: 'role.sh', ...failures } } })
  expect(compiled(component({}), '0.9').lost).toEqual([])
  expect(compiled(component({ failures: 3 }), '0.9').lost).toEqual(['target/field-lost lifecycle.roleProbe.failures'])
  expect(compiled(component({}), '1.0').text('componentdefinition')).toContain('failureThreshold: 3')
})

test('the old family says what it does not read of an action that it runs', () => {
  const parts = { exec: ['/bin/true'], pods: 'all', retries: 5, timeout: '20s' }
  const lifecycle = { postProvision: parts, memberLeave: parts }
  expect(compiled({ lifecycle }, '0.8').lost).toEqual([
    'target/action-image lifecycle.postProvision',
    ...['pods', 'retries', 'timeout'].map((part) => `target/field-lost lifecycle.postProvision.${part}`),
    'target/unsafe-member-leave lifecycle.memberLeave',
    ...['pods', 'retries'].map((part) => `target/field-lost lifecycle.memberLeave.${part}`),
  ])
})

describe('update order', () => {
  const component = (roles: object) => ({ workload: 'consensus', roles, lifecycle: { roleProbe: { script: 'role.sh' } } })
  const usual = { leader: { writable: true, exclusive: true }, follower: { quorum: true }, witness: { readable: false } }

  test('follows from what a role may do, unless the author gives it', () => {
    const order = (roles: object) =>
      compiled(component(roles), '1.0')
        .text('componentdefinition')
        .match(/updatePriority: \d+/g)
    expect(order(usual)).toEqual(['updatePriority: 3', 'updatePriority: 2', 'updatePriority: 1'])
    expect(order({ ...usual, follower: { quorum: true, priority: 7 } })).toEqual(['updatePriority: 3', 'updatePriority: 7', 'updatePriority: 1'])
  })

  test.each(['0.8', '0.9'])('is lost in %s where it is another one', (release) => {
    const lost = (roles: object) => compiled(component(roles), release).lost.filter((line) => line.endsWith('priority'))
    expect(lost({ ...usual, leader: { ...usual.leader, priority: 9 } })).toEqual([])
    expect(lost({ ...usual, follower: { quorum: true, priority: 7 } })).toEqual(['target/field-lost roles.follower.priority'])
  })
})

test('each part of a password that the old family makes otherwise is said', () => {
  const said = (password: object) => {
    const { messages } = compiled({ accounts: { root: { initial: true, password } } }, '0.6')
    return messages.filter((message) => message.includes('password'))
  }
  expect(said({ length: 8, digits: 0, letterCase: 'lower' })).toEqual([])
  expect(said({ length: 8, digits: 2, symbols: 1, letterCase: 'lower' })[0]).toContain('has any number of digits, not 2; no symbols, not 1.')
  expect(said({ length: 8, digits: 0 })[0]).toContain('has small letters only.')
  expect(said({ length: 9, digits: 0, letterCase: 'lower' })[0]).toContain('has 8 characters, not 9.')
})

test('lines have one definition of shards', () => {
  const descriptor = {
    ...SMALL,
    versions: ['2.0.0', '1.0.0'].map((version) => ({ version, images: { tiny: version } })),
    lines: [
      { name: '2', versions: ['2.0.0'] },
      { name: '1', versions: ['1.0.0'], override: { components: { tiny: { sharding: { maximum: 5 } } } } },
    ],
    components: { tiny: { containers: { tiny: engine }, sharding: { maximum: 3 } } },
  }
  const lost = (release: string) =>
    compileInMemory(descriptor, {}, release)
      .diagnostics.filter(({ code }) => code === 'target/line-lost')
      .map(({ message }) => message)
  expect(lost('1.1')).toEqual([expect.stringContaining('those of the line 1 are as in the line 2.')])
  expect(lost('0.9')).toEqual([])
})

test('orders of a topology that the old family does not keep', () => {
  const parts = { a: { containers: { a: engine } }, b: { containers: { b: { ...engine, ports: { client: 1 } } } } }
  const orders = { provision: ['a', 'b'], terminate: ['b', 'a'], update: ['a', 'b'] }
  const topologies = { whole: { components: ['a', 'b'], ...orders } }
  const { diagnostics } = compileInMemory({ ...SMALL, components: parts, topologies }, {}, '0.6')
  expect(diagnostics.find(({ code }) => code === 'target/topology-lost')?.message).toContain(
    'lists its components; they are created, deleted and updated in no order, so start scripts have to wait for what they need.',
  )
})
