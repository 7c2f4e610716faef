import { expect, test } from 'vitest'
import { type Command, commandsIn, type Operand, type Pipeline, parseAction } from '../../../src/gotemplate/index.ts'

/** A parsed action in short: operands by their kind, commands by `|`. */
function show(code: string): string | undefined {
  const parsed = parseAction(code)
  if (parsed === undefined) return undefined
  const { keyword, name, pipeline } = parsed
  return [keyword ?? [], name === undefined ? [] : `"${name}"`, pipeline === undefined ? [] : showPipeline(pipeline)].flat().join(' ')
}

function showPipeline({ variables, commands }: Pipeline): string {
  const given = variables.length === 0 ? '' : `${variables.join(', ')} = `
  return given + commands.map((command: Command) => command.map(showOperand).join(' ')).join(' | ')
}

function showOperand(operand: Operand): string {
  switch (operand.kind) {
    case 'text':
      return `text(${operand.value})`
    case 'number':
      return `number(${operand.text})`
    case 'constant':
    case 'function':
      return `${operand.kind}(${operand.name})`
    case 'field':
      return `field(${[operand.root, ...operand.names].join('/')})`
    case 'group':
      return `(${showPipeline(operand.pipeline)})${operand.names.map((name) => `/${name}`).join('')}`
  }
}

test.for([
  ['.Values.a.b', 'field(/Values/a/b)'],
  ['.', 'field()'],
  ['$', 'field($)'],
  ['$.Values.a', 'field($/Values/a)'],
  ['$x.a', 'field($x/a)'],
  ['default .Values.x "a|b)"', 'function(default) field(/Values/x) text(a|b))'],
  ['"a" | default .b | quote', 'text(a) | function(default) field(/b) | function(quote)'],
  ['f (g `r"w` | h) -1.5 .5 1e+6 0x1F', 'function(f) (function(g) text(r"w) | function(h)) number(-1.5) number(.5) number(1e+6) number(0x1F)'],
  ['(.Files.Glob "a").AsConfig', '(field(/Files/Glob) text(a))/AsConfig'],
  ['"\\u00e4\\"\\x41"', 'text(\\u00e4\\"\\x41)'],
  ['"\\u00e4\\""', 'text(ä")'],
  ["'}'", "text('}')"],
  ['true | not nil', 'constant(true) | function(not) constant(nil)'],
  ['$a := .b', '$a = field(/b)'],
  ['$a = 1', '$a = number(1)'],
  ['range $k, $v := .m', 'range $k, $v = field(/m)'],
  ['range .m', 'range field(/m)'],
  ['if and .a\n  (not .b)', 'if function(and) field(/a) (function(not) field(/b))'],
  ['else', 'else'],
  ['else if .a', 'else if field(/a)'],
  ['end', 'end'],
  ['define "a.b"', 'define "a.b"'],
  ['template "a" .', 'template "a" field()'],
  ['block "a" $', 'block "a" field($)'],
  ['.endpoint', 'field(/endpoint)'],
  ['iffy .a', 'function(iffy) field(/a)'],
  ['.größe', 'field(/größe)'],
] as const)('%j is %j', ([code, shown]) => expect(show(code)).toBe(shown))

test.for([
  '',
  ' ',
  '/* a */',
  '(',
  '(.a',
  '.a)',
  '| .a',
  '.a |',
  '.a || .b',
  '"a',
  '{ .a',
  '.a ? .b',
  'define',
  'define .a',
  '()',
  `${'('.repeat(200)}.a${')'.repeat(200)}`,
])('%j is no action', (code) => expect(parseAction(code)).toBeUndefined())

test('operands know where they stand', () => {
  const pipeline = parseAction('if eq .a  (f "x" $.b)')?.pipeline
  const offsets =
    pipeline === undefined
      ? []
      : commandsIn(pipeline)
          .flat()
          .map(({ offset }) => offset)
  expect(offsets).toEqual([3, 6, 10, 11, 13, 17])
})

test('a long action costs what its length says', () => {
  expect(parseAction(`printf "${'x'.repeat(1_000_000)}"`)).toBeDefined()
  expect(parseAction(`list ${'.a '.repeat(300_000)}`)).toBeDefined()
  expect(parseAction('('.repeat(1_000_000))).toBeUndefined()
  expect(parseAction(`"${'\\'.repeat(1_000_001)}`)).toBeUndefined()
})
