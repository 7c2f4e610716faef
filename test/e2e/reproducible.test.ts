import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, statSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { copyQdrant } from '../support/compile-qdrant.ts'
import { helmPath, runHelm, TESTED_HELMS } from '../support/helm.ts'
import { makeKey } from '../support/keys.ts'
import { createWorkspace, ROOT } from '../support/workspace.ts'

const CLI = join(ROOT, 'dist/lib/cli.js')

/** What makes Node believe that it is another day. */
function onDay(days: number): { readonly NODE_OPTIONS: string } {
  const code = `const D=Date,o=${days}*864e5;globalThis.Date=class extends D{constructor(...a){a.length?super(...a):super(D.now()+o)}static now(){return D.now()+o}}`
  return { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(code)}` }
}

/** Circumstances that must not matter. */
const MACHINES = [
  { umask: '022', env: { LC_ALL: 'C', TZ: 'UTC' }, time: 1_000_000_000 },
  { umask: '077', env: { LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8', TZ: 'Asia/Kathmandu', ...onDay(400) }, time: 1_700_000_000 },
  { umask: '000', env: { LC_ALL: 'de_DE.UTF-8', TZ: 'America/St_Johns', ...onDay(-400) }, time: 315_532_800 },
] as const

/** Names, bytes and modes of everything below a folder. */
function snapshot(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path) => {
      const stat = statSync(path)
      const content = stat.isFile() ? readFileSync(path).toString('base64') : ''
      return `${path.slice(folder.length)} ${(stat.mode & 0o777).toString(8)} ${content}`
    })
}

/** Builds and packages Qdrant in a folder of its own; returns that folder. */
function buildOn(machine: (typeof MACHINES)[number], extra: Readonly<Record<string, string>> = {}): string {
  const cli = `'${process.execPath}' '${CLI}'`
  return runOn(machine, `${cli} build --no-helm && ${cli} package --no-helm --repository https://charts.example.com`, extra)
}

/** Runs commands beside Qdrant in a folder of its own; returns that folder. */
function runOn({ umask, env, time }: (typeof MACHINES)[number], commands: string, extra: Readonly<Record<string, string>> = {}): string {
  const { path } = createWorkspace()
  copyQdrant(path)
  for (const entry of readdirSync(join(path, 'addons'), { recursive: true, withFileTypes: true }))
    utimesSync(join(entry.parentPath, entry.name), time, time)
  const { status, stderr } = spawnSync('sh', ['-c', `umask ${umask}; ${commands}`], {
    cwd: path,
    encoding: 'utf8',
    env: { PATH: process.env.PATH ?? '', HOME: path, ...env, ...extra },
  })
  expect(status, stderr).toBe(0)
  return path
}

/** A release of each kind. */
const SOME = ['0.5', '0.9', '1.1']

const PACKAGE = 'dist/packages/0.6/qdrant-0.1.0.tgz'
const ADDON = 'dist/packages/0.6/addons/qdrant/0.1.0.yaml'

test('equal input gives equal bytes, whatever the folder, umask, locale, time zone and file times', () => {
  const [first = '', ...others] = MACHINES.map((machine) => buildOn(machine))
  const expected = snapshot(join(first, 'dist/charts'))
  expect(expected.length).toBeGreaterThan(20)
  const written = (folder: string) => [PACKAGE, ADDON].map((path) => readFileSync(join(folder, path)).toString('base64'))
  for (const other of others) {
    expect(snapshot(join(other, 'dist/charts'))).toEqual(expected)
    expect(written(other)).toEqual(written(first))
  }
})

test.each(TESTED_HELMS)('with Helm %i packages are equal too, and all that is beside them, signatures of a given time included', async (major) => {
  const keys = createWorkspace({ 'key.asc': (await makeKey({ rsa: true })).secret })
  const command = `'${process.execPath}' '${CLI}' package --kubeblocks ${SOME.join(',')} --repository https://charts.example.com --sign '${join(keys.path, 'key.asc')}'`
  const packages = MACHINES.map((machine) => {
    const folder = runOn(machine, command, { HELM_BIN: helmPath(major), SOURCE_DATE_EPOCH: '1700000000' })
    return snapshot(join(folder, 'dist/packages')).map((line) => line.replace(/ \d+ /, ' '))
  })
  const names = packages[0]?.map((line) => line.replace(/ .*/, '')) ?? []
  for (const name of ['qdrant-0.1.0.tgz', 'qdrant-0.1.0.tgz.prov', 'qdrant-0.1.0.cdx.json', 'qdrant-cluster-0.1.0.tgz', 'addons/qdrant/0.1.0.yaml'])
    expect(names.filter((path) => path.endsWith(`/${name}`)).length).toBe(SOME.length)
  for (const other of packages) expect(other).toEqual(packages[0])
})

test('the day that tests pretend is another one', () => {
  const run = (env: Readonly<Record<string, string>>) =>
    Number(spawnSync(process.execPath, ['-e', 'console.log(Date.now())'], { encoding: 'utf8', env }).stdout)
  expect(Math.round((run(onDay(400)) - run({})) / 864e5)).toBe(400)
})

test('SOURCE_DATE_EPOCH sets the times in the archive, and nothing else', () => {
  const [machine] = MACHINES
  const plain = gunzipSync(readFileSync(join(buildOn(machine), PACKAGE)))
  const dated = gunzipSync(readFileSync(join(buildOn(machine, { SOURCE_DATE_EPOCH: '1700000000' }), PACKAGE)))
  expect(dated.equals(plain)).toBe(false)
  // A tar header is 512 bytes; time and checksum are at 136 to 156 of it.
  const differing = [...dated.keys()].filter((index) => dated[index] !== plain[index])
  expect(differing.every((index) => index % 512 >= 136 && index % 512 < 156)).toBe(true)
})

test('the gzip header names no file, no time and no system', () => {
  const header = readFileSync(join(buildOn(MACHINES[0]), PACKAGE)).subarray(0, 10)
  expect([...header]).toEqual([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 255])
})

test.each(TESTED_HELMS)('Helm %i reads the archive as it reads the folder', (major) => {
  const path = buildOn(MACHINES[0])
  const archive = join(path, PACKAGE)
  expect(runHelm(major, ['template', 'r', archive])).toBe(runHelm(major, ['template', 'r', join(path, 'dist/charts/0.6/qdrant')]))
  expect(runHelm(major, ['show', 'chart', archive])).toContain('name: qdrant')
  expect(runHelm(major, ['lint', archive])).toContain('0 chart(s) failed')
})
