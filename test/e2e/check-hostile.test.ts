import { execFileSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { helmPath, TESTED_HELMS } from '../support/helm.ts'
import { HOSTILE_CHARTS } from '../support/hostile-charts.ts'
import { createWorkspace } from '../support/workspace.ts'

interface Report {
  readonly exitCode: number
  readonly diagnostics: readonly { readonly code: string; readonly severity: string; readonly place?: { readonly line: number } }[]
}

// Those that keep Helm busy run with one Helm: what ends it is not Helm.
const CASES = TESTED_HELMS.flatMap((major, index) =>
  HOSTILE_CHARTS.filter(({ endsHelm = false }) => !endsHelm || index === 0).map((chart) => ({ major, chart, name: chart.name })),
)

test.skipIf(CASES.length === 0).each(CASES)(
  '$name, with Helm $major: a located finding or a clean chart',
  ({ major, chart }) => {
    const workspace = createWorkspace()
    mkdirSync(join(workspace.path, 'x'))
    chart.write(join(workspace.path, 'x'))
    const run = workspace.run(['check', 'x', '--format', 'json'], { HELM_BIN: helmPath(major) })
    expect(run.stderr).toBe('')
    const { exitCode, diagnostics } = JSON.parse(run.stdout) as Report
    const errors = diagnostics.filter(({ severity }) => severity === 'error')
    if (chart.finds.length === 0) expect(errors).toEqual([])
    else expect(errors.filter(({ code, place }) => chart.finds.some((found) => found === code) && (place?.line ?? 0) > 0)).not.toEqual([])
    expect(run.exitCode).toBe(exitCode)
    expect(exitCode).toBe(chart.finds.length === 0 ? 0 : 1)
    expect(run.stdout).not.toContain('\u001b')
  },
  120_000,
)

test('what is not a file in a chart is refused, and nothing waits for it', () => {
  const workspace = createWorkspace({ 'x/Chart.yaml': 'apiVersion: v2\nname: x\nversion: 1.0.0\n' })
  execFileSync('mkfifo', [join(workspace.path, 'x/pipe.yaml')])
  const run = workspace.run(['check', 'x'], { HELM_BIN: '/bin/true' })
  expect(run.stderr).toContain('x/pipe.yaml:1:1 error chart/unsafe-file pipe.yaml is neither a file nor a folder.')
  expect(run.exitCode).toBe(1)
})
