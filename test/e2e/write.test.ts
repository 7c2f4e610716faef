import { spawn, spawnSync } from 'node:child_process'
import { cpSync, lstatSync, mkdirSync, readdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { ROOT } from '../support/workspace.ts'
import { BUILD, createBase, describeAs, digest, OUT } from './write-workspace.ts'

describe('what a killed run left is mended by the next', () => {
  test('the old chart was renamed aside, and the new one is not there yet', () => {
    const workspace = createBase()
    workspace.run(BUILD)
    const folder = join(workspace.path, OUT)
    const before = digest(join(folder, 'tiny'))
    renameSync(join(folder, 'tiny'), join(folder, '.tiny.addonsmith-old'))
    expect(workspace.run([...BUILD, '--check']).stdout).toContain('unchanged')
    expect(digest(join(folder, 'tiny'))).toBe(before)
    expect(readdirSync(folder)).toEqual(['tiny', 'tiny-cluster'])
  })

  test('the new chart is in place, and the old one still lies beside it', () => {
    const workspace = createBase()
    workspace.run(BUILD)
    const folder = join(workspace.path, OUT)
    const before = digest(join(folder, 'tiny'))
    cpSync(join(folder, 'tiny'), join(folder, '.tiny.addonsmith-old'), { recursive: true })
    writeFileSync(join(folder, '.tiny.addonsmith-old/values.yaml'), 'old: true\n')
    workspace.run(BUILD)
    expect(digest(join(folder, 'tiny'))).toBe(before)
    expect(readdirSync(folder)).toEqual(['tiny', 'tiny-cluster'])
  })

  test('half of a new chart of a run that is gone', () => {
    const workspace = createBase()
    workspace.run(BUILD)
    const gone = spawnSync(process.execPath, ['-e', '0']).pid
    workspace.write(`${OUT}/.tiny.addonsmith-new-${gone}/Chart.yaml`, 'name: ha')
    workspace.write(`${OUT}/.tiny.addonsmith-new-text/Chart.yaml`, 'name: ha')
    workspace.write(`${OUT}/.other/keep`, 'mine')
    expect(workspace.run(BUILD).exitCode).toBe(0)
    expect(readdirSync(join(workspace.path, OUT)).sort()).toEqual(['.other', 'tiny', 'tiny-cluster'])
  })

  test('half of a new chart of a run that is still at work is left alone', () => {
    const workspace = createBase()
    workspace.write(`${OUT}/.tiny.addonsmith-new-${process.pid}/Chart.yaml`, 'name: ha')
    expect(workspace.run(BUILD).exitCode).toBe(0)
    expect(readdirSync(join(workspace.path, OUT)).sort()).toEqual([`.tiny.addonsmith-new-${process.pid}`, 'tiny', 'tiny-cluster'])
  })
})

/** Mounts a small file system in memory; tells why it cannot be done here. */
function mountSmall(folder: string, options: string): string | undefined {
  mkdirSync(folder, { recursive: true })
  const { status, stderr, error } = spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder], { encoding: 'utf8' })
  if (status !== 0) return error?.message ?? stderr.trim()
  onTestFinished(() => {
    spawnSync('umount', [folder])
  })
  return undefined
}

test('a full disk: exit 3, the old chart is unchanged, and nothing is left over', (ctx) => {
  const workspace = createBase()
  const folder = join(workspace.path, 'small')
  const problem = mountSmall(folder, 'size=320k')
  ctx.skip(problem !== undefined && process.env.CI_STRICT !== '1', `no small file system can be mounted: ${problem}`)
  const build = [...BUILD, '--out', 'small']
  expect(workspace.run(build).stderr).not.toContain('full')
  const chart = join(folder, '0.6/tiny')
  const before = digest(chart)
  expect(before).not.toBe('')
  // Room for some files of a second chart beside the first, and not for all.
  const filler = spawnSync('sh', ['-c', 'head -c 1000000 /dev/zero > filler; rm -f room; truncate -s -16384 filler'], { cwd: folder })
  expect(filler.status).toBe(0)
  describeAs(workspace, 'Another.')
  const { stderr, exitCode } = workspace.run(build)
  expect(stderr).toContain('the disk is full')
  expect(stderr).toContain('What was there is unchanged.')
  expect(exitCode).toBe(3)
  expect(digest(chart)).toBe(before)
  expect(readdirSync(join(folder, '0.6'))).toEqual(['tiny', 'tiny-cluster'])
})

