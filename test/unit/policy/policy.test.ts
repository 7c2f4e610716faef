import { expect, test } from 'vitest'
import { createSink, type Diagnostic } from '../../../src/diagnostics/index.ts'
import { judge, newFindings, readBaseline, readSuppressions, suppress } from '../../../src/policy/index.ts'

const finding = (line: number, code: Diagnostic['code'] = 'image/mutable-tag', severity: Diagnostic['severity'] = 'error'): Diagnostic => ({
  code,
  severity,
  message: 'm',
  place: { file: 'a.yaml', line, column: 1 },
})

function read(text: string) {
  const sink = createSink()
  return { suppressions: readSuppressions('a.yaml', text, sink.report), problems: sink.all().map(({ message }) => message) }
}

test.each([
  ['# addonsmith-ignore image/mutable-tag -- meant\nimage: a\n', 2],
  ['# addonsmith-ignore image/mutable-tag -- meant\n\n  # another comment\nimage: a\n', 4],
  ['{{- /* addonsmith-ignore image/mutable-tag -- meant */ -}}\nimage: a\n', 2],
  ['a: 1\nimage: a # addonsmith-ignore image/mutable-tag -- meant\n', 2],
  ['# addonsmith-ignore reference/volume, image/mutable-tag -- both are meant\nimage: a\n', 2],
])('%j is for line %i alone', (text, line) => {
  const { suppressions, problems } = read(text)
  expect(problems).toEqual([])
  expect(suppress([finding(line)], suppressions)).toMatchObject({ kept: [], suppressed: 1, unused: [] })
  expect(suppress([finding(line + 1)], suppressions).kept).toHaveLength(1)
  expect(suppress([finding(line, 'reference/script')], suppressions).kept).toHaveLength(1)
})

test('a file can be left out for a code', () => {
  const { suppressions } = read('a: 1\n# addonsmith-ignore-file image/mutable-tag -- an example\n')
  expect(suppress([finding(1), finding(99)], suppressions)).toMatchObject({ kept: [], suppressed: 2 })
})

test.each([
  ['# addonsmith-ignore image/mutable-tag\n', 'gives no reason'],
  ['# addonsmith-ignore image/mutable-tag --\n', 'gives no reason'],
  ['# addonsmith-ignore image/mutable-tg -- x\n', 'no code "image/mutable-tg"'],
  ['# addonsmith-ignore -- x\n', 'names no code'],
  ['# addonsmith-ignore toString -- x\n', 'no code "toString"'],
])('%j says nothing', (text, problem) => {
  const { suppressions, problems } = read(text)
  expect(suppressions).toEqual([])
  expect(problems.join()).toContain(problem)
})

test('a suppression of nothing is told', () => {
  const { suppressions } = read('x\n# addonsmith-ignore image/mutable-tag -- meant\nimage: a\n')
  expect(suppress([], suppressions).unused).toEqual([expect.objectContaining({ file: 'a.yaml', codes: ['image/mutable-tag'], at: 2, column: 3 })])
})

test('a preset, an area and a code say what comes of a finding, the nearest of them', () => {
  const severities = { 'image/*': 'warning', 'reference/script': 'off', 'reference/*': 'info' } as const
  const judged = judge([finding(1), finding(2, 'reference/script'), finding(3, 'reference/volume'), finding(4, 'api/null', 'warning')], {
    preset: 'strict',
    severities,
  })
  expect(judged.map(({ place, severity }) => [place?.line, severity])).toEqual([
    [1, 'warning'],
    [3, 'info'],
    [4, 'error'],
  ])
})

test('of equal findings, those beyond the number in the baseline are new, wherever they moved', () => {
  const baseline = readBaseline(JSON.stringify({ diagnostics: [finding(1), finding(5)] }))
  if (baseline === undefined) throw new Error('it is a report')
  expect(newFindings([finding(7), finding(8)], baseline)).toEqual([])
  expect(newFindings([finding(7), finding(8), finding(9)], baseline).map(({ place }) => place?.line)).toEqual([9])
  expect(newFindings([finding(7, 'reference/script')], baseline)).toHaveLength(1)
})

test('lines and releases in a message do not make a finding new', () => {
  const said = (message: string, kubeblocks: readonly string[]): Diagnostic => ({ ...finding(1), message, kubeblocks })
  const baseline = readBaseline(JSON.stringify({ diagnostics: [said('In KubeBlocks 1.0 It is given on line 5 too (a.yaml:3:1).', ['1.0'])] }))
  if (baseline === undefined) throw new Error('it is a report')
  expect(newFindings([said('In KubeBlocks 1.1 It is given on line 6 too (a.yaml:4:2).', ['1.1'])], baseline)).toEqual([])
  expect(newFindings([said('In KubeBlocks 1.1 It is given on line 6.', ['1.1'])], baseline)).toHaveLength(1)
})

test.each(['', '{', '[]', '{}', '{"diagnostics":1}', 'null'])('%j is no report', (text) => expect(readBaseline(text)).toBeUndefined())
