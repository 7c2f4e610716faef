import fc from 'fast-check'
import { pathsFrom } from '../../src/cli/reporters/paths.ts'
import type { Run } from '../../src/cli/reporters/run.ts'
import { type Code, catalogue, type Diagnostic } from '../../src/diagnostics/index.ts'
import { nasty } from './adversarial.ts'

/** Texts that drive a reader of some report: runners, terminals, XML parsers, pages, viewers of SARIF. */
const HOSTILE: readonly string[] = [
  '::error::x',
  '\n::add-mask::x',
  ' ::stop-commands::x',
  '##[add-mask]x',
  '##[command]',
  '%0A::error::x',
  ']]>',
  '<!--',
  '<script>alert(1)</script>',
  '&lt;',
  '&#1;',
  '"><x a="',
  "'",
  '[x](http://example.com)',
  '![x](http://example.com/x.png)',
  '</details>',
  '@nobody',
  '```',
  '````',
  '| x |',
  '\u001b[31m',
  '\u009b31m',
  '\ud800',
  'a b#c?d%41.yaml',
  'ä/ö.yaml',
  ',title=x',
  '1. x',
]

export const hostile: fc.Arbitrary<string> = fc
  .array(fc.oneof(fc.constantFrom(...HOSTILE), nasty), { minLength: 1, maxLength: 4 })
  .map((parts) => parts.join(''))

/** Paths as they are shown: below the root, in an archive, elsewhere on the machine. */
const file: fc.Arbitrary<string> = fc
  .tuple(fc.constantFrom('', 'charts/x/', 'x.tgz/templates/', '../', '/elsewhere/', './'), hostile)
  // Neither a name nor a path holds NUL.
  .map(([folder, name]) => `${folder}${name.replaceAll('\0', '')}`)

const place = fc.record({ file, line: fc.integer({ min: 1, max: 99 }), column: fc.integer({ min: 1, max: 99 }) })
const codes = Object.keys(catalogue) as Code[]

const diagnostic: fc.Arbitrary<Diagnostic> = fc
  .record(
    {
      code: fc.constantFrom(...codes.slice(0, 3), ...codes.slice(-3)),
      message: hostile,
      place,
      hint: hostile,
      kubeblocks: fc.subarray(['0.9', '1.0'], { minLength: 1 }),
      related: fc.array(fc.record({ place, message: hostile }), { maxLength: 2 }),
    },
    { requiredKeys: ['code', 'message'] },
  )
  .map((finding) => ({ ...finding, severity: catalogue[finding.code].severity }))

/** Runs in which every text that comes from a chart or the command line is hostile. */
export const hostileRun: fc.Arbitrary<Run> = fc
  .record({
    diagnostics: fc.array(diagnostic, { maxLength: 6 }),
    notChecked: fc.array(hostile, { maxLength: 2 }),
    lines: fc.array(hostile, { maxLength: 2 }),
    subjects: fc.array(file, { maxLength: 2 }),
  })
  .map(({ diagnostics, notChecked, lines, subjects }) =>
    runOf({ diagnostics, notChecked, lines, results: subjects.map((subject) => ({ subject, state: 'checked' as const })) }),
  )

/** A run of `check` in /repo/work of a repository at /repo. */
export function runOf(parts: Partial<Run>): Run {
  return {
    command: 'check',
    exitCode: 1,
    version: '1.2.3',
    diagnostics: [],
    results: [],
    notChecked: [],
    lines: [],
    notes: [],
    failing: ['error'],
    fromRoot: pathsFrom('/repo', '/repo/work'),
    readSource: () => undefined,
    ...parts,
  }
}
