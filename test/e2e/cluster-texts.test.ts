import { describe, expect, test } from 'vitest'
import type { CompiledChart } from '../../src/pipeline.ts'
import { ADDONS, compileAddon, RELEASES } from '../support/compile-addon.ts'
import { decoded, folderOf, templateText } from '../support/scratch-chart.ts'

async function clusterChart(name: string, version: string): Promise<CompiledChart> {
  const [, folder = ''] = ADDONS.find(([addon]) => addon === name) ?? []
  const { cluster } = await compileAddon(folder, version)
  if (cluster === undefined) throw new Error('there is no chart')
  return cluster
}

const textOf = (chart: CompiledChart, path: string) => Buffer.from(chart.tree.get(path)?.bytes ?? []).toString('utf8')

/** What NOTES.txt of a chart renders to: `helm template` does not show it, so another template does. */
function notesOf(chart: CompiledChart, values: Readonly<Record<string, unknown>> = {}): string {
  const files = [...chart.tree].flatMap(([path, { bytes }]): (readonly [string, Uint8Array | string])[] =>
    path === 'templates/NOTES.txt'
      ? [
          ['templates/_notes.tpl', `{{ define "notes" }}${textOf(chart, path)}{{ end }}`],
          ['templates/notes.yaml', 'read: {{ include "notes" . | toJson | b64enc }}\n'],
        ]
      : [[path, bytes]],
  )
  const output = templateText(4, folderOf(files), values).replaceAll('release-name', 'demo')
  const [notes] = decoded(output)
  return String(notes).replaceAll('release-name', 'demo').replaceAll('kb-system', 'apps')
}

describe.each(ADDONS)('the texts of the cluster chart of %s', (name) => {
  test.each(RELEASES)('for KubeBlocks %s name the examples that are there, each once at least', async (version) => {
    const chart = await clusterChart(name, version)
    const named = [...textOf(chart, 'README.md').matchAll(/kubectl apply -f (examples\S+)/g)].map(([, path = '']) => path)
    const there = [...chart.tree].map(([path]) => path).filter((path) => path.startsWith('examples/'))
    expect([...new Set(named)].sort()).toEqual([...there].sort())
    expect(notesOf(chart)).toContain('kubectl get cluster demo --namespace apps --watch')
  })
})

describe('the notes of a cluster of Qdrant', () => {
  test('lead to both ports, from inside and from a shell', async () => {
    const notes = notesOf(await clusterChart('qdrant', '1.1'))
    for (const line of [
      'demo-qdrant.apps.svc:6333   tcp-qdrant',
      'demo-qdrant.apps.svc:6334   grpc-qdrant',
      'kubectl port-forward --namespace apps service/demo-qdrant 6334:6334   # grpc-qdrant',
      'nothing reaches it',
      'Clients connect without TLS.',
      'kubectl get secret demo-qdrant-account-root --namespace apps',
    ])
      expect(notes).toContain(line)
  })

  test.each([
    ['0.6', 'vpc', 'aws', 'inside the VPC', 'demo-qdrant-vpc'],
    ['0.8', 'internet', 'aws', 'the internet', 'demo-internet'],
    ['1.1', 'vpc', 'aws', 'inside the VPC', 'demo-vpc'],
    ['1.1', 'vpc', 'other', '(that of any node', 'demo-vpc'],
  ])('for KubeBlocks %s with the exposure %s by %s', async (version, exposure, cloudProvider, text, service) => {
    const notes = notesOf(await clusterChart('qdrant', version), { exposure, cloudProvider })
    expect(notes).toContain(text)
    expect(notes).toContain(`kubectl get service ${service} --namespace apps`)
    expect(notes).not.toContain('nothing reaches it')
  })

  test('name the Secret with what certificates are checked with', async () => {
    const chart = await clusterChart('qdrant', '1.0')
    expect(notesOf(chart, { tls: true })).toContain('kubectl get secret demo-qdrant-tls-certs --namespace apps')
    expect(notesOf(chart, { tls: true, tlsIssuer: 'UserProvided', tlsSecretName: 'mine' })).toContain('kubectl get secret mine --namespace apps')
    expect(notesOf(chart)).not.toContain('ca.crt')
  })
})

describe('the README of a cluster of Qdrant speaks the kbcli of its release', () => {
  test.each([
    [
      '0.5',
      [
        'kbcli cluster create qdrant-3 --cluster-definition=qdrant --set cpu=1,memory=1Gi,storage=20Gi,replicas=3',
        'configure qdrant --component qdrant',
        '--backup-name qdrant-backup',
      ],
    ],
    ['0.6', ['--type datafile --name qdrant-backup --policy qdrant-qdrant-backup-policy', 'hscale qdrant --components qdrant --replicas 3']],
    [
      '0.7',
      [
        'kbcli cluster register myqdrant --source qdrant-cluster-0.1.0.tgz',
        'kbcli cluster create myqdrant qdrant-3 --replicas 3',
        'configure qdrant --components qdrant --config-spec qdrant-config-template --config-file config.yaml --set log_level=TRACE',
        '--method snapshot',
      ],
    ],
    ['0.8', ['--type vpc --enable=true', '--cluster-version qdrant-1.18.3']],
    ['0.9', ['--service-version 1.18.3 --components qdrant', 'kbcli cluster register myqdrant']],
    [
      '1.1',
      ['kbcli cluster register qdrant ', '--type intranet --enable=true', 'scale-out qdrant --components qdrant --replicas 2', 'scale-in qdrant'],
    ],
  ])('%s', async (version, commands) => {
    const readme = textOf(await clusterChart('qdrant', version), 'README.md')
    for (const command of commands) expect(readme).toContain(command)
    expect(readme.includes('kbcli cluster hscale qdrant --components qdrant --replicas 3')).toBe(!version.startsWith('1.'))
  })
})

test.each(RELEASES)('of KubeBlocks %s, kbcli is told the role of a service only where it asks for it', async (version) => {
  const readme = textOf(await clusterChart('primary', version), 'README.md')
  expect(readme).toContain('kbcli cluster expose primary')
  expect(readme.includes('--role-selector')).toBe(version.startsWith('1.'))
})
