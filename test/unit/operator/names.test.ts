import { expect, test } from 'vitest'
import {
  accountSecretName,
  connectionSecretName,
  envMapName,
  frozenPart,
  mutableFields,
  nameLimit,
  nameProblem,
  operatorRelease,
  operatorReleases,
  podFqdn,
  podHost,
  podName,
  serviceObjectName,
  shortPodFqdn,
  templateMapName,
} from '../../../src/operator/index.ts'
import { componentDefinition, object } from '../../support/definitions.ts'

test('names that operators make', () => {
  expect(podName('c', 'x', 2)).toBe('c-x-2')
  expect(shortPodFqdn('c', 'x', 'c-x-2', 'ns')).toBe('c-x-2.c-x-headless.ns.svc')
  expect(podFqdn('c', 'x', 'c-x-2', 'ns', 'cluster.local')).toBe('c-x-2.c-x-headless.ns.svc.cluster.local')
  expect(podHost('c', 'x', 'c-x-2')).toBe('c-x-2.c-x-headless')
  expect(serviceObjectName('c', 'x', '')).toBe('c-x')
  expect(serviceObjectName('c', 'x', 'admin')).toBe('c-x-admin')
  expect(accountSecretName('c', 'x', 'kb_admin')).toBe('c-x-account-kb-admin')
  expect(connectionSecretName('c')).toBe('c-conn-credential')
  expect(envMapName('c', 'x', 'rsm-env')).toBe('c-x-rsm-env')
  expect(templateMapName('c', 'x', 'scripts')).toBe('c-x-scripts')
})

test('limits change with the release', () => {
  const limits = (item: Parameters<typeof nameLimit>[1]) => operatorReleases.map((release) => nameLimit(release, item)?.length)
  expect(limits('componentDef')).toEqual([18, 22, 22, 22, 22, undefined, undefined, undefined])
  expect(limits('componentDefinition')).toEqual([undefined, undefined, undefined, 22, 63, 63, 63, 63])
  expect(limits('template')).toEqual([59, 59, 59, 59, 59, 63, 63, 63])
  expect(limits('configConstraint')).toEqual([51, 51, 51, 51, 51, undefined, undefined, undefined])
  expect(limits('volume')).toEqual([32, 63, 63, 63, 63, 63, 63, 63])
})

test('why a name cannot stand', () => {
  const release = operatorRelease('0.6')
  expect(nameProblem(release, 'componentDef', 'x'.repeat(23))).toBe('has 23 characters, and KubeBlocks 0.6 takes 22')
  expect(nameProblem(release, 'componentDef', 'X')).toContain('lower case')
  expect(nameProblem(release, 'componentDef', 'qdrant')).toBeUndefined()
  expect(nameProblem(release, 'topology', 'any')).toBeUndefined()
})

test('what is frozen', () => {
  const spec = { provider: 'p', exporter: {}, podUpdatePolicy: 'x', runtime: { containers: [] } }
  expect(operatorReleases.map((release) => mutableFields(release, 'ComponentDefinition')?.length)).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
    5,
    7,
    7,
    7,
  ])
  expect(frozenPart(operatorRelease('0.9'), componentDefinition('x', spec))).toEqual({ podUpdatePolicy: 'x', runtime: { containers: [] } })
  expect(frozenPart(operatorRelease('1.0'), componentDefinition('x', spec))).toEqual({ runtime: { containers: [] } })
  expect(frozenPart(operatorRelease('0.8'), componentDefinition('x', spec))).toBeUndefined()
  expect(frozenPart(operatorRelease('1.0'), object('ShardingDefinition', 'x', spec))).toEqual(spec)
  expect(frozenPart(operatorRelease('1.0'), object('ClusterDefinition', 'x', spec))).toBeUndefined()
  const skipping = object('ComponentDefinition', 'x', spec, { annotations: { 'apps.kubeblocks.io/skip-immutable-check': 'TRUE' } })
  expect(frozenPart(operatorRelease('1.0'), skipping)).toBeUndefined()
})
