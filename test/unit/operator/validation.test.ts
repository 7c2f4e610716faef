import { describe, expect, test } from 'vitest'
import { textAt } from '../../../src/objects/index.ts'
import { nameOf, operatorRelease, operatorReleases, type ValidationRule, validateObjects, validationRules } from '../../../src/operator/index.ts'
import { componentDefinition, componentVersion, configMap, object } from '../../support/definitions.ts'
import { actions } from './cases/actions.ts'
import { backups } from './cases/backups.ts'
import { definitions } from './cases/definitions.ts'
import { templates } from './cases/templates.ts'
import { topologies } from './cases/topologies.ts'
import { versions } from './cases/versions.ts'

const CASES = [...actions, ...backups, ...definitions, ...templates, ...topologies, ...versions]

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
  expect([...new Set(CASES.map(({ rule }) => rule))].sort()).toEqual(names)
})

describe.each(CASES)('$rule: $what', ({ rule, bad, expected, good, releases }) => {
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
