import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { createSink } from '../../src/diagnostics/index.ts'
import {
  checkRepository,
  collectPackages,
  findPackages,
  folderBackend,
  folderSource,
  publish,
  readJournals,
  withdrawRelease,
} from '../../src/repository/index.ts'
import { sha256 } from '../../src/tree/index.ts'
import { writePackages } from '../support/small-packages.ts'
import { createWorkspace, ROOT, type Workspace } from '../support/workspace.ts'

const PRELOAD = pathToFileURL(join(ROOT, 'test/e2e/publish-crash-preload.mjs')).href
const epoch = { SOURCE_DATE_EPOCH: '1767323045' }
const PUBLISH = ['publish', 'new', '--to', 'repo']
const WITHDRAW = ['publish', '--withdraw', '--to', 'repo']

/** Every file that readers of the repository can see, with its digest. */
function seen(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !file.includes('/.addonsmith/'))
    .map((file) => `${file.slice(folder.length)} ${sha256(readFileSync(file))}`)
    .sort()
}

/** A repository with a version in it, two packages to publish, and what the repository is like when nothing goes wrong. */
async function prepare() {
  const workspace = createWorkspace()
  const repo = join(workspace.path, 'repo')
  await writePackages(join(workspace.path, 'old'), [{ name: 'x', version: '1.0.0' }])
  await writePackages(join(workspace.path, 'new'), [
    { name: 'x', version: '1.1.0' },
    { name: 'y', version: '1.0.0', kubeblocks: '0.9' },
  ])
  const dying = (args: readonly string[], at: string) =>
    workspace.run(args, { ...epoch, NODE_OPTIONS: `--import=${PRELOAD}`, DIE_AT: at, DIE_IN: repo })
  expect(workspace.run(['publish', 'old', '--to', 'repo'], epoch).exitCode).toBe(0)
  const before = seen(repo)
  const start = mkdtempSync(join(tmpdir(), 'addonsmith-crash-'))
  cpSync(repo, start, { recursive: true })
  onTestFinished(() => rmSync(start, { recursive: true, force: true }))
  const reset = (from = start) => {
    rmSync(repo, { recursive: true, force: true })
    cpSync(from, repo, { recursive: true })
  }
  const callsOf = (args: readonly string[]) =>
    dying(args, 'never')
      .stderr.split('\n')
      .flatMap((line) => /^call \d+ (\w+)/.exec(line)?.[1] ?? [])
  return { workspace, repo, before, reset, callsOf, dying }
}

/** Whatever was interrupted: readers see nothing wrong. Warnings are about what they do not see. */
async function expectReadable(repo: string, what: string): Promise<void> {
  const sink = createSink()
  await checkRepository(folderSource(repo, 'repo'), { releases: [], allowForeign: [], jobs: 4 }, sink.report)
  const errors = sink.all().filter(({ severity }) => severity === 'error')
  expect(errors, what).toEqual([])
}

/** The same as the command, in this process, which is quicker. */
async function publishHere(workspace: Workspace, folder: string): Promise<void> {
  const sink = createSink()
  const context = { report: sink.report, cwd: workspace.path, env: {}, display: (path: string) => path, library: '' }
  const packages = await collectPackages(findPackages([folder], workspace.path), { releases: ['0.9', '1.0'], kubeblocks: undefined }, context)
  const options = { format: 'json', allowForeign: [], now: '2026-01-02T03:04:05Z', isDryRun: false } as const
  await publish(packages, folderBackend(join(workspace.path, 'repo'), 'repo'), options, sink.report)
  expect(sink.all()).toEqual([])
}

async function withdrawHere(repo: string): Promise<void> {
  const backend = folderBackend(repo, 'repo')
  for (const journal of await readJournals(backend)) await withdrawRelease(journal, backend, [])
}

/** What is left of releases that did not end. */
const journalsIn = (repo: string) => (existsSync(join(repo, '.addonsmith/journal')) ? readdirSync(join(repo, '.addonsmith/journal')) : [])

test('a publish that dies in front of, or in the midst of, any change to the disk leaves a good repository, and the next one finishes it', async () => {
  const { workspace, repo, before, reset, callsOf, dying } = await prepare()
  const calls = callsOf(PUBLISH)
  const after = seen(repo)
  expect(after.length).toBeGreaterThan(before.length)
  expect(calls).toEqual(expect.arrayContaining(['linkSync', 'openSync', 'writeFileSync', 'fsyncSync', 'renameSync', 'truncateSync', 'rmSync']))
  let interrupted = 0
  // What only prepares a change is met less often.
  const chosen = [...calls.entries()].filter(([index, call]) => /^(link|rename|truncate|rm|writeFile)Sync$/.test(call) || index % 3 === 0)
  for (const [index, call] of chosen) {
    const what = `${call} ${index}`
    reset()
    expect(dying(PUBLISH, String(index)).exitCode, what).toBeNull()
    await expectReadable(repo, what)
    interrupted += journalsIn(repo).length
    // Every other time by another publish in between, which must neither lose nor end it.
    if (index % 2 === 0) await publishHere(workspace, 'old')
    await publishHere(workspace, 'new')
    expect(seen(repo), what).toEqual(after)
    expect(journalsIn(repo), what).toEqual([])
  }
  expect(interrupted).toBeGreaterThan(chosen.length / 2)
}, 300_000)

test('a release that was interrupted can be taken back, even when that is interrupted too', async () => {
  const { workspace, repo, before, reset, callsOf, dying } = await prepare()
  const calls = callsOf(PUBLISH)
  // Once the packages are there and no index names them.
  const last = calls.lastIndexOf('renameSync')
  const at = calls.slice(0, last).lastIndexOf('renameSync')
  reset()
  expect(dying(PUBLISH, String(at)).exitCode).toBeNull()
  expect(seen(repo).length).toBeGreaterThan(before.length)
  const interrupted = join(workspace.path, 'interrupted')
  cpSync(repo, interrupted, { recursive: true })
  expect(workspace.run(['repo', 'check', 'repo']).stderr).toMatch(/warning repository\/interrupted A release did not end: .*1\.0\/x-1\.1\.0\.tgz/)
  const withdrawing = callsOf(WITHDRAW)
  expect(seen(repo)).toEqual(before)
  expect(withdrawing.length).toBeGreaterThan(10)
  for (const [index, call] of withdrawing.entries()) {
    reset(interrupted)
    expect(dying(WITHDRAW, String(index)).exitCode, `${call} ${index}`).toBeNull()
    await expectReadable(repo, `${call} ${index}`)
    await withdrawHere(repo)
    expect(seen(repo), `${call} ${index}`).toEqual(before)
    expect(journalsIn(repo)).toEqual([])
  }
}, 300_000)
