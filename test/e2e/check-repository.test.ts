import { expect, test } from 'vitest'
import { helmPath, TESTED_HELMS } from '../support/helm.ts'
import { createWorkspace, type Workspace } from '../support/workspace.ts'

const gate = 'annotations: {kubeblocks.io/crd-api-version: apps.kubeblocks.io/v1}'
const chartYaml = (name: string, more = '') =>
  `apiVersion: v2\nname: ${name}\nversion: 1.0.0\nannotations:\n  addon.kubeblocks.io/kubeblocks-version: ">=1.0.0"\n${more}`

const definition = (name: string, image = 'example/x:1.0.0') => `---
apiVersion: apps.kubeblocks.io/v1
kind: ComponentDefinition
metadata:
  name: ${name}
  ${gate}
spec:
  serviceVersion: 1.0.0
  runtime:
    containers:
      - name: x
        image: ${image}
`

const topology = (name: string, ...patterns: readonly string[]) => `---
apiVersion: apps.kubeblocks.io/v1
kind: ClusterDefinition
metadata:
  name: ${name}
  ${gate}
spec:
  topologies:
    - name: all
      components:
${patterns.map((pattern, index) => `        - {name: c${index}, compDef: ${pattern}}`).join('\n')}
`

/** A repository of charts that need each other, a library, and one that is not there. */
function repository(): Workspace {
  return createWorkspace({
    'addons/lib/Chart.yaml': 'apiVersion: v2\nname: lib\nversion: 1.0.0\ntype: library\n',
    'addons/lib/templates/_image.tpl': '{{- define "lib.image" -}}example/db:latest{{- end -}}\n',
    'addons/db/Chart.yaml': chartYaml('db', 'dependencies:\n  - {name: lib, version: 1.0.0, repository: file://../lib}\n'),
    'addons/db/templates/all.yaml': definition('db-1', '{{ include "lib.image" . }}') + topology('db', '^db-', '^keeper-', '^nobody-'),
    'addons/keeper/Chart.yaml': chartYaml('keeper'),
    'addons/keeper/templates/all.yaml': definition('keeper-1'),
    'addons/lost/Chart.yaml': chartYaml('lost', 'dependencies:\n  - {name: far, version: 1.0.0, repository: https://charts.example}\n'),
    'addons/lost/templates/all.yaml': definition('lost-1', 'example/lost'),
    'addons/wild/Chart.yaml': chartYaml('wild', 'dependencies:\n  - {name: far, version: 1.0.0, repository: https://charts.example}\n'),
    'addons/wild/templates/all.yaml': '{{ include "far.all" . }}\n',
  })
}

interface Report {
  readonly summary: { readonly notChecked: readonly string[] }
  readonly diagnostics: readonly {
    readonly code: string
    readonly severity: string
    readonly message: string
    readonly place: { readonly file: string }
  }[]
}

const [major] = TESTED_HELMS
const check = (workspace: Workspace, ...args: readonly string[]) =>
  workspace.run(['check', ...args, '--format', 'json'], { HELM_BIN: major === undefined ? '' : helmPath(major) })

test.skipIf(major === undefined)('references lead from chart to chart, and what is missing hides nothing else', () => {
  const workspace = repository()
  const { diagnostics, summary } = JSON.parse(check(workspace, 'addons').stdout) as Report
  const said = diagnostics.filter(({ severity }) => severity !== 'info').map(({ code, place, message }) => `${place.file} ${code} ${message}`)
  expect(said.map((line) => line.split(' ').slice(0, 2).join(' '))).toEqual(
    [
      'addons/db/templates/all.yaml topology/elsewhere',
      'addons/db/templates/all.yaml image/mutable-tag',
      'addons/lost/Chart.yaml chart/dependency',
      'addons/lost/templates/all.yaml image/mutable-tag',
      'addons/wild/Chart.yaml chart/dependency',
    ].sort(),
  )
  expect(said.join('\n')).toContain('nobody')
  expect(said.join('\n')).not.toContain('keeper')
  expect(summary.notChecked).toEqual([
    'addons/lib is a library chart, which Helm does not render by itself',
    expect.stringContaining('addons/wild cannot be rendered without far: Helm says:'),
  ])
})

test.skipIf(major === undefined)('what stands alone is not known to be there, unless it is declared', () => {
  const workspace = repository()
  const elsewhere = () => (JSON.parse(check(workspace, 'addons/db').stdout) as Report).diagnostics.filter(({ code }) => code === 'topology/elsewhere')
  expect(elsewhere()).toHaveLength(2)
  workspace.write('addonsmith.config.yaml', 'check:\n  externals: [ComponentDefinition/keeper-1, ComponentDefinition/nobody-7]\n')
  expect(elsewhere()).toEqual([])
})

test.skipIf(major === undefined)('findings are the same, in the same order, for every number of jobs', () => {
  const workspace = repository()
  const one = check(workspace, 'addons', '--jobs', '1')
  for (const jobs of ['2', '7', '1']) expect(check(workspace, 'addons', '--jobs', jobs)).toEqual(one)
  expect(workspace.run(['check', 'addons', '--jobs', '0']).exitCode).toBe(2)
})
