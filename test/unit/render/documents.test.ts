import { expect, test } from 'vitest'
import { createLineCounter, readDocuments } from '../../../src/render/documents.ts'

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
  expect(readDocuments(`# Source: c/templates/a.yaml\na: ${yaml}\n`, 'c')).toMatchObject([{ template: 'templates/a.yaml', value: { a: value } }])
})

test('documents are split where Helm splits them, and know where they begin', () => {
  const output = '---\n# Source: c/templates/a.yaml\na: |\n  ---\n  b\n---\n# Source: c/charts/d/templates/e.yaml\nb: 1\n'
  const documents = readDocuments(output, 'c').filter(({ value }) => value !== null)
  expect(documents.map(({ template, value }) => [template, value])).toEqual([
    ['templates/a.yaml', { a: '---\nb\n' }],
    ['charts/d/templates/e.yaml', { b: 1 }],
  ])
  expect(documents.map(({ text, offset }) => output.slice(offset, offset + text.length) === text)).toEqual([true, true])
})

test('lines and columns of offsets', () => {
  const at = createLineCounter('a\nbc\n\nd')
  expect([0, 1, 2, 3, 5, 6].map((offset) => at(offset))).toEqual([
    { line: 1, column: 1 },
    { line: 1, column: 2 },
    { line: 2, column: 1 },
    { line: 2, column: 2 },
    { line: 3, column: 1 },
    { line: 4, column: 1 },
  ])
})