test('a file system that is read-only: exit 3, no stack trace', (ctx) => {
  const workspace = createBase()
  const folder = join(workspace.path, 'fixed')
  const problem = mountSmall(folder, 'size=400k')
  ctx.skip(problem !== undefined && process.env.CI_STRICT !== '1', `no small file system can be mounted: ${problem}`)
  const build = [...BUILD, '--out', 'fixed']
  expect(workspace.run(build).exitCode).toBe(0)
  const before = digest(folder)
  expect(spawnSync('mount', ['-o', 'remount,ro', folder]).status).toBe(0)
  expect(workspace.run([...build, '--check']).exitCode).toBe(0)
  describeAs(workspace, 'Another.')
  const { stderr, exitCode } = workspace.run(build)
  expect(stderr).toMatch(/read-only file system/i)
  expect(stderr).not.toContain('    at ')
  expect(exitCode).toBe(3)
  expect(digest(folder)).toBe(before)
})

test('builds at the same time end with one whole chart, and nothing else', async () => {
  const workspace = createBase()
  const folder = join(workspace.path, OUT)
  workspace.run(BUILD)
  const whole = new Set([digest(join(folder, 'tiny'))])
  for (let round = 0; round < 4; round++) {
    describeAs(workspace, `Round ${round}.`)
    const runs = Array.from({ length: 3 }, async () => {
      const child = spawn(process.execPath, [join(ROOT, 'dist/lib/cli.js'), ...BUILD], { cwd: workspace.path })
      let stderr = ''
      child.stderr.on('data', (chunk: Buffer) => {
        stderr += chunk.toString()
      })
      const code = await new Promise<number | null>((done) => child.on('close', done))
      return { code, stderr }
    })
    for (const { code, stderr } of await Promise.all(runs)) {
      // Who loses the race may say so, and never with a stack trace.
      expect([0, 3], stderr).toContain(code)
      expect(stderr).not.toContain('please report')
    }
    expect(workspace.run(BUILD).exitCode).toBe(0)
    const now = digest(join(folder, 'tiny'))
    expect(whole).not.toContain(now)
    whole.add(now)
    expect(readdirSync(folder)).toEqual(['tiny', 'tiny-cluster'])
    expect(workspace.run([...BUILD, '--check']).exitCode).toBe(0)
  }
})

describe('what the tool did not make is left alone', () => {
  test.each([
    ['a folder with files', (path: string) => [mkdirSync(path), writeFileSync(join(path, 'mine'), 'x')]],
    ['a folder with an empty folder', (path: string) => mkdirSync(join(path, 'inner'), { recursive: true })],
    ['a file', (path: string) => writeFileSync(path, 'x')],
    ['a link to a folder', (path: string) => [mkdirSync(`${path}-mine`), symlinkSync(`${path}-mine`, path)]],
    ['a dangling link', (path: string) => symlinkSync('nowhere', path)],
    [
      'a folder with a marker of somebody else',
      (path: string) => [mkdirSync(path), writeFileSync(join(path, '.addonsmith.json'), '{"generator": "other", "files": {}}')],
    ],
    ['a folder with a marker that is a folder', (path: string) => mkdirSync(join(path, '.addonsmith.json'), { recursive: true })],
  ])('%s', (_, make) => {
    const workspace = createBase()
    const parent = join(workspace.path, OUT)
    mkdirSync(parent, { recursive: true })
    make(join(parent, 'tiny'))
    const before = digest(parent)
    const isLink = lstatSync(join(parent, 'tiny')).isSymbolicLink()
    for (const args of [BUILD, [...BUILD, '--force']]) {
      const { exitCode, stderr } = workspace.run(args)
      expect(exitCode, stderr).toBe(3)
      expect(stderr).toContain('was not made by addonsmith')
    }
    expect(digest(parent)).toBe(before)
    expect(lstatSync(join(parent, 'tiny')).isSymbolicLink()).toBe(isLink)
  })

  test('an empty folder can be used', () => {
    const workspace = createBase()
    mkdirSync(join(workspace.path, OUT, 'tiny'), { recursive: true })
    expect(workspace.run(BUILD).exitCode).toBe(0)
  })
})
