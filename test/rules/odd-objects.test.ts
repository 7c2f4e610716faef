import { expect, test } from 'vitest'
import { objectRules } from '../../src/check/rules/index.ts'
import { applyRules, operatorRelease } from '../../src/operator/index.ts'
import { objectsIn, ruleFixtures } from '../support/rule-fixture.ts'
import { cases } from '../unit/operator/cases/index.ts'

/** What nobody would write, and what templates give nevertheless. */
const ODD: readonly unknown[] = [null, 1, 'text', [], {}, [null], { name: 1 }]

/** Objects that have all that a rule looks at. */
const KNOWN: readonly (readonly [code: string, kubeblocks: string | undefined, objects: readonly unknown[]])[] = [
  ...ruleFixtures().flatMap((fixture) =>
    ['bad.yaml', 'good.yaml'].map((part) => [fixture.code, fixture.kubeblocks, objectsIn(fixture, part)] as const),
  ),
  ...cases.flatMap(({ rule, bad, good, releases }) => [[rule, releases?.[0], bad] as const, [rule, releases?.[0], good] as const]),
]

type Step = string | number

/** The ways to everything in a value. */
function pathsIn(value: unknown, path: readonly Step[] = []): readonly (readonly Step[])[] {
  if (typeof value !== 'object' || value === null) return [path]
  const entries = Array.isArray(value) ? value.map((item, index) => [index, item] as const) : Object.entries(value)
  return [path, ...entries.flatMap(([key, item]) => pathsIn(item, [...path, key]))]
}

/** A copy with something else at a path. */
function withOdd(value: unknown, [step, ...rest]: readonly Step[], odd: unknown): unknown {
  if (step === undefined) return odd
  if (Array.isArray(value)) return value.map((item, index) => (index === step ? withOdd(item, rest, odd) : item))
  return { ...Object(value), [step]: withOdd(Object(value)[step], rest, odd) }
}

test('something odd in any place of what rules look at gives no exception', () => {
  let tried = 0
  const failed: string[] = []
  for (const [code, kubeblocks, objects] of KNOWN) {
    const rules = objectRules.filter((rule) => rule.code === code)
    const release = operatorRelease(kubeblocks ?? rules[0]?.releases.at(-1) ?? '1.0')
    for (const path of rules.length === 0 ? [] : pathsIn(objects).filter(({ length }) => length > 1)) {
      for (const odd of ODD) {
        const changed = withOdd(objects, path, odd) as readonly unknown[]
        tried++
        try {
          applyRules(rules, release, changed, changed)
        } catch (error) {
          failed.push(`${code} ${path.join('.')} ${JSON.stringify(odd)}: ${String(error)}`)
        }
      }
    }
  }
  expect(failed.slice(0, 20)).toEqual([])
  expect(tried).toBeGreaterThan(10_000)
})
