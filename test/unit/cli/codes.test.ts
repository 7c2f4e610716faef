import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { objectRules, sourceRules } from '../../../src/check/rules/index.ts'
import { areaOf, checkCodes, releaseSpan } from '../../../src/cli/codes.ts'
import { ALL } from '../../../src/operator/index.ts'
import { ROOT } from '../../support/workspace.ts'

const codes = checkCodes()

test('every rule is listed once, in order, with all of its kinds, releases and sources', () => {
  const names = codes.map(({ code }) => code)
  expect(names).toEqual([...new Set(names)].sort())
  for (const { code, kinds, releases, source } of objectRules) {
    const listed = codes.find((one) => one.code === code)
    expect(listed?.sources).toContain(source)
    expect(listed?.releases).toEqual(expect.arrayContaining([...releases]))
    expect(listed?.kinds === 'all' || (Array.isArray(kinds) && kinds.every((kind) => listed?.kinds.includes(kind)))).toBe(true)
  }
  for (const { code, source } of sourceRules) expect(codes.find((one) => one.code === code)?.sources).toContain(source)
})

test('so is what the API, Helm and the files of a chart give, and nothing that only schema import says', () => {
  const names: readonly string[] = codes.map(({ code }) => code)
  expect(names).toEqual(expect.arrayContaining(['api/unknown-field', 'api/null', 'helm/template', 'helm/lint', 'chart/metadata']))
  expect(names.filter((name) => /^(addon|load|target|write)\/|^api\/(crd|none)$/.test(name))).toEqual([])
})

/** An example of 1 MiB would be one to scroll past. */
const WITHOUT_EXAMPLE = ['manifest/config-map-size']

describe.each([...new Set([...objectRules, ...sourceRules].map(({ code }) => code))].filter((code) => !WITHOUT_EXAMPLE.includes(code)))(
  '%s',
  (code) => {
    test('has a wrong and a right example on its page', () => {
      const page = readFileSync(join(ROOT, `docs/rules/${areaOf(code)}.md`), 'utf8')
      const start = page.indexOf(`\n## ${code}\n`)
      const wrong = page.indexOf('\n### Wrong\n', start)
      const right = page.indexOf('\n### Right\n', wrong)
      const next = codes
        .filter(({ area }) => area === areaOf(code))
        .map((one) => page.indexOf(`\n## ${one.code}\n`))
        .find((place) => place > start)
      expect(start).toBeGreaterThan(0)
      expect(wrong).toBeGreaterThan(start)
      expect(right).toBeGreaterThan(wrong)
      expect(next ?? page.length).toBeGreaterThan(right)
    })
  },
)

test('releases are said as people say them', () => {
  expect(releaseSpan(ALL)).toBe('all')
  expect(releaseSpan(ALL.slice(4))).toBe('0.9 and later')
  expect(releaseSpan(ALL.slice(0, 4))).toBe('0.5 to 0.8')
  expect(releaseSpan(ALL.slice(-1))).toBe('1.2-alpha')
  expect(releaseSpan(['0.5', '0.9'])).toBe('0.5, 0.9')
  expect(releaseSpan([])).toBe('none')
})
