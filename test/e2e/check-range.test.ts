import { expect, test } from 'vitest'
import { helmPath, TESTED_HELMS } from '../support/helm.ts'
import { createWorkspace } from '../support/workspace.ts'

interface Report {
  readonly diagnostics: readonly {
    readonly code: string
    readonly severity: string
    readonly message: string
    readonly hint?: string
    readonly place: object
  }[]
}

const [major] = TESTED_HELMS
const OLD = `apiVersion: apps.kubeblocks.io/v1alpha1
kind: ClusterDefinition
metadata: {name: db, labels: {a: b}}
spec:
  componentDefs: [{name: main, workloadType: Stateful, podSpec: {containers: [{name: db, image: "db:1"}]}}]
---
apiVersion: apps.kubeblocks.io/v1alpha1
kind: ClusterVersion
metadata: {name: db-1}
spec: {clusterDefinitionRef: db, componentVersions: [{componentDefRef: main, versionsContext: {containers: [{name: db, image: "db:1"}]}}]}
`
const definition = (account: string) => `apiVersion: apps.kubeblocks.io/v1
kind: ComponentDefinition
metadata: {name: db-1, annotations: {kubeblocks.io/crd-api-version: apps.kubeblocks.io/v1}}
spec:
  serviceVersion: 1.0.0
  runtime: {containers: [{name: db, image: "db:1.0.0"}]}
  systemAccounts: [{name: root, ${account}: {length: 9}}]
`

/** What is said about the range of a chart. */
function about(range: string, template: string, ...args: readonly string[]) {
  const workspace = createWorkspace({
    'db/Chart.yaml': `apiVersion: v2\nname: db\nversion: 1.0.0\nannotations:\n  addon.kubeblocks.io/kubeblocks-version: "${range}"\n`,
    'db/templates/all.yaml': template,
  })
  const { stdout } = workspace.run(['check', 'db', '--no-lint', '--format', 'json', ...args], {
    HELM_BIN: major === undefined ? '' : helmPath(major),
  })
  return (JSON.parse(stdout) as Report).diagnostics.filter(({ code }) => code.startsWith('chart/kubeblocks'))
}

test.skipIf(major === undefined)('an open range lets an old chart into releases without its kinds', () => {
  const [finding, ...others] = about('>=0.8.0', OLD)
  expect(others).toEqual([])
  expect(finding).toMatchObject({
    code: 'chart/kubeblocks-ceiling',
    severity: 'error',
    place: { file: 'db/Chart.yaml', line: 5 },
    hint: 'let the range end with <1.0.0',
  })
  expect(finding?.message).toBe(
    'The range ">=0.8.0" lets the chart into KubeBlocks 1.0, 1.1 and 1.2-alpha, where ClusterVersion "db-1" does not work: KubeBlocks 1.0 has no kind ClusterVersion; it exists until 0.9.',
  )
})

test.skipIf(major === undefined)('a range that begins too low', () => {
  const [finding, ...others] = about('>=0.9.0, <1.2.0', definition('passwordGenerationPolicy'))
  expect(others).toEqual([])
  expect(finding).toMatchObject({ code: 'chart/kubeblocks-floor', severity: 'error', hint: 'let the range begin with >=1.0.0' })
  expect(finding?.message).toMatch(/into KubeBlocks 0\.9, where ComponentDefinition "db-1" does not work: .*apps\.kubeblocks\.io\/v1alpha1\.$/)
})

test.skipIf(major === undefined)('a release that drops a field', () => {
  const [finding, ...others] = about('>=1.0.0', definition('passwordGenerationPolicy'))
  expect(others).toEqual([])
  expect(finding).toMatchObject({ code: 'chart/kubeblocks-loss', severity: 'warning', hint: 'let the range end with <1.2.0' })
  expect(finding?.message).toMatch(/into KubeBlocks 1\.2-alpha, where part of ComponentDefinition "db-1" is dropped: .*"passwordGenerationPolicy"/)
})

test.skipIf(major === undefined)('what is taken everywhere, cannot be judged, or was not asked about', () => {
  expect(about('>=0.8.0, <1.0.0', OLD)).toEqual([])
  expect(about('>=1.0.0, <1.2.0', definition('passwordGenerationPolicy'))).toEqual([])
  expect(about('>=1.1.0, <9.0.0', definition('passwordConfig'))).toEqual([])
  expect(about('>=0.8.0', OLD, '--kubeblocks', '0.8')).toEqual([])
})

test.skipIf(major === undefined)('what is wrong in the release of the chart too is said there alone', () => {
  expect(about('>=1.1.0', definition('passwordConfg'))).toEqual([])
})
