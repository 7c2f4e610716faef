import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { catalogue } from '../../src/diagnostics/index.ts'
import { ROOT } from '../support/workspace.ts'
import { draw, errorsIn, keyOf, RELEASES } from './draw.ts'

/** A finding in a published chart that somebody looked at. */
interface Judged {
  readonly kubeblocks: string
  readonly chart: string
  readonly object: string
  readonly file: string
  readonly code: string
  readonly message: string
  readonly verdict: 'true' | 'false'
  readonly reason: string
}

const VERDICTS = JSON.parse(readFileSync(join(ROOT, 'test/verdicts/verdicts.json'), 'utf8')) as readonly Judged[]
const corpus = process.env.ADDONSMITH_CORPUS ?? ''
const isThere = corpus !== '' && RELEASES.every((release) => existsSync(join(corpus, release, 'addons')))

test('each verdict is about a finding of its own, by a code that there is, with a reason', () => {
  expect(new Set(VERDICTS.map(keyOf)).size).toBe(VERDICTS.length)
  expect(VERDICTS.length).toBeGreaterThanOrEqual(60)
  for (const { code, reason, verdict, kubeblocks } of VERDICTS) {
    expect(Object.keys(catalogue)).toContain(code)
    expect(reason).toMatch(/\.$/)
    expect(['true', 'false']).toContain(verdict)
    expect(RELEASES).toContain(kubeblocks)
  }
})

test('a draw is the same whatever the order, and another for another seed', () => {
  const findings = VERDICTS.map((verdict) => ({ ...verdict, line: 1 }))
  expect(draw([...findings].reverse(), 'a', 10)).toEqual(draw(findings, 'a', 10))
  expect(draw(findings, 'b', 10)).not.toEqual(draw(findings, 'a', 10))
})

// ADDONSMITH_CORPUS has a folder `<release>/addons` of published charts for each release.
test.skipIf(!isThere)('true findings are found in the published charts, false ones are not', { timeout: 300_000 }, () => {
  const found = new Set(RELEASES.flatMap((release) => errorsIn(corpus, release)).map(keyOf))
  expect(VERDICTS.filter((judged) => found.has(keyOf(judged)) !== (judged.verdict === 'true'))).toEqual([])
})
