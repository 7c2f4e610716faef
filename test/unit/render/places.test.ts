import { describe, expect, test } from 'vitest'
import { findInTemplate } from '../../../src/render/places.ts'

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
const find = (name: string, target?: Parameters<typeof findInTemplate>[2], kind = 'ComponentDefinition') =>
  findInTemplate(TEMPLATE.join('\n'), { kind, name }, target)

describe('a path is found', () => {
  test('in the item that it counts to', () => {
    expect(find('db-1', ['spec', 'services', 0, 'serviceName']).line).toBe(16)
    expect(find('db-1', ['spec', 'services', 1, 'serviceName'])).toEqual({ line: 20, column: 7 })
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
  expect(findInTemplate('', undefined)).toEqual({ line: 1, column: 1 })
})
