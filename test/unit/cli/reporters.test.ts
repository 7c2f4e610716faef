import { expect, test } from 'vitest'
import { github } from '../../../src/cli/reporters/github.ts'
import { junit } from '../../../src/cli/reporters/junit.ts'
import { sarif } from '../../../src/cli/reporters/sarif.ts'
import type { Diagnostic, Severity } from '../../../src/diagnostics/index.ts'
import { runOf } from '../../support/hostile-run.ts'
import { sarifValidator } from '../../support/sarif-schema.ts'
import { readXml } from '../../support/xml.ts'

function finding(file: string, line: number, message: string, more: Partial<Diagnostic> = {}): Diagnostic {
  return { code: 'reference/volume', severity: 'error', message, place: { file, line, column: 1 }, ...more }
}

interface SarifResult {
  readonly locations: readonly [{ readonly physicalLocation: { readonly artifactLocation: { readonly uri: string; readonly uriBaseId?: string } } }]
  readonly partialFingerprints: Readonly<Record<string, string>>
}

function resultsOf(diagnostics: readonly Diagnostic[]): readonly SarifResult[] {
  return (JSON.parse(sarif(runOf({ diagnostics }))) as { readonly runs: readonly [{ readonly results: readonly SarifResult[] }] }).runs[0].results
}

const fingerprints = (...diagnostics: readonly Diagnostic[]) => resultsOf(diagnostics).map((result) => result.partialFingerprints['addonsmith/v1'])

test('a SARIF fingerprint survives lines added above and releases added to the check, and nothing else', () => {
  const [before] = fingerprints(finding('x.yaml', 3, 'Volume "a" at x.yaml:3:1.'))
  expect(fingerprints(finding('x.yaml', 9, 'Volume "a" at x.yaml:9:1.'))).toEqual([before])
  expect(fingerprints(finding('x.yaml', 3, 'In KubeBlocks 0.9, 1.0 Volume "a" at x.yaml:3:1.', { kubeblocks: ['0.9', '1.0'] }))).toEqual([before])
  expect(fingerprints(finding('y.yaml', 3, 'Volume "a" at x.yaml:3:1.'))).not.toEqual([before])
  expect(fingerprints(finding('x.yaml', 3, 'Volume "b" at x.yaml:3:1.'))).not.toEqual([before])
  const twice = fingerprints(finding('x.yaml', 3, 'Volume.'), finding('x.yaml', 4, 'Volume.'))
  expect(new Set(twice).size).toBe(2)
})

test('SARIF names files from the root, percent-encoded, and those outside by their whole path', () => {
  const files = ['a b#c.yaml', './ä/100%.yaml', 'x.tgz/templates/a.yaml', '../up.yaml', '../../out/x y.yaml', '/elsewhere/x.yaml']
  const found = resultsOf(files.map((file) => finding(file, 1, 'Volume.')))
  expect(found.map(({ locations }) => locations[0].physicalLocation.artifactLocation)).toEqual([
    { uri: 'work/a%20b%23c.yaml', uriBaseId: '%SRCROOT%' },
    { uri: 'work/%C3%A4/100%25.yaml', uriBaseId: '%SRCROOT%' },
    { uri: 'work/x.tgz/templates/a.yaml', uriBaseId: '%SRCROOT%' },
    { uri: 'up.yaml', uriBaseId: '%SRCROOT%' },
    { uri: 'file:///out/x%20y.yaml' },
    { uri: 'file:///elsewhere/x.yaml' },
  ])
})

test('the schema of SARIF refuses what is none', () => {
  const validate = sarifValidator()
  const log = JSON.parse(sarif(runOf({ diagnostics: [finding('x.yaml', 1, 'Volume.')] }))) as { readonly runs: readonly object[] }
  expect(validate(log)).toBe(true)
  expect(validate({ ...log, runs: [{ ...log.runs[0], results: [{ level: 'info', message: { text: 'x' } }] }] })).toBe(false)
  expect(validate(JSON.parse(JSON.stringify(log).replace('work/x.yaml', 'work/x y.yaml')))).toBe(false)
})

test('JUnit has a suite for each subject, files of other subjects apart, and fails for what fails the run', () => {
  const results = [
    { subject: 'charts/a', state: 'checked' as const },
    { subject: 'charts/a/charts/b', state: 'checked' as const },
    { subject: 'c.tgz', state: 'checked' as const },
  ]
  const warning = { code: 'helm/lint', severity: 'warning' } as const
  const root = readXml(
    junit(
      runOf({
        results,
        diagnostics: [
          finding('charts/a/x.yaml', 1, 'First.'),
          finding('charts/a/x.yaml', 2, 'Second.'),
          finding('charts/a/charts/b/x.yaml', 1, 'Inner.', warning),
          finding('other.yaml', 1, 'Other.'),
          { code: 'write/stale', severity: 'error', message: 'Nowhere.' },
        ],
      }),
    ),
  )
  const shown = root.children.map((suite) => [
    suite.attributes.name,
    ...suite.children.map((one) => `${one.attributes.name} ${one.children.map(({ name }) => name).join() || 'passed'}`),
  ])
  expect(shown).toEqual([
    ['charts/a', 'reference/volume failure'],
    ['charts/a/charts/b', 'helm/lint system-out'],
    ['c.tgz', 'check passed'],
    ['other.yaml', 'reference/volume failure'],
    ['addonsmith check', 'write/stale failure'],
  ])
  expect(root.attributes).toMatchObject({ tests: '5', failures: '3', skipped: '0' })
})

test('annotations of GitHub come worst first, and more than it shows is said', () => {
  const of = (severity: Severity, count: number) => Array.from({ length: count }, (_, index) => finding('x.yaml', index + 1, 'Volume.', { severity }))
  const lines = github(runOf({ diagnostics: [...of('info', 1), ...of('error', 11)] })).split('\n')
  expect(lines.filter((line) => line.startsWith('::')).map((line) => line.split(' ')[0])).toEqual([...Array(11).fill('::error'), '::notice'])
  expect(lines.slice(-3)).toEqual(['11 errors, 1 info', 'GitHub shows 10 annotations of a level for each step; this log has all.', ''])
  expect(github(runOf({ diagnostics: of('error', 10) }))).not.toContain('GitHub shows')
})

test('a file that GitHub does not know is named in the message', () => {
  expect(github(runOf({ diagnostics: [finding('/elsewhere/x.yaml', 2, 'Volume.', { severity: 'info' })] }))).toMatch(
    /^::notice title=reference\/volume::\/elsewhere\/x\.yaml:2:1 Volume\.\n/,
  )
})
