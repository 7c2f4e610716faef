import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { helmPath, TESTED_HELMS } from '../support/helm.ts'
import { smallPackage, writePackages } from '../support/small-packages.ts'
import { createWorkspace, ROOT, type Workspace } from '../support/workspace.ts'

const CLI = join(ROOT, 'dist/lib/cli.js')
const epoch = { SOURCE_DATE_EPOCH: '1767323045' }
const publish = (workspace: Workspace, args: readonly string[], env: Readonly<Record<string, string>> = epoch) =>
  workspace.run(['publish', ...args, '--to', 'repo'], env)
const index = ({ path }: Workspace, channel = '1.0') => readFileSync(join(path, 'repo', channel, 'index.yaml'), 'utf8')
const versionsOf = (workspace: Workspace, chart: string, channel = '1.0'): readonly string[] =>
  JSON.parse(index(workspace, channel)).entries[chart].map(({ version }: { version: string }) => version)

/** `repo serve` in the background; its lines when it is there. */
async function serve({ path }: Workspace): Promise<{ readonly child: ChildProcess; readonly lines: readonly string[] }> {
  const child = spawn(process.execPath, [CLI, 'repo', 'serve', 'repo', '--port', '0'], { cwd: path, stdio: ['ignore', 'pipe', 'pipe'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  let out = ''
  child.stdout?.on('data', (piece) => {
    out += piece
  })
  await new Promise((done) => child.stderr?.once('data', done))
  return { child, lines: out.trim().split('\n') }
}

test('what is published can be found, pulled and rendered with Helm, for each release by itself', async () => {
  const workspace = createWorkspace()
  await writePackages(join(workspace.path, 'packages'), [
    { name: 'x', version: '1.0.0', text: 'old' },
    { name: 'x', version: '1.1.0', text: 'new' },
    { name: 'x', version: '1.0.0', kubeblocks: '0.6' },
    { name: 'y', version: '0.1.0-rc.1' },
  ])
  const run = publish(workspace, ['packages'])
  expect(run.stderr).toBe('')
  expect(run.stdout.split('\n').filter((line) => line.includes(' published, sha256 '))).toHaveLength(4)
  expect(versionsOf(workspace, 'x')).toEqual(['1.1.0', '1.0.0'])
  expect(versionsOf(workspace, 'x', '0.6')).toEqual(['1.0.0'])
  expect(index(workspace)).toContain('"created":"2026-01-02T03:04:05Z"')
  expect(readdirSync(join(workspace.path, 'repo/1.0/addons/x'))).toEqual(['1.0.0.yaml', '1.1.0.yaml'])
  expect(readdirSync(join(workspace.path, 'repo/.addonsmith'))).toEqual(['lock'])
  // Again is nothing, whatever the time is.
  const before = index(workspace)
  expect(publish(workspace, ['packages'], {}).stdout.match(/ unchanged,/g)).toHaveLength(4)
  expect(index(workspace)).toBe(before)
  const { child, lines } = await serve(workspace)
  expect(lines.map((line) => line.replace(/:\d+/, ':PORT'))).toEqual([
    'helm repo add addons-0.6 http://127.0.0.1:PORT/0.6',
    'helm repo add addons-1.0 http://127.0.0.1:PORT/1.0',
  ])
  for (const major of TESTED_HELMS) {
    const home = createWorkspace()
    const helm = (...args: readonly string[]) => {
      const env = {
        PATH: '',
        HOME: home.path,
        HELM_CACHE_HOME: join(home.path, 'c'),
        HELM_CONFIG_HOME: join(home.path, 'k'),
        HELM_DATA_HOME: join(home.path, 'd'),
      }
      const { stdout, stderr, status } = spawnSync(helmPath(major), args, { cwd: home.path, encoding: 'utf8', env, timeout: 60_000 })
      expect(status, stderr).toBe(0)
      return stdout
    }
    for (const line of lines) helm(...line.split(' ').slice(1))
    expect(JSON.parse(helm('search', 'repo', '-o', 'json')).map((one: { name: string; version: string }) => `${one.name} ${one.version}`)).toEqual([
      'addons-0.6/x 1.0.0',
      'addons-1.0/x 1.1.0',
    ])
    helm('pull', 'addons-1.0/x', '--version', '1.0.0')
    expect(readFileSync(join(home.path, 'x-1.0.0.tgz'))).toEqual(Buffer.from(await smallPackage({ name: 'x', version: '1.0.0', text: 'old' })))
    expect(helm('template', 'r', 'addons-1.0/x')).toContain('text: "new"')
    expect(helm('template', 'r', 'x', '--repo', lines[1]?.split(' ').at(-1) ?? '', '--version', '1.0.0')).toContain('text: "old"')
    expect(helm('show', 'values', 'addons-1.0/x')).toBe('text: "new"\n\n')
    // Yanked, it is still there for who names it, and search says why.
    if (major !== TESTED_HELMS[0]) continue
    expect(workspace.run(['yank', 'x', '1.0.0', '--from', 'repo', '--kubeblocks', '1.0', '--reason', 'loses data'], epoch).exitCode).toBe(0)
    helm('repo', 'update')
    expect(helm('search', 'repo', 'addons-1.0/x', '-l', '-o', 'json')).toContain('[YANKED: loses data] A chart. old')
    expect(helm('template', 'r', 'addons-1.0/x', '--version', '1.0.0')).toContain('text: "old"')
    expect(helm('template', 'r', 'addons-1.0/x')).toContain('text: "new"')
  }
  const url = lines[1]?.split(' ').at(-1) ?? ''
  const head = async (path: string, method = 'GET') => {
    const response = await fetch(`${url}/${path}`, { method })
    await response.arrayBuffer()
    return `${response.status} ${response.headers.get('content-type')}`
  }
  expect(await head('index.yaml')).toBe('200 application/yaml; charset=utf-8')
  expect(await head('x-1.0.0.tgz', 'HEAD')).toBe('200 application/gzip')
  for (const path of ['../.addonsmith/lock/1', '%2e%2e/%2e%2e/%2e%2e/etc/hostname', 'none', '', 'addons']) expect(await head(path)).toMatch(/^404 /)
  expect(await head('index.yaml', 'PUT')).toMatch(/^405 /)
  // Over HTTP a repository is checked as well.
  const check = workspace.run(['repo', 'check', url.replace(/\/1\.0$/, '')])
  expect(check.stderr).toBe('')
  expect(check.stdout.replaceAll(/:\d+/g, ':PORT')).toBe(
    'http://127.0.0.1:PORT/0.6 1 version checked\nhttp://127.0.0.1:PORT/1.0 3 versions checked\n',
  )
  const ended = new Promise((done) => child.once('close', (code) => done(code)))
  child.kill('SIGTERM')
  expect(await ended).toBe(0)
})

test('a version with other bytes is refused, with everything it came with', async () => {
  const workspace = createWorkspace()
  await writePackages(join(workspace.path, 'a'), [{ name: 'x', version: '1.0.0', text: 'first' }])
  await writePackages(join(workspace.path, 'b'), [
    { name: 'x', version: '1.0.0', text: 'second' },
    { name: 'z', version: '1.0.0' },
  ])
  expect(publish(workspace, ['a']).exitCode).toBe(0)
  const before = index(workspace)
  const run = publish(workspace, ['b'])
  expect(run.exitCode).toBe(1)
  expect(run.stderr).toContain('b/1.0/x-1.0.0.tgz:1:1 error publish/conflict x 1.0.0 for KubeBlocks 1.0 is published with other bytes')
  expect(run.stdout).toBe('nothing was published\n')
  expect(index(workspace)).toBe(before)
  expect(readdirSync(join(workspace.path, 'repo/1.0')).filter((name) => name.startsWith('z'))).toEqual([])
  // Two of one version, given at once.
  expect(workspace.run(['publish', 'a', 'b', '--to', 'other']).stderr).toContain('is given twice, with other bytes in a/1.0/x-1.0.0.tgz')
  expect(existsSync(join(workspace.path, 'other'))).toBe(false)
})

test('a dry run says what would be done, and does nothing', async () => {
  const workspace = createWorkspace()
  await writePackages(join(workspace.path, 'a'), [{ name: 'x', version: '1.0.0' }])
  expect(publish(workspace, ['a', '--dry-run']).stdout).toMatch(/^repo\/1\.0\/x-1\.0\.0\.tgz would be published, sha256 [0-9a-f]{64}\n$/)
  expect(existsSync(join(workspace.path, 'repo'))).toBe(false)
  const { results } = JSON.parse(publish(workspace, ['a', '--dry-run', '--format', 'json']).stdout)
  expect(results).toMatchObject([{ subject: 'x', kubeblocks: '1.0', version: '1.0.0', state: 'planned' }])
})

test('an index of helm repo index is taken over, dates and all; --yaml keeps it YAML', async () => {
  const [major] = TESTED_HELMS
  if (major === undefined) return
  for (const flags of [[], ['--yaml']]) {
    const workspace = createWorkspace()
    await writePackages(join(workspace.path, 'repo'), [
      { name: 'x', version: '1.0.0' },
      { name: 'y', version: '1.0.0' },
    ])
    await writePackages(join(workspace.path, 'new'), [{ name: 'x', version: '1.1.0' }])
    expect(spawnSync(helmPath(major), ['repo', 'index', join(workspace.path, 'repo/1.0')]).status).toBe(0)
    const created = [...index(workspace).matchAll(/created: "(.*)"/g)].map(([, time]) => time)
    expect(created).toHaveLength(2)
    const run = publish(workspace, ['new', ...flags])
    expect(run.stderr).toBe('')
    const after = index(workspace)
    expect(after.startsWith('{')).toBe(flags.length === 0)
    for (const time of created) expect(after).toContain(time)
    expect(workspace.run(['repo', 'check', 'repo']).stdout).toBe('repo/1.0 3 versions checked\n')
  }
})

test('of 100 packages of 8 publishers at once none is lost, and the index is valid at every moment', async () => {
  const workspace = createWorkspace()
  const charts = Array.from({ length: 100 }, (_, number) => ({
    name: `chart-${number % 7}`,
    version: `1.${number}.0`,
    kubeblocks: number % 5 === 0 ? '0.9' : '1.0',
  }))
  const paths = await writePackages(join(workspace.path, 'packages'), charts)
  const { readIndex } = await import('../../src/repository/read-index.ts')
  let running = 8
  let reads = 0
  const poll = async () => {
    while (running > 0) {
      for (const channel of ['0.9', '1.0']) {
        const file = join(workspace.path, 'repo', channel, 'index.yaml')
        if (!existsSync(file)) continue
        const read = readIndex(readFileSync(file, 'utf8'), { file, allowForeign: [] })
        expect(read.findings).toEqual([])
        for (const [name, versions] of read.index?.charts ?? [])
          for (const { version } of versions.all) expect(existsSync(join(workspace.path, 'repo', channel, `${name}-${version.text}.tgz`))).toBe(true)
        reads++
      }
      await new Promise((next) => setTimeout(next, 5))
    }
  }
  const publishers = Array.from({ length: 8 }, async (_, publisher) => {
    // Two calls each, so that they meet more than once.
    const own = paths.filter((_, number) => number % 8 === publisher)
    for (const some of [own.slice(0, 6), own.slice(6)]) {
      const child = spawn(process.execPath, [CLI, 'publish', ...some, '--to', 'repo'], { cwd: workspace.path, stdio: ['ignore', 'ignore', 'pipe'] })
      let stderr = ''
      child.stderr.on('data', (piece) => {
        stderr += piece
      })
      expect(await new Promise((done) => child.once('close', done)), stderr).toBe(0)
    }
  })
  await Promise.all([poll(), ...publishers.map((one) => one.finally(() => running--))])
  expect(reads).toBeGreaterThan(10)
  const check = workspace.run(['repo', 'check', 'repo'])
  expect(check.stderr).toBe('')
  expect(check.stdout).toBe('repo/0.9 20 versions checked\nrepo/1.0 80 versions checked\n')
})

test('a package is checked as the archive it is, and what lies beside it too', async () => {
  const workspace = createWorkspace()
  await writePackages(join(workspace.path, 'p'), [{ name: 'x', version: '1.0.0' }])
  const good = await smallPackage({ name: 'x', version: '1.0.0' })
  const refused = (path: string, bytes: Uint8Array | string, ...more: readonly string[]) => {
    workspace.write(path, bytes)
    const run = publish(workspace, [path, ...more])
    expect(run.exitCode, run.stdout).toBe(1)
    expect(existsSync(join(workspace.path, 'repo'))).toBe(false)
    return run.stderr.split('\n')[0]
  }
  expect(refused('q/y-1.0.0.tgz', good)).toBe(
    'q/y-1.0.0.tgz:1:1 error publish/archive The file is named y-1.0.0.tgz, and the chart in it is x 1.0.0, which makes x-1.0.0.tgz.',
  )
  expect(refused('q/x-1.0.0.tgz', good, '--kubeblocks', '0.9')).toBe(
    'q/x-1.0.0.tgz:1:1 error publish/release The chart is for KubeBlocks 1.0, not for 0.9.',
  )
  expect(refused('q/z-1.0.0.tgz', await smallPackage({ name: 'z', version: '1.0.0', kubeblocks: '../..' }))).toBe(
    'q/z-1.0.0.tgz:1:1 error publish/release The chart is for KubeBlocks "../..", which has no channel.',
  )
  expect(refused('q/v-1.0.tgz', await smallPackage({ name: 'v', version: '1.0' }))).toContain('no semantic version with three numbers.')
  expect(refused('q/n-1.0.0.tgz', await smallPackage({ name: 'n/../../n', version: '1.0.0' }))).toMatch(/error publish\/archive/)
  workspace.write('q/x-1.0.0.tgz.prov', 'files:\n  x-1.0.0.tgz: sha256:00\n')
  expect(refused('q/x-1.0.0.tgz', good)).toContain('error publish/provenance q/x-1.0.0.tgz.prov does not state the digest of x-1.0.0.tgz')
  writeFileSync(join(workspace.path, 'p/1.0/addons/x/1.0.0.yaml'), 'kind: Addon\nmetadata: { name: y }\n')
  expect(refused('p/1.0/x-1.0.0.tgz', good)).toBe(
    'p/1.0/addons/x/1.0.0.yaml:1:1 error publish/addon-object The Addon object of x 1.0.0 cannot be published: its name is not x.',
  )
})
