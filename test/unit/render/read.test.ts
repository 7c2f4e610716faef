import { expect, test } from 'vitest'
import type { Finding } from '../../../src/diagnostics/index.ts'
import { readManifests } from '../../../src/render/index.ts'

const TEXT = `# Source: c/templates/a.yaml
apiVersion: v1
kind: List
items:
  - apiVersion: v1
    kind: ConfigMap
    metadata: {name: a}
    data:
      k: 1
      k: 2
  - apiVersion: v1
    kind: ConfigMap
    metadata:
      name: b
---
apiVersion: v1
kind: Pod
metadata:
  name: c
  namespace: d
spec:
  containers: []
---
kind: nothing
---
a: "b
`

function read(text: string) {
  const findings: Finding[] = []
  return { manifests: readManifests(text, 'x.yaml', (finding) => findings.push(finding)), findings }
}

test('objects of several documents and lists have their places in the file', () => {
  const { manifests } = read(TEXT)
  expect(manifests.map(({ kind, name, namespace, template }) => [kind, name, namespace, template])).toEqual([
    ['ConfigMap', 'a', undefined, 'c/templates/a.yaml'],
    ['ConfigMap', 'b', undefined, 'c/templates/a.yaml'],
    ['Pod', 'c', 'd', 'c/templates/a.yaml'],
  ])
  const [a, b, pod] = manifests
  expect(a?.placeOf()).toEqual({ file: 'x.yaml', line: 5, column: 5 })
  expect(b?.placeOf(['metadata', 'name'])).toEqual({ file: 'x.yaml', line: 14, column: 7 })
  expect(pod?.placeOf(['spec', 'containers'])).toEqual({ file: 'x.yaml', line: 22, column: 3 })
  expect(pod?.placeOf('namespace')).toEqual({ file: 'x.yaml', line: 20, column: 3 })
  expect(pod?.related(['spec'])).toEqual([])
})

test('what is no object, no YAML or there twice is reported at its place', () => {
  expect(read(TEXT).findings).toEqual([
    {
      code: 'manifest/duplicate-key',
      message: 'ConfigMap "a": The key "k" is twice in data: the first value is dropped.',
      place: { file: 'x.yaml', line: 10, column: 7 },
    },
    { code: 'helm/output', message: 'x.yaml has something without apiVersion.', place: { file: 'x.yaml', line: 24, column: 1 } },
    {
      code: 'helm/output',
      message: 'x.yaml is not YAML that Kubernetes can read: a quoted text is not closed.',
      place: { file: 'x.yaml', line: 26, column: 4 },
    },
  ])
})

test('a file without source comments is its own template', () => {
  expect(read('apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n').manifests.map(({ template }) => template)).toEqual(['x.yaml'])
})

test('thousands of documents', () => {
  const text = Array.from({ length: 5000 }, (_, index) => `apiVersion: v1\nkind: Pod\nmetadata:\n  name: p${index}\n`).join('---\n')
  const { manifests } = read(text)
  expect(manifests.map(({ placeOf }) => placeOf(['metadata', 'name']).line)).toEqual(manifests.map((_, index) => index * 5 + 4))
})
