import fc from 'fast-check'
import { expect, test } from 'vitest'
import { didYouMean, suggest } from '../../../src/diagnostics/index.ts'

const settings = { seed: Number(process.env.FUZZ_SEED ?? 42), numRuns: Number(process.env.FUZZ_RUNS ?? 300) }
const word = fc.stringMatching(/^[a-z][a-z0-9-]{5,14}$/)

test.each([
  ['prot', ['port', 'path'], 'port'],
  ['imgae', ['image', 'init'], 'image'],
  ['Components', ['components'], 'components'],
  ['contianers', ['containers', 'container'], 'containers'],
  ['metricz', ['client', 'metrics'], 'metrics'],
  ['flavour', ['engine', 'version'], undefined],
  ['a', ['b'], undefined],
  ['', ['a', 'ab'], undefined],
  ['tool', [], undefined],
])('%j among %j: %j', (text, candidates, expected) => {
  expect(didYouMean(text, candidates)).toBe(expected)
})

test('what is there is meant', () => {
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 8 }), fc.nat(), (words, index) => {
      const chosen = words[index % words.length] ?? ''
      expect(didYouMean(chosen, words)).toBe(chosen)
    }),
    settings,
  )
})

test('one slip of the fingers in a word of six letters or more is seen through', () => {
  fc.assert(
    fc.property(word, fc.nat(), fc.constantFrom('drop', 'double', 'change', 'swap', 'upper'), (chosen, at, kind) => {
      const i = at % (chosen.length - 1)
      const typo = {
        drop: chosen.slice(0, i) + chosen.slice(i + 1),
        double: chosen.slice(0, i) + chosen.charAt(i) + chosen.slice(i),
        change: `${chosen.slice(0, i)}_${chosen.slice(i + 1)}`,
        swap: chosen.slice(0, i) + chosen.charAt(i + 1) + chosen.charAt(i) + chosen.slice(i + 2),
        upper: chosen.toUpperCase(),
      }[kind]
      expect(didYouMean(typo, ['QQQQQQQQQQ', chosen, 'zz'])).toBe(chosen)
    }),
    settings,
  )
})

test('only what is there is ever suggested, and nothing that is far away', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 20 }), fc.array(fc.string({ maxLength: 20 }), { maxLength: 10 }), (text, words) => {
      const best = didYouMean(text, words)
      if (best === undefined) return
      expect(words).toContain(best)
      expect(Math.abs(best.toLowerCase().length - text.toLowerCase().length)).toBeLessThanOrEqual(2)
      // More than half of the letters are shared.
      const shared = [...best.toLowerCase()].filter((letter) => text.toLowerCase().includes(letter)).length
      expect(shared * 3).toBeGreaterThanOrEqual(best.length)
    }),
    settings,
  )
})

test('the hint names the best, else all, else says there is none', () => {
  expect(suggest('prot', ['port'])).toBe('did you mean "port"?')
  expect(suggest('x', ['port', 'path'])).toBe('choose one of: port, path')
  expect(suggest('x', [])).toBe('there is none to choose from')
  expect(
    suggest(
      'x',
      Array.from({ length: 31 }, (_, i) => `name${i}`),
    ),
  ).toMatch(/, \.\.\.$/)
})
