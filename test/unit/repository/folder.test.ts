import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ABSENT } from '../../../src/repository/backend.ts'
import { folderBackend } from '../../../src/repository/folder.ts'
import { takeLock } from '../../../src/repository/lock.ts'
import { createWorkspace } from '../../support/workspace.ts'

const bytes = (text: string) => Buffer.from(text)
const quick = { wait: 300, stale: 30_000 }

describe('a repository in a folder', () => {
  test('writes only what is as it was read', async () => {
    const { path } = createWorkspace()
    const backend = folderBackend(join(path, 'new/repository'), 'r')
    expect(await backend.read('a/b', 10)).toBeUndefined()
    expect(await backend.writeIfUnchanged('a/b', bytes('1'), 'another tag')).toBe(false)
    expect(await backend.writeIfUnchanged('a/b', bytes('1'), ABSENT)).toBe(true)
    expect(await backend.writeIfUnchanged('a/b', bytes('2'), ABSENT)).toBe(false)
    const read = await backend.read('a/b', 10)
    expect(String(read?.bytes)).toBe('1')
    expect(await backend.writeIfUnchanged('a/b', bytes('2'), read?.tag ?? '')).toBe(true)
    expect(await backend.writeIfUnchanged('a/b', bytes('3'), read?.tag ?? '')).toBe(false)
    expect(String((await backend.read('a/b', 10))?.bytes)).toBe('2')
    expect(((await backend.list('')) ?? []).filter((file) => !file.startsWith('.addonsmith/'))).toEqual(['a/b'])
    await backend.remove('a/b')
    await backend.remove('a/b')
    expect(existsSync(join(path, 'new/repository/a'))).toBe(false)
  })
  test('what is written can be read by everybody, under every umask', async () => {
    const { path } = createWorkspace()
    const before = process.umask(0o077)
    try {
      await folderBackend(path, 'r').writeIfUnchanged('a/b', bytes('1'), ABSENT)
    } finally {
      process.umask(before)
    }
    expect(statSync(join(path, 'a')).mode & 0o777).toBe(0o755)
    expect(statSync(join(path, 'a/b')).mode & 0o777).toBe(0o644)
  })
  test('links are not followed, large files not read', async () => {
    const { path } = createWorkspace({ secret: 'secret' })
    mkdirSync(join(path, 'r'))
    symlinkSync('../secret', join(path, 'r/index.yaml'))
    const backend = folderBackend(join(path, 'r'), 'r')
    await expect(backend.read('index.yaml', 10)).rejects.toThrow('r/index.yaml cannot be read: it is no plain file.')
    expect(await backend.list('')).toEqual([])
    await expect(folderBackend(path, 'p').read('secret', 5)).rejects.toThrow('p/secret cannot be read: it has 6 bytes, more than 5.')
  })
  test('of many that add a line at once, none is lost', async () => {
    const { path } = createWorkspace()
    const add = async (line: string) => {
      const backend = folderBackend(path, 'r')
      for (;;) {
        const there = await backend.read('lines', 10_000)
        if (await backend.writeIfUnchanged('lines', bytes(`${String(there?.bytes ?? '')}${line}\n`), there?.tag ?? ABSENT)) return
      }
    }
    const lines = Array.from({ length: 40 }, (_, index) => `line ${index}`)
    await Promise.all(lines.map(add))
    expect(readFileSync(join(path, 'lines'), 'utf8').trim().split('\n').sort()).toEqual([...lines].sort())
    expect(readdirSync(join(path, '.addonsmith/lock')).length).toBeLessThan(12)
  })
})

describe('the lock', () => {
  test('is for one at a time', async () => {
    const { path } = createWorkspace()
    const first = await takeLock(path, quick)
    expect(first.isHeld()).toBe(true)
    await expect(takeLock(path, quick)).rejects.toThrow('is held by another process')
    first.release()
    const second = await takeLock(path, quick)
    expect(first.isHeld()).toBe(false)
    // Who lost it does not let go what another has.
    first.release()
    await expect(takeLock(path, quick)).rejects.toThrow('is held by another process')
    second.release()
  })
  test('of a process that was killed is taken over at once', async () => {
    const { path } = createWorkspace()
    const child = spawn(process.execPath, ['-e', ''])
    const { pid = 0 } = child
    await new Promise((done) => child.once('close', done))
    const own = await takeLock(path, quick)
    const [place] = readFileSync(join(path, '1'), 'utf8').split('\n')
    own.release()
    writeFileSync(join(path, '2'), `${place}\n${pid}\n1`)
    const lock = await takeLock(path, quick)
    expect(lock.isHeld()).toBe(true)
  })
  test('of another machine is taken over when it is old', async () => {
    const { path } = createWorkspace({ '5': 'elsewhere\n1\n1' })
    await expect(takeLock(path, quick)).rejects.toThrow('is held by another process')
    utimesSync(join(path, '5'), new Date(0), new Date(0))
    const lock = await takeLock(path, quick)
    expect(readdirSync(path)).toContain('6')
    lock.release()
  })
  test('of a process whose number another has now is taken over', async () => {
    const { path } = createWorkspace()
    const lock = await takeLock(path, quick)
    const file = join(path, '1')
    const [place, pid] = readFileSync(file, 'utf8').split('\n')
    writeFileSync(file, `${place}\n${pid}\n123`)
    expect((await takeLock(path, quick)).isHeld()).toBe(true)
    expect(lock.isHeld()).toBe(false)
  })
})
