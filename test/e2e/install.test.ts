import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createWorkspace, ROOT } from '../support/workspace.ts'

const DESCRIPTOR = `import { defineAddon } from 'addonsmith'

const versions = ['1.1.0', '1.0.0']

export default defineAddon({
  apiVersion: 'addonsmith.dev/v1',
  name: 'tiny',
  version: '0.1.0',
  engine: 'tiny',
  description: 'A tiny engine.',
  images: { tiny: 'example/tiny' },
  versions: versions.map((version) => ({ version, images: { tiny: version } })),
  components: { tiny: { containers: { tiny: { image: 'tiny', ports: { client: 1234 } } } } },
})
`

test('an installed package has a command, a library and types', () => {
  const workspace = createWorkspace({ 'package.json': '{"name":"user","private":true,"type":"module"}', 'addons/tiny/addon.ts': DESCRIPTOR })
  const npm = (...args: readonly string[]) => {
    const { status, stderr } = spawnSync('npm', args, { cwd: workspace.path, encoding: 'utf8' })
    expect(stderr.replace(/^npm warn .*$/gm, '').trim()).toBe('')
    expect(status).toBe(0)
  }
  npm('pack', ROOT, '--ignore-scripts', '--silent', '--pack-destination', workspace.path)
  const archive = readdirSync(workspace.path).find((name) => name.endsWith('.tgz')) ?? ''
  npm('install', `./${archive}`, '--prefer-offline', '--no-audit', '--no-fund', '--silent')

  const built = spawnSync('npx', ['--no-install', 'addonsmith', 'build', '--no-helm', '--kubeblocks', '0.6'], {
    cwd: workspace.path,
    encoding: 'utf8',
  })
  expect(built.stdout).toBe(
    'tiny 0.1.0 for KubeBlocks 0.6: written, 9 files in dist/charts/0.6/tiny\n' +
      'tiny-cluster 0.1.0 for KubeBlocks 0.6: written, 15 files in dist/charts/0.6/tiny-cluster\n',
  )
  const exported = spawnSync('npx', ['--no-install', 'addonsmith', 'schema', 'export', '--kubeblocks', '0.6'], {
    cwd: workspace.path,
    encoding: 'utf8',
  })
  expect(exported.stdout).toBe('schemas of KubeBlocks 0.6: written, 10 files in dist/schemas/0.6\n')
  const tsc = [
    join(ROOT, 'node_modules/typescript/bin/tsc'),
    '--noEmit',
    '--module',
    'nodenext',
    '--target',
    'es2022',
    '--skipLibCheck',
    'false',
    '--types',
    'node',
    '--typeRoots',
    join(ROOT, 'node_modules/@types'),
  ]
  const types = spawnSync(process.execPath, [...tsc, 'addons/tiny/addon.ts'], { cwd: workspace.path, encoding: 'utf8' })
  expect(types.stdout).toBe('')
  expect(types.status).toBe(0)
})
