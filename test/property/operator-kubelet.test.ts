import fc from 'fast-check'
import { expect, test } from 'vitest'
import { expand as expandedByOperator } from '../../src/operator/index.ts'
import { escapeForKubelet } from '../../src/targets/shared/backup-scripts.ts'
import { nasty, SEED, TEXTS } from '../support/adversarial.ts'

/**
 * What the kubelet makes of a command: `$(NAME)` becomes the variable, or stays when there is no such variable; `$$` becomes `$`;
 * a `$` before anything else, and a reference without an end, stay as they are.
 */
function expand(text: string, variables: ReadonlyMap<string, string>): string {
  let result = ''
  let i = 0
  while (i < text.length) {
    const next = text[i + 1]
    if (text[i] !== '$' || next === undefined) result += text[i++]
    else if (next === '$') {
      result += '$'
      i += 2
    } else if (next === '(') {
      const close = text.indexOf(')', i + 2)
      if (close < 0) {
        result += '$('
        i += 2
      } else {
        const name = text.slice(i + 2, close)
        result += variables.get(name) ?? `$(${name})`
        i = close + 1
      }
    } else {
      result += `$${next}`
      i += 2
    }
  }
  return result
}

const VARIABLES = new Map([
  ['X', 'EXPANDED'],
  ['', 'EXPANDED'],
  ['date', 'EXPANDED'],
])
const shell = fc
  .array(fc.constantFrom('$', '$$', '(', ')', '$(', 'X', 'date', '{', '}', '"', '\n', '$(X)', '$$(X)', '$$$'), { maxLength: 12 })
  .map((parts) => parts.join(''))

test('the stand-in expands as the kubelet documents it', () => {
  expect(expand('$(X) $$(X) $$$(X) $(Y) $(X $a $', VARIABLES)).toBe('EXPANDED $(X) $EXPANDED $(Y) $(X $a $')
})

test(`escaping is undone exactly by the kubelet, for all texts (seed ${SEED})`, () => {
  for (const text of TEXTS) expect(expand(escapeForKubelet(text), VARIABLES)).toBe(text)
  fc.assert(
    fc.property(fc.oneof(shell, nasty, fc.string({ unit: 'binary' })), (text) => {
      expect(expand(escapeForKubelet(text), VARIABLES)).toBe(text)
      expect(expand(escapeForKubelet(text), new Map())).toBe(text)
    }),
    { seed: SEED, numRuns: Number(process.env.FUZZ_RUNS ?? 5000) },
  )
})

test('the stand-in for whole pods expands as this one does', () => {
  fc.assert(
    fc.property(fc.oneof(shell, nasty), (text) => {
      expect(expandedByOperator(text, VARIABLES)).toBe(expand(text, VARIABLES))
    }),
    { seed: SEED, numRuns: Number(process.env.FUZZ_RUNS ?? 2000) },
  )
})

test('nothing else is touched', () => {
  fc.assert(
    fc.property(
      nasty.filter((text) => !text.includes('$')),
      (text) => escapeForKubelet(text) === text,
    ),
    { seed: SEED, numRuns: 500 },
  )
})
