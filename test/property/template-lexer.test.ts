import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  assertOnlyActions,
  type Code,
  concat,
  type Entry,
  expr,
  fileContent,
  firstOf,
  type Item,
  include,
  items,
  lexActions,
  map,
  type Node,
  pair,
  print,
  release,
  scalar,
  toJson,
  values,
} from '../../src/gotemplate/index.ts'
import { nasty, SEED } from '../support/adversarial.ts'

const RUNS = { seed: SEED, numRuns: Number(process.env.FUZZ_RUNS ?? 300) }

const code: fc.Arbitrary<Code> = fc.oneof(
  fc.tuple(nasty, nasty).map((path) => values(...path)),
  fc.constantFrom('Name', 'Namespace').map((field) => release(field)),
  nasty.map(include),
  nasty.map((path) => toJson(fileContent(path))),
  fc.tuple(nasty, nasty).map(([a, b]) => firstOf(values(a), values(b))),
)

const number = fc.oneof(fc.integer(), fc.constantFrom(0.5, -1.25))

/** Any tree that lowering could make. */
const { node } = fc.letrec<{ node: Node; entry: Entry; item: Item }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.oneof(nasty, number, fc.boolean(), fc.constant(null)).map((value) => scalar(value)),
    fc.tuple(code, fc.constantFrom('string', 'raw', 'yaml', 'block', 'block-strip')).map(([go, as]) => expr(go, as)),
    fc.array(fc.oneof(nasty, code), { maxLength: 5 }).map((parts) => concat(parts)),
    fc.array(tie('entry'), { maxLength: 4 }).map((entries) => map(entries)),
    fc.array(tie('item'), { maxLength: 4 }).map((list) => items(list)),
  ),
  entry: fc.oneof(
    { depthSize: 'small' },
    fc.tuple(nasty, tie('node'), fc.option(nasty, { nil: undefined })).map(([key, value, comment]): Entry => ({ kind: 'pair', key, value, comment })),
    code.map((go): Entry => ({ kind: 'spread', code: go })),
    fc.tuple(code, fc.array(tie('entry'), { maxLength: 3 })).map(([condition, body]): Entry => ({ kind: 'if', condition, body })),
  ),
  item: fc.oneof(
    { depthSize: 'small' },
    tie('node').map((value): Item => ({ kind: 'item', value })),
    fc.tuple(code, fc.array(tie('item'), { maxLength: 3 })).map(([condition, body]): Item => ({ kind: 'if', condition, body })),
  ),
}))

/** Trees of maps and lists, as documents are. */
const documents = fc.array(
  fc.tuple(nasty, node).map(([key, value]) => map(pair(key, value))),
  { minLength: 1, maxLength: 3 },
)

describe('the lexer', () => {
  test('reads exactly the actions that the printer wrote, for all trees', () => {
    fc.assert(
      fc.property(documents, (trees) => {
        const printed = print(trees)
        assertOnlyActions('any.yaml', printed)
        expect(printed.origins).toHaveLength(printed.text.split('\n').length - 1)
      }),
      RUNS,
    )
  })

  test('finds an action smuggled in anywhere', () => {
    fc.assert(
      fc.property(documents, fc.nat(), fc.constantFrom('{{ .Values.x }}', '{{- fail "x" -}}', '{{/* c */}}', '{{`a`}}'), (trees, at, smuggled) => {
        const printed = print(trees)
        const position = at % (printed.text.length + 1)
        const text = printed.text.slice(0, position) + smuggled + printed.text.slice(position)
        // Inside a string of another action it changes that action's code; inside a text it is one more.
        expect(() => assertOnlyActions('any.yaml', { ...printed, text })).toThrow()
      }),
      RUNS,
    )
  })

  test('finds an action that does not end', () => {
    fc.assert(
      fc.property(documents, fc.constantFrom('{{', '{{ "', '{{ `', '{{/* ', "{{ '", '{{-'), (trees, open) => {
        const printed = print(trees)
        const read = lexActions(printed.text + open)
        expect(read.at(-1)).toEqual({ code: undefined, offset: printed.text.length })
        expect(() => assertOnlyActions('any.yaml', { ...printed, text: printed.text + open })).toThrow()
      }),
      RUNS,
    )
  })

  test('never fails on any text, and what it finds stands where it says', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        for (const { code, offset } of lexActions(text)) {
          expect(text.slice(offset, offset + 2)).toBe('{{')
          if (code !== undefined) expect(text.slice(offset)).toContain(code)
        }
      }),
      RUNS,
    )
  })
})
