import { describe, expect, test } from 'vitest'
import { createFinder, type Target } from '../../../src/render/places.ts'

const TEMPLATE = `{{- if .Values.enabled }}
apiVersion: v1
kind: ConfigMap
metadata:
  name: first
data:
  a: kind
---
apiVersion: v1
kind: ComponentDefinition
metadata:
  name: db-{{ .Chart.Version }}
spec:
  services:
    - name: default
      serviceName: client
    # another
    {{- range .Values.services }}
    - name: peer
      serviceName:
    {{- end }}
  runtime:
    containers:
      - name: db
        env:
        - name: A
          value: a
        - name: B
          value: b
---
apiVersion: v1
kind: ComponentDefinition
metadata:
  name: db-cluster-{{ .Chart.Version }}
spec:
  runtime: {}
`.split('\n')

const at = (line: number) => TEMPLATE[line - 1]?.trim()
const finder = createFinder(TEMPLATE.join('\n'))
const find = (name: string, target?: Target, kind = 'ComponentDefinition') => finder({ kind, name }, target)

describe('a path is found', () => {
  test('in the item that it counts to', () => {
    expect(find('db-1', ['spec', 'services', 0, 'serviceName']).line).toBe(16)
    expect(find('db-1', ['spec', 'services', 1, 'serviceName'])).toEqual({ line: 20, column: 7, exact: false })
    expect(find('db-1', ['spec', 'services', 0, 'name']).line).toBe(15)
  })
  test('where a list stands as deep as its key', () => {
    expect(at(find('db-1', ['spec', 'runtime', 'containers', 0, 'env', 1, 'value']).line)).toBe('value: b')
  })
  test('as far as its keys stand in the template', () => {
    expect(at(find('db-1', ['spec', 'runtime', 'containers', 0, 'image', 'x']).line)).toBe('- name: db')
    expect(at(find('db-1', ['spec', 'runtime', 'volumes', 0, 'name']).line)).toBe('runtime:')
    expect(at(find('db-1', ['spec', 'services', 7]).line)).toBe('- name: peer')
    expect(at(find('db-1', ['status']).line)).toBe('apiVersion: v1')
  })
  test('in the document of the object', () => {
    expect(find('db-cluster-1', ['spec', 'runtime']).line).toBe(TEMPLATE.indexOf('  runtime: {}') + 1)
    expect(find('db-1', ['spec', 'runtime']).line).toBe(TEMPLATE.indexOf('  runtime:') + 1)
  })
})

test('a text is found in the document of the object, or anywhere', () => {
  expect(find('db-1', 'kind').line).toBe(10)
  expect(find('db-1', 'first').line).toBe(5)
  expect(find('db-1', 'nowhere').line).toBe(9)
})

test('without anything to look for it is the beginning of the document', () => {
  expect(find('db-cluster-1').line).toBe(TEMPLATE.lastIndexOf('apiVersion: v1') + 1)
  expect(find('first', undefined, 'ConfigMap').line).toBe(2)
  expect(createFinder('')(undefined)).toEqual({ line: 1, column: 1, exact: false })
})

/** Lines of a template, and a finder that knows the rendered value. */
function finderOf(text: string, value: unknown) {
  const find = createFinder(text)
  return (...path: readonly (string | number)[]) => {
    const { line, exact } = find({ kind: 'Pod', name: 'a', value }, path)
    return [text.split('\n')[line - 1]?.trim(), exact]
  }
}

describe('it is said whether the line is exact', () => {
  test('items beside a loop are found by their names', () => {
    const text = `kind: Pod
containers:
  {{- range .Values.more }}
  - name: {{ . }}
    image: x
  {{- end }}
  - name: last
    image: y
`
    const find = finderOf(text, { containers: [{ name: 'one' }, { name: 'two' }, { name: 'last' }] })
    expect(find('containers', 2, 'image')).toEqual(['image: y', true])
    expect(find('containers', 0, 'image')).toEqual(['image: x', true])
    expect(find('containers', 1, 'image')).toEqual(['image: x', true])
  })
  test('of the branches of a condition that which was rendered', () => {
    const text = `kind: Pod
{{- if .Values.a }}
image: a
{{- else }}
image: {{ .Values.b }}
{{- end }}
`
    expect(finderOf(text, { image: 'a' })('image')).toEqual(['image: a', true])
    expect(finderOf(text, { image: 'z' })('image')).toEqual(['image: a', false])
  })
  test('not for what a helper or toYaml gives', () => {
    const text = `kind: Pod
metadata:
  labels: {{- include "labels" . | nindent 4 }}
spec:
  {{- toYaml .Values.spec | nindent 2 }}
`
    expect(finderOf(text, {})('metadata', 'labels', 'x')).toEqual(['labels: {{- include "labels" . | nindent 4 }}', false])
    expect(finderOf(text, {})('spec', 'nodeName')).toEqual(['spec:', false])
  })
  test('a key is not taken from deeper down', () => {
    const text = `kind: Pod
spec:
  volumes:
    - name: data
  name: pod
`
    expect(finderOf(text, {})('spec', 'name')).toEqual(['name: pod', true])
  })
  test('a key that is there twice', () => {
    const find = createFinder('kind: Pod\nenv: a\nenv: b\n')
    expect(find({ kind: 'Pod', name: 'a' }, ['env'], true)).toEqual({ line: 3, column: 1, exact: true })
  })
})

test('many questions about a long template take time in proportion', () => {
  const items = 20_000
  const find = createFinder(`kind: Pod\nitems:\n${Array.from({ length: items }, (_, index) => `  - key: v${index}\n`).join('')}`)
  for (let index = 0; index < 2000; index++) expect(find({ kind: 'Pod', name: 'a' }, ['items', index * 10, 'key']).line).toBe(index * 10 + 3)
})
