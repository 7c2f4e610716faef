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
  expect(compiled({ lifecycle }, '0.9').lost).toEqual([
    ...['pods', 'retries', 'timeout'].map((part) => `target/field-lost lifecycle.memberJoin.${part}`),
    ...['pods', 'timeout'].map((part) => `target/field-lost lifecycle.postProvision.${part}`),
    'target/field-lost lifecycle.preTerminate.timeout',
  ])
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
