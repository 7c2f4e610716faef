import fc from 'fast-check'
import { expect, test } from 'vitest'
import { codeFrame } from '../../../src/diagnostics/index.ts'

const settings = { seed: Number(process.env.FUZZ_SEED ?? 42), numRuns: Number(process.env.FUZZ_RUNS ?? 500) }

test('shows the line, the one before it, and a caret below the column', () => {
  expect(codeFrame('a: 1\nb: 2\nc: 3\n', 2, 4)).toBe('  1 | a: 1\n> 2 | b: 2\n    |    ^')
  expect(codeFrame('x\n\nc: 3', 3, 1)).toBe('> 3 | c: 3\n    | ^')
})

test('pads the number of the line before', () => {
  expect(codeFrame(`${'a\n'.repeat(9)}b`, 10, 1)).toBe('   9 | a\n> 10 | b\n     | ^')
})

test('a carriage return ends no line by itself, and is not shown at an end of a line', () => {
  expect(codeFrame('a: 1\r\nb: 2\r\n', 2, 4)).toBe('  1 | a: 1\n> 2 | b: 2\n    |    ^')
  expect(codeFrame('a\rb\nc', 2, 1)).toBe('  1 | a\\u000db\n> 2 | c\n    | ^')
})

test('the caret stands below its column behind tabs, escapes and in long lines', () => {
  const caretOver = (text: string, column: number) => {
    const [row = '', caret = ''] = codeFrame(text, 1, column).split('\n')
    return row[caret.indexOf('^')]
  }
  expect(caretOver('\t\tX', 3)).toBe('X')
  expect(caretOver('\u001b\u202eX', 3)).toBe('X')
  expect(caretOver(`${'a'.repeat(500)}X${'b'.repeat(500)}`, 501)).toBe('X')
})

test('a frame never holds control characters or direction marks, is not wide, and has its caret below a column', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom('\n', '\r', '\t', '\u001b', '\u007f', '\u0085', '\u009b', '\u2028', '\u202e', '\ufeff', 'a', ' ') }),
  )
  fc.assert(
    fc.property(text, fc.nat(200), fc.nat(400), (source, row, at) => {
      const lines = source.split('\n')
      const line = (row % lines.length) + 1
      const frame = codeFrame(source, line, (at % ((lines[line - 1] ?? '').length + 1)) + 1)
      // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is looked for
      expect(frame).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/)
      expect(frame.split('\n').at(-1)).toMatch(/^ +\| *\^$/)
    }),
    settings,
  )
})

test('there is no frame for a line that does not exist', () => {
  expect(codeFrame('a', 2, 1)).toBe('')
})
