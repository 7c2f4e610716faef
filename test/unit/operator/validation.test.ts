import { describe, expect, test } from 'vitest'
import { textAt } from '../../../src/objects/index.ts'
import {
  applyRules,
  nameOf,
  operatorRelease,
  operatorReleases,
  type ValidationRule,
  validateObjects,
  validationRules,
} from '../../../src/operator/index.ts'
import { componentDefinition, componentVersion, configMap, object } from '../../support/definitions.ts'
import { cases } from './cases/index.ts'

const ruleOf = (name: string): ValidationRule => {
  const rule = validationRules.find((candidate) => candidate.code === name)
  if (rule === undefined) throw new Error(`no rule ${name}`)
  return rule
}

/** Findings of one rule as `KIND/NAME path`. */
function found(version: string, name: string, objects: readonly unknown[]): readonly string[] {
  return validateObjects(operatorRelease(version), objects)
    .filter(({ rule }) => rule.code === name)
    .map((finding) => `${textAt(finding.object, 'kind')}/${nameOf(finding.object)} ${finding.path.join('.')}`)
}

test('every rule is tried, and names are sorted and unique', () => {
  const names = validationRules.map(({ code }) => code)
  expect(names).toEqual([...new Set(names)].sort())
  expect([...new Set(cases.map(({ rule }) => rule))].sort()).toEqual(names)
})

describe.each(cases)('$rule: $what', ({ rule, bad, expected, good, releases }) => {
  const versions = releases ?? ruleOf(rule).releases

  test.each(versions)('%s refuses it', (version) => {
    expect(found(version, rule, bad)).toEqual(expected)
    expect(found(version, rule, good)).toEqual([])
  })

  test('other releases do not', () => {
    const others = operatorReleases.filter((release) => !ruleOf(rule).releases.includes(release.version))
    for (const release of others) expect(found(release.version, rule, bad), release.version).toEqual([])
  })

  test('says what happens in a sentence', () => {
    for (const version of versions) {
      const messages = validateObjects(operatorRelease(version), bad).filter((finding) => finding.rule.code === rule)
      for (const { message, rule: by } of messages) {
        expect(message).toMatch(/^["A-Z].*\.$/)
        expect(by.source).toContain('.go')
      }
    }
  })
})

test('what charts beside it bring is there', () => {
  const others = [componentDefinition('etcd-3'), object('ParamConfigRenderer', 'p', { componentDef: 'x' })]
  const objects = [
    object('ClusterDefinition', 'd', { topologies: [{ name: 't', components: [{ name: 'e', compDef: '^etcd-' }] }] }),
    componentVersion('v', [[['^etcd-'], ['a']]], [['a', '1.0.0', {}]]),
    object('SidecarDefinition', 's', { owner: 'etcd-3' }),
    object('ShardingDefinition', 's', { template: { compDef: '^etcd-' } }),
    object('ParamConfigRenderer', 'q', { componentDef: 'etcd-3' }),
    componentDefinition('x', { serviceVersion: '1.0.0', configs: [{ name: 'c', externalManaged: true }] }),
  ]
  const codes = ['topology/elsewhere', 'version/release', 'parameters/component', 'parameters/renderer']
  const said = (beside: readonly unknown[]) => codes.filter((code) => applyRules([ruleOf(code)], operatorRelease('1.0'), objects, beside).length > 0)
  expect(said([])).toEqual(codes)
  expect(said(others)).toEqual([])
})

test('a clean chart of 1.0 has no findings in any release that takes it', () => {
  const definition = componentDefinition('x-1', {
    serviceVersion: '1.0.0',
    runtime: { containers: [{ name: 'x', volumeMounts: [{ name: 'scripts' }, { name: 'data' }] }] },
    scripts: [{ name: 's', template: 'scripts', namespace: 'kb-system', volumeName: 'scripts' }],
    volumes: [{ name: 'data' }],
    vars: [{ name: 'A', valueFrom: { componentVarRef: { replicas: 'Required' } } }],
  })
  const version = componentVersion('x', [[['^x-1$'], ['a']]], [['a', '1.0.0', { x: 'x:1' }]])
  const topology = object(
    'ClusterDefinition',
    'x',
    { topologies: [{ name: 't', default: true, components: [{ name: 'x', compDef: '^x-' }], orders: { provision: ['x'] } }] },
    { annotations: { 'kubeblocks.io/crd-api-version': 'apps.kubeblocks.io/v1' } },
  )
  for (const release of ['1.0', '1.1', '1.2']) {
    expect(validateObjects(operatorRelease(release), [definition, version, topology, configMap('scripts', { a: 'x', b: 'y' })])).toEqual([])
  }
})
