import { execFileSync } from 'node:child_process'
import { linkSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { helmPath } from '../../support/helm.ts'
import { CHART, rawArchive } from '../../support/raw-tar.ts'
import { createWorkspace, type Run, type Workspace } from '../../support/workspace.ts'

const helm = () => helmPath(4) || helmPath(3)

/** A chart by hand, small and clean: a ClusterDefinition, its ClusterVersion, its scripts, its backup. */
const TEMPLATE = `apiVersion: apps.kubeblocks.io/v1alpha1
kind: ClusterDefinition
metadata:
  name: db
spec:
  connectionCredential:
    port: $(SVC_PORT_client)
  componentDefs:
    - name: main
      workloadType: Stateful
      scriptSpecs:
        - {name: db-scripts, templateRef: db-scripts, namespace: "{{ .Release.Namespace }}", volumeName: scripts}
      configSpecs:
        - {name: db-config, templateRef: db-config, namespace: "{{ .Release.Namespace }}", volumeName: config, constraintRef: db-constraint}
      service:
        ports: [{name: client, port: 1, targetPort: client}]
      podSpec:
        containers:
          - name: engine
            command: [/scripts/start.sh]
            ports: [{name: client, containerPort: 1}]
            volumeMounts: [{name: scripts, mountPath: /scripts}, {name: config, mountPath: /config}]
---
apiVersion: apps.kubeblocks.io/v1alpha1
kind: ClusterVersion
metadata:
  name: db-1
spec:
  clusterDefinitionRef: db
  componentVersions:
    - componentDefRef: main
      versionsContext:
        containers: [{name: engine, image: example/db:1.0.0}]
---
apiVersion: apps.kubeblocks.io/v1alpha1
kind: BackupPolicyTemplate
metadata:
  name: db-policy
  labels: {clusterdefinition.kubeblocks.io/name: db}
spec:
  clusterDefinitionRef: db
  backupPolicies:
    - componentDefRef: main
      datafile: {backupToolName: db-tool}
---
apiVersion: dataprotection.kubeblocks.io/v1alpha1
kind: BackupTool
metadata:
  name: db-tool
spec:
  image: example/tool:1.0.0
  backupCommands: [sh, -c, dump]
  physical: {}
---
apiVersion: apps.kubeblocks.io/v1alpha1
kind: ConfigConstraint
metadata:
  name: db-constraint
spec: {formatterConfig: {format: ini}}
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: db-scripts
  namespace: "{{ .Release.Namespace }}"
data:
  start.sh: |
    #!/bin/sh
    echo
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: db-config
  namespace: "{{ .Release.Namespace }}"
data:
  c.conf: a
`

/** One text of the clean chart, what to write in its place, and the code that must be found: a failing fixture for each rule. */
const BREAKS: readonly (readonly [code: string, from: string, to: string])[] = [
  ['api/kind', 'dataprotection.kubeblocks.io/v1alpha1', 'dataprotection.kubeblocks.io/v1'],
  ['api/missing-field', '      workloadType: Stateful\n', ''],
  ['api/null', '      workloadType: Stateful\n', '      workloadType: Stateful\n      characterType:\n'],
  ['api/type', '      workloadType: Stateful\n', '      workloadType:\n'],
  ['api/other-release', '      workloadType: Stateful\n', '      workloadType: Stateful\n      rsmSpec: {}\n'],
  ['api/rule', 'workloadType: Stateful', 'workloadType: Consensus'],
  ['api/type', 'containerPort: 1}', 'containerPort: one}'],
  ['api/unknown-field', 'scriptSpecs:', 'scriptsSpecs: []\n      scriptSpecs:'],
  ['api/value', 'workloadType: Stateful', 'workloadType: Statefull'],
  ['image/mutable-tag', 'example/db:1.0.0', 'example/db:latest'],
  ['image/mutable-tag', 'example/tool:1.0.0', 'example/tool'],
  [
    'manifest/duplicate-object',
    '{format: ini}}\n',
    '{format: ini}}\n---\napiVersion: apps.kubeblocks.io/v1alpha1\nkind: ConfigConstraint\nmetadata:\n  name: db-constraint\nspec: {formatterConfig: {format: ini}}\n',
  ],
  ['template/config-map', 'templateRef: db-scripts, namespace: "{{ .Release.Namespace }}",', 'templateRef: db-scripts,'],
  ['backup/tool', 'backupToolName: db-tool', 'backupToolName: db-tol'],
  ['backup/definition', 'clusterDefinitionRef: db\n  backupPolicies', 'clusterDefinitionRef: dbx\n  backupPolicies'],
  ['backup/component', 'componentDefRef: main\n      datafile', 'componentDefRef: mian\n      datafile'],
  ['template/constraint', 'constraintRef: db-constraint', 'constraintRef: db-constraints'],
  ['template/config-map', 'templateRef: db-config', 'templateRef: db-conf'],
  ['reference/credential-port', '$(SVC_PORT_client)', '$(SVC_PORT_cliemt)'],
  ['reference/image', '[{name: engine, image: example/db:1.0.0}]', '[{name: engin, image: example/db:1.0.0}]'],
  ['reference/script', '/scripts/start.sh', '/scripts/strat.sh'],
  ['reference/service-port', 'targetPort: client', 'targetPort: clent'],
  ['reference/volume', '{name: config, mountPath: /config}', '{name: conf, mountPath: /config}'],
]

function chart(template: string, extra: Readonly<Record<string, string>> = {}): Workspace {
  const files = {
    'Chart.yaml': 'apiVersion: v2\nname: db\nversion: 1.0.0\nannotations: {addonsmith.dev/kubeblocks: "0.6"}\n',
    'values.yaml': '{}\n',
    'templates/all.yaml': template,
    ...extra,
  }
  return createWorkspace(Object.fromEntries(Object.entries(files).map(([path, content]) => [`db/${path}`, content])))
}

interface Found {
  readonly exitCode: number | null
  readonly codes: readonly string[]
  readonly files: readonly (string | undefined)[]
  readonly notChecked: readonly string[]
}

function check(workspace: Workspace, subject: string): Found {
  const run: Run = workspace.run(['check', subject, '--format', 'json'], { HELM_BIN: helm() })
  const { diagnostics, summary } = JSON.parse(run.stdout) as {
    readonly diagnostics: readonly { readonly code: string; readonly severity: string; readonly place?: { readonly file: string } }[]
    readonly summary: { readonly notChecked: readonly string[] }
  }
  const findings = diagnostics.filter(({ severity }) => severity !== 'info')
  return {
    exitCode: run.exitCode,
    codes: [...new Set(findings.map(({ code }) => code))],
    files: findings.map(({ place }) => place?.file),
    notChecked: summary.notChecked,
  }
}

describe('check, on a chart written by hand', () => {
  test('a clean one has no finding, as a folder and as an archive', (context) => {
    if (helm() === '' && process.env.CI_STRICT !== '1') context.skip('there is no Helm on this machine')
    const workspace = chart(TEMPLATE)
    execFileSync('tar', ['-czf', 'db.tgz', 'db'], { cwd: workspace.path })
    for (const subject of ['db', 'db.tgz']) expect(check(workspace, subject)).toEqual({ exitCode: 0, codes: [], files: [], notChecked: [] })
  })

  test.for(BREAKS)('%s is found where %j becomes %j', ([code, from, to], context) => {
    if (helm() === '' && process.env.CI_STRICT !== '1') context.skip('there is no Helm on this machine')
    expect(TEMPLATE).toContain(from)
    const workspace = chart(TEMPLATE.replace(from, to))
    const { exitCode, codes, files } = check(workspace, 'db')
    // The webhook of the operator says the same of it once more.
    expect(codes).toEqual(code === 'api/rule' ? [code, 'definition/consensus'] : [code])
    expect(exitCode).toBe(['api/null', 'backup/definition', 'reference/volume'].includes(code) ? 0 : 1)
    expect(new Set(files)).toEqual(new Set(['db/templates/all.yaml']))
  })

  test('a chart that does not say its release is checked against the one that fits, which is said', (context) => {
    if (helm() === '' && process.env.CI_STRICT !== '1') context.skip('there is no Helm on this machine')
    const workspace = chart(TEMPLATE, { 'Chart.yaml': 'apiVersion: v2\nname: db\nversion: 1.0.0\n' })
    const run = workspace.run(['check', 'db'], { HELM_BIN: helm() })
    expect(run.stdout).toBe('db: checked for KubeBlocks 0.6 (inferred from its objects)\n')
    expect(run.exitCode).toBe(0)
  })

  test('each finding stands in an archive too', (context) => {
    if (helm() === '' && process.env.CI_STRICT !== '1') context.skip('there is no Helm on this machine')
    const broken = BREAKS.filter(([code]) => code === 'reference/volume' || code === 'image/mutable-tag').reduce(
      (text, [, from, to]) => text.replace(from, to),
      TEMPLATE,
    )
    const workspace = chart(broken)
    execFileSync('tar', ['-czf', 'db.tgz', 'db'], { cwd: workspace.path })
    expect([...check(workspace, 'db.tgz').codes].sort()).toEqual(['image/mutable-tag', 'reference/volume'])
  })

  test.for([
    ['chart/metadata', { 'Chart.yaml': 'apiVersion: v2\nname: db\n' }],
    ['chart/metadata', { 'Chart.yaml': 'apiVersion: v2\nname: db\nversion: one\n' }],
    ['helm/template', { 'templates/bad.yaml': '{{ .Values.a.b.c }}' }],
    ['helm/template', { 'templates/bad.yaml': '{{ if }}' }],
    ['helm/output', { 'templates/bad.yaml': 'a: b\n' }],
    ['helm/output', { 'templates/bad.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {}\n' }],
  ] as const)('%s: %j', ([code, extra], context) => {
    if (helm() === '' && process.env.CI_STRICT !== '1') context.skip('there is no Helm on this machine')
    const { exitCode, codes } = check(chart(TEMPLATE, extra), 'db')
    expect([exitCode, codes.includes(code)]).toEqual([1, true])
  })
})

describe('what is no plain file in a chart folder is refused, and Helm does not see it', () => {
  test.for([
    ['a link out of the chart', (folder: string) => symlinkSync('/etc/hostname', join(folder, 'files.txt'))],
    ['a link inside', (folder: string) => symlinkSync('values.yaml', join(folder, 'other.yaml'))],
    ['a dangling link', (folder: string) => symlinkSync('nowhere', join(folder, 'gone'))],
    ['a linked folder', (folder: string) => symlinkSync('/etc', join(folder, 'etc'))],
    ['a loop', (folder: string) => symlinkSync('.', join(folder, 'loop'))],
    ['a pipe', (folder: string) => execFileSync('mkfifo', [join(folder, 'pipe')])],
  ] as const)('%s', ([, make], context) => {
    if (helm() === '' && process.env.CI_STRICT !== '1') context.skip('there is no Helm on this machine')
    const workspace = chart(TEMPLATE)
    make(join(workspace.path, 'db'))
    const { exitCode, codes, notChecked } = check(workspace, 'db')
    expect([exitCode, codes]).toEqual([1, ['chart/unsafe-file']])
    expect(notChecked).toHaveLength(1)
  })

  test('a hard link is a file like any other', (context) => {
    if (helm() === '' && process.env.CI_STRICT !== '1') context.skip('there is no Helm on this machine')
    const workspace = chart(TEMPLATE)
    mkdirSync(join(workspace.path, 'db/files'))
    writeFileSync(join(workspace.path, 'db/files/a'), 'a')
    linkSync(join(workspace.path, 'db/files/a'), join(workspace.path, 'db/files/b'))
    expect(check(workspace, 'db').codes).toEqual([])
  })
})

test('an archive that is fine and has no templates is checked', (context) => {
  if (helm() === '' && process.env.CI_STRICT !== '1') context.skip('there is no Helm on this machine')
  const workspace = createWorkspace({ 'x.tgz': rawArchive([CHART]) })
  expect(check(workspace, 'x.tgz').exitCode).toBe(0)
})
