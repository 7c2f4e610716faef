import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { objectRules, sourceRules } from '../../src/check/rules/index.ts'
import ambiguousScalar from '../../src/check/rules/values/ambiguous-scalar.ts'
import { catalogue } from '../../src/diagnostics/index.ts'
import { applyRules, operatorRelease, validationRules } from '../../src/operator/index.ts'
import { object } from '../support/definitions.ts'
import { ROOT } from '../support/workspace.ts'

test('a key is to be quoted, and a value is to be one thing or the other', () => {
  const files = new Map([
    ['values.yaml', 'on: 1\nb: on\n'],
    ['templates/a.yaml', 'kind: ConfigMap\noff: a\n'],
  ])
  const chart = { name: 'c', paths: [...files.keys()], read: (path: string) => files.get(path), rendered: undefined }
  expect(ambiguousScalar.check(chart).map(({ hint }) => hint)).toEqual(['quote the key: "on"', 'write true or "on"', 'quote the key: "off"'])
})

test('an annotation of another version is not said to be missing', () => {
  const annotation = 'kubeblocks.io/crd-api-version'
  const said = (annotations: object) =>
    applyRules(
      validationRules.filter(({ code }) => code === 'gate/crd-api-version'),
      operatorRelease('1.0'),
      [object('ComponentDefinition', 'x', {}, { annotations })],
    ).map(({ message }) => message)
  expect(said({})).toEqual([`Without the annotation ${annotation}: apps.kubeblocks.io/v1 KubeBlocks 1.0 ignores the object, and says nothing.`])
  expect(said({ [annotation]: 'apps.kubeblocks.io/v1alpha1' })).toEqual([
    `The annotation ${annotation} is "apps.kubeblocks.io/v1alpha1", not "apps.kubeblocks.io/v1", so KubeBlocks 1.0 ignores the object, and says nothing.`,
  ])
})

test('what is a waste and breaks nothing is no error', () => {
  expect(catalogue['reference/volume'].severity).toBe('warning')
  expect(catalogue['reference/role'].severity).toBe('warning')
  expect(catalogue['reference/empty-key'].severity).toBe('info')
})

test('what a rule rests on is a file or a page that anybody can open', () => {
  const said = [...objectRules, ...sourceRules].map(({ code, source }) => `${code}: ${source}`)
  expect(said.filter((text) => /API\.md|HELM-FACTS|corpus|incident/i.test(text))).toEqual([])
  for (const [, path = ''] of said.join('\n').matchAll(/\b(test\/[\w./-]+)/g)) expect(existsSync(join(ROOT, path)), path).toBe(true)
})
