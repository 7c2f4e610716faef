import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, statSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { copyQdrant } from '../support/compile-qdrant.ts'
import { runHelm, TESTED_HELMS } from '../support/helm.ts'
import { createWorkspace, ROOT } from '../support/workspace.ts'

const CLI = join(ROOT, 'dist/lib/cli.js')

/** Circumstances that must not matter. */
const MACHINES = [
  { umask: '022', env: { LC_ALL: 'C', TZ: 'UTC' }, time: 1_000_000_000 },
  { umask: '077', env: { LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8', TZ: 'Asia/Kathmandu' }, time: 1_700_000_000 },
  { umask: '000', env: { LC_ALL: 'de_DE.UTF-8', TZ: 'America/St_Johns' }, time: 315_532_800 },
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
function buildOn({ umask, env, time }: (typeof MACHINES)[number], extra: Readonly<Record<string, string>> = {}): string {
  const { path } = createWorkspace()
  copyQdrant(path)
  for (const entry of readdirSync(join(path, 'addons'), { recursive: true, withFileTypes: true }))
    utimesSync(join(entry.parentPath, entry.name), time, time)
  const script = `umask ${umask}; '${process.execPath}' '${CLI}' build --no-helm && '${process.execPath}' '${CLI}' package --no-helm --repository https://charts.example.com`
  const { status, stderr } = spawnSync('sh', ['-c', script], {
    cwd: path,
    encoding: 'utf8',
    env: { PATH: process.env.PATH ?? '', HOME: path, ...env, ...extra },
  })
  expect(status, stderr).toBe(0)
  return path
}

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
