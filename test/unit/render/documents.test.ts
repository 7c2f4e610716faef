import { expect, test } from 'vitest'
import { readDocuments } from '../../../src/render/documents.ts'

/** What Helm makes of a scalar (sigs.k8s.io/yaml: YAML 1.1, without dates and without base 60). */
test.each([
  ['2006-01-02T15:04:05Z', '2006-01-02T15:04:05Z'],
  ['2024-01-01', '2024-01-01'],
  ['1:30', '1:30'],
  ['yes', true],
  ['0777', 511],
  ['~', null],
  ['1.5', 1.5],
])('%s is read as %j', (yaml, value) => {
  expect(readDocuments(`# Source: c/templates/a.yaml\na: ${yaml}\n`, 'c')).toEqual([{ template: 'templates/a.yaml', value: { a: value } }])
})
