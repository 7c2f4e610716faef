import { expect, test } from 'vitest'
import { ALL } from '../../../src/operator/eras.ts'
import { operatorReleases } from '../../../src/operator/index.ts'
import { releases } from '../../../src/targets/index.ts'

test('every release is in an era, and every release that charts are made for has an operator', () => {
  expect(operatorReleases.map(({ version }) => version)).toEqual(ALL)
  for (const { version } of releases) expect(ALL).toContain(version)
})

test('what changed when', () => {
  for (const release of operatorReleases) expect(release.forms.length, release.version).toBeGreaterThan(0)
  expect(operatorReleases.filter(({ gate }) => gate !== undefined).map(({ version }) => version)).toEqual(['1.0', '1.1'])
  expect(operatorReleases.filter(({ injects }) => injects).map(({ version }) => version)).toEqual(['0.5', '0.6', '0.7', '0.8', '0.9'])
  expect(operatorReleases.filter(({ replicasAnnotation }) => replicasAnnotation).map(({ version }) => version)).toEqual(['0.5', '0.6', '0.7', '0.8'])
})
