import { spawn } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { ROOT } from '../support/workspace.ts'
import { BUILD, createBase, describeAs, digest, digestOf, OUT } from './write-workspace.ts'

test('a build that dies in front of, or in the midst of, any change to the disk leaves the old or the new chart, whole', () => {
  const workspace = createBase()
  const first = digestOf('First.')
  const wholes = new Set([first, digestOf('Second.')])
  const folder = join(workspace.path, OUT)
  const target = join(folder, 'tiny')
  const aside = join(folder, '.tiny.addonsmith-old')
  const preload = pathToFileURL(join(ROOT, 'test/e2e/write-crash-preload.mjs')).href
  const dying = (at: string) => workspace.run(BUILD, { NODE_OPTIONS: `--import=${preload}`, DIE_AT: at })
  describeAs(workspace, 'First.')
  expect(workspace.run(BUILD).exitCode).toBe(0)
  // Without dying, the calls are counted and listed.
  describeAs(workspace, 'Second.')
  const { stderr } = dying('never')
  const calls = stderr
    .split('\n')
    .filter((line) => line.startsWith('call '))
    .map((line) => line.split(' ')[2] ?? '')
  expect(calls).toEqual(expect.arrayContaining(['mkdirSync', 'writeFileSync', 'renameSync', 'rmSync']))
  const chosen = calls.flatMap((name, index) => (name === 'renameSync' || name === 'rmSync' || index % 12 === 0 ? [index] : []))
  let onlyAside = 0
  for (const index of [...chosen, calls.length - 1]) {
    // Both charts begin as one text has them, and both are written again.
    describeAs(workspace, 'First.')
    expect(workspace.run(BUILD).exitCode).toBe(0)
    describeAs(workspace, 'Second.')
    expect(dying(String(index)).exitCode, `call ${index}`).toBeNull()
    const present = [target, aside].map(digest)
    expect(
      present.some((one) => wholes.has(one)),
      `${calls[index]} ${index}: ${readdirSync(folder).join(' ')}`,
    ).toBe(true)
    if (!existsSync(target)) onlyAside++
    // The next run mends it before it does anything else.
    expect(workspace.run([...BUILD, '--check']).exitCode).toBeLessThanOrEqual(1)
    expect(readdirSync(folder)).toEqual(['tiny', 'tiny-cluster'])
    expect(wholes).toContain(digest(target))
  }
  expect(onlyAside, 'the moment between the two renames was met').toBeGreaterThan(0)
})

test('a build that is killed at any moment leaves the old or the new chart, whole', async () => {
  const workspace = createBase()
  const wholes = new Set([digestOf('First.'), digestOf('Second.')])
  expect(wholes.size).toBe(2)
  const target = join(workspace.path, OUT, 'tiny')
  const aside = join(workspace.path, OUT, '.tiny.addonsmith-old')
  describeAs(workspace, 'First.')
  expect(workspace.run(BUILD).exitCode).toBe(0)
  const tries = Number(process.env.KILL_TRIES ?? 16)
  let killed = 0
  let states = new Set<string>()
  for (let i = 0; i < tries; i++) {
    describeAs(workspace, i % 2 === 0 ? 'Second.' : 'First.')
    const child = spawn(process.execPath, [join(ROOT, 'dist/lib/cli.js'), ...BUILD], { cwd: workspace.path, stdio: 'ignore' })
    const ended = new Promise<NodeJS.Signals | null>((done) => child.on('close', (_, signal) => done(signal)))
    // Watching for the first file of the new chart makes most kills hit the writing; the rest are spread over the run.
    const fresh = join(workspace.path, OUT, `.tiny.addonsmith-new-${child.pid}`)
    let over = false
    void ended.then(() => {
      over = true
    })
    while (!over && !existsSync(fresh) && i % 4 !== 0) await new Promise((next) => setImmediate(next))
    for (let spin = 0; spin < (i * 7919) % 60 && !over; spin++) await new Promise((next) => setImmediate(next))
    if (i % 4 === 0) await new Promise((next) => setTimeout(next, (i * 37) % 200))
    child.kill('SIGKILL')
    if ((await ended) === 'SIGKILL') killed++
    // Even before the next run, one of the two is there, whole.
    const present = [target, aside].map(digest).filter((one) => wholes.has(one))
    expect(present.length, `try ${i}: ${readdirSync(join(workspace.path, OUT)).join(' ')}`).toBeGreaterThan(0)
    states = states.add(readdirSync(join(workspace.path, OUT)).join(' ').replace(/\d+/g, 'N'))
    expect(workspace.run([...BUILD, '--check']).exitCode).toBeLessThanOrEqual(1)
    expect(wholes).toContain(digest(target))
  }
  expect(killed).toBeGreaterThan(0)
  expect(workspace.run(BUILD).exitCode).toBe(0)
  expect(readdirSync(join(workspace.path, OUT))).toEqual(['tiny', 'tiny-cluster'])
  if (process.env.KILL_TRIES !== undefined) console.log(`${killed} of ${tries} killed; states: ${[...states].join(' | ')}`)
})
