import { describe, expect, test } from 'vitest'
import type { ChartSource } from '../../src/check/index.ts'
import { objectRules, sourceRules } from '../../src/check/rules/index.ts'
import { textAt } from '../../src/objects/index.ts'
import { applyRules, nameOf, operatorRelease, validationRules } from '../../src/operator/index.ts'
import { expectedFindings, filesIn, objectsIn, type RuleFixture, ruleFixtures } from '../support/rule-fixture.ts'

const fixtures = ruleFixtures()
const operatorCodes: ReadonlySet<string> = new Set(validationRules.map(({ code }) => code))

/** Rules whose fixture would be too large to read; they have a test of their own. */
const ELSEWHERE: readonly string[] = ['manifest/config-map-size']

test('every rule has a failing and a clean fixture', () => {
  // Those of operators have theirs in test/unit/operator/validation.test.ts, which says so itself.
  const own = objectRules.filter(({ code }) => !operatorCodes.has(code) && !ELSEWHERE.includes(code))
  expect(fixtures.map(({ code }) => code)).toEqual([...new Set([...own, ...sourceRules].map(({ code }) => code))].sort())
})

describe.each(fixtures)('$code', (fixture) => {
  test('finds what is bad', () => {
    const found = findingsIn(fixture, 'bad')
    expect(found).toEqual(expectedFindings(fixture, found))
    expect(found.length).toBeGreaterThan(0)
  })

  test('finds nothing in what is good', () => expect(findingsIn(fixture, 'good')).toEqual([]))
})

function findingsIn(fixture: RuleFixture, part: 'bad' | 'good'): readonly string[] {
  const sourceRule = sourceRules.find(({ code }) => code === fixture.code)
  if (sourceRule !== undefined) {
    return sourceRule.check(chartOf(filesIn(fixture, part))).map(({ file, line, column, message }) => `${file}:${line}:${column} ${message}`)
  }
  const objects = objectsIn(fixture, `${part}.yaml`)
  expect(objects.length, 'there are objects to look at').toBeGreaterThan(0)
  const release = operatorRelease(fixture.kubeblocks ?? '1.0')
  const rules = objectRules.filter(({ code }) => code === fixture.code)
  return applyRules(rules, release, objects, objectsIn(fixture, 'others.yaml')).map(
    ({ object, path, message }) => `${textAt(object, 'kind')}/${nameOf(object)} ${path.join('.')}: ${message}`,
  )
}

/** A chart in memory; templates that have `kind:` count as rendered, unless the fixture lists them in a file `rendered`. */
function chartOf(files: ReadonlyMap<string, string>): ChartSource {
  expect(files.size, 'there is a chart to look at').toBeGreaterThan(0)
  const listed = files.get('rendered')?.split('\n')
  const paths = [...files.keys()].filter((path) => path !== 'rendered').sort()
  const isRendered = (path: string) => listed?.includes(path) ?? /^kind:/m.test(files.get(path) ?? '')
  return {
    name: 'fixture',
    paths,
    read: (path) => (path === 'rendered' ? undefined : files.get(path)),
    rendered: new Set(paths.filter((path) => path.startsWith('templates/') && isRendered(path))),
  }
}
