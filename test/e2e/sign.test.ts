import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { helmPath, runHelm, TESTED_HELMS } from '../support/helm.ts'
import { makeKey, type TestKey } from '../support/keys.ts'
import { runJson, tinyWorkspace } from '../support/tiny-workspace.ts'
import type { Workspace } from '../support/workspace.ts'

const PACKAGE = 'dist/packages/1.0/tiny-0.1.0.tgz'
const PROV = `${PACKAGE}.prov`
const ARGS = ['package', '--kubeblocks', '1.0', '--no-helm']
const VERIFY = ['verify', PACKAGE, '--no-helm', '--keyring', 'ring.gpg']

let rsa: TestKey
let eddsa: TestKey
let locked: TestKey
beforeAll(async () => {
  ;[rsa, eddsa, locked] = await Promise.all([makeKey({ rsa: true }), makeKey(), makeKey({ name: 'locked', passphrase: 'open sesame' })])
})

/** A workspace with a signed package, and the keyring for it. */
function signedBy(key: TestKey): Workspace {
  const workspace = tinyWorkspace()
  workspace.write('key.asc', key.secret)
  workspace.write('ring.gpg', key.ring)
  const { stdout, stderr, exitCode } = workspace.run([...ARGS, '--sign', 'key.asc'])
  expect(exitCode, stderr).toBe(0)
  expect(stdout).toContain(`signed with the key ${key.fingerprint}`)
  return workspace
}

function flip(workspace: Workspace, file: string, find: string | undefined): void {
  const path = join(workspace.path, file)
  const bytes = readFileSync(path)
  const index = find === undefined ? bytes.length >> 1 : bytes.indexOf(find)
  expect(index).toBeGreaterThan(0)
  bytes[index] = (bytes[index] ?? 0) ^ 1
  writeFileSync(path, bytes)
}

test.each(TESTED_HELMS)('helm verify of Helm %i takes what RSA keys sign; Helm 3 knows no EdDSA, of which signing warns', (major) => {
  for (const key of [rsa, eddsa]) {
    const workspace = signedBy(key)
    const verify = (name: string) => runHelm(major, ['verify', '--keyring', join(workspace.path, 'ring.gpg'), join(workspace.path, name)])
    for (const name of [PACKAGE, PACKAGE.replace('tiny-', 'tiny-cluster-')]) {
      if (key === eddsa && major === 3) expect(() => verify(name)).toThrow(/unsupported feature/)
      else expect(verify(name).toLowerCase()).toContain(key.fingerprint)
    }
    const warned = workspace.run([...ARGS, '--sign', 'key.asc']).stderr.includes('package/key')
    expect(warned).toBe(key === eddsa)
  }
})

/** What must not pass: how it comes about, and the code of ours for it. */
const BROKEN: readonly (readonly [what: string, spoil: (workspace: Workspace) => void, code: string])[] = [
  ['a byte of the package', (workspace) => flip(workspace, PACKAGE, undefined), 'chart/unsafe-file'],
  ['a byte of the signed text', (workspace) => flip(workspace, PROV, 'tiny engine'), 'package/signature'],
  ['a byte of the signed digest', (workspace) => flip(workspace, PROV, 'sha256:'), 'package/signature'],
  [
    'another signature',
    (workspace) => workspace.write(PROV, readFileSync(join(workspace.path, PROV.replace('tiny-', 'tiny-cluster-')))),
    'package/signature',
  ],
  ['no .prov', (workspace) => rmSync(join(workspace.path, PROV)), 'package/unsigned'],
  ['an empty .prov', (workspace) => workspace.write(PROV, ''), 'package/signature'],
  ['another key', (workspace) => workspace.write('ring.gpg', eddsa.ring), 'package/signature'],
]

test.each(BROKEN)('%s: refused by both Helms and by verify', (_what, spoil, code) => {
  const workspace = signedBy(rsa)
  expect(runJson(workspace, VERIFY).diagnostics).toEqual([])
  spoil(workspace)
  for (const major of TESTED_HELMS)
    expect(() => runHelm(major, ['verify', '--keyring', join(workspace.path, 'ring.gpg'), join(workspace.path, PACKAGE)])).toThrow()
  const report = runJson(workspace, VERIFY)
  expect(report.diagnostics.map((one) => one.code)).toContain(code)
  expect(report.exitCode).toBe(1)
  expect(report.results[0]).not.toHaveProperty('signedBy')
})

test('a signature that is good for the same bytes stays; one of other bytes goes', () => {
  const workspace = signedBy(rsa)
  const before = readFileSync(join(workspace.path, PROV), 'utf8')
  workspace.run([...ARGS, '--sign', 'key.asc'])
  expect(readFileSync(join(workspace.path, PROV), 'utf8')).toBe(before)
  workspace.write('key.asc', eddsa.secret)
  workspace.run([...ARGS, '--sign', 'key.asc'])
  expect(readFileSync(join(workspace.path, PROV), 'utf8')).not.toBe(before)
  // Nothing is signed, nothing has changed: it is still good.
  workspace.run(ARGS)
  expect(existsSync(join(workspace.path, PROV))).toBe(true)
  workspace.run(ARGS, { SOURCE_DATE_EPOCH: '1700000000' })
  expect(existsSync(join(workspace.path, PROV))).toBe(false)
})

test('with SOURCE_DATE_EPOCH a signature has equal bytes each time, and a key that is younger is refused', () => {
  const [first, second] = [tinyWorkspace(), tinyWorkspace()]
  for (const { path, write, run } of [first, second]) {
    write('key.asc', rsa.secret)
    expect(run([...ARGS, '--sign', 'key.asc'], { SOURCE_DATE_EPOCH: '1700000000' }).exitCode, path).toBe(0)
  }
  expect(readFileSync(join(first.path, PROV))).toEqual(readFileSync(join(second.path, PROV)))
  rmSync(join(first.path, 'dist'), { recursive: true })
  const young = first.run([...ARGS, '--sign', 'key.asc'], { SOURCE_DATE_EPOCH: '1000000000' })
  expect(young.stderr).toContain('SOURCE_DATE_EPOCH is the time of the signature')
  expect(young.exitCode).toBe(3)
  expect(existsSync(join(first.path, 'dist'))).toBe(false)
})

test('a passphrase comes from the environment or a file; a wrong one ends the run before anything is made', () => {
  const workspace = tinyWorkspace()
  workspace.write('key.asc', locked.secret)
  workspace.write('ring.gpg', locked.ring)
  workspace.write('right', 'open sesame\n')
  workspace.write('wrong', 'open barley\n')
  const sign = [...ARGS, '--sign', 'key.asc']
  for (const [args, env, message] of [
    [sign, {}, '--sign key.asc: the file has a passphrase.\nGive it in ADDONSMITH_PASSPHRASE, or in a file with --passphrase-file.'],
    [sign, { ADDONSMITH_PASSPHRASE: 'open barley' }, '--sign key.asc: the file has another passphrase.'],
    [[...sign, '--passphrase-file', 'wrong'], { ADDONSMITH_PASSPHRASE: 'open sesame' }, '--sign key.asc: the file has another passphrase.'],
    [[...ARGS, '--sign', 'ring.gpg'], {}, '--sign ring.gpg: the file holds public keys alone.\nExport the secret one'],
  ] as const) {
    const { stderr, exitCode } = workspace.run(args, env)
    expect(stderr).toContain(message)
    expect(stderr).not.toContain('barley')
    expect(exitCode).toBe(2)
    expect(existsSync(join(workspace.path, 'dist'))).toBe(false)
  }
  expect(workspace.run(sign, { ADDONSMITH_PASSPHRASE: 'open sesame' }).exitCode).toBe(0)
  expect(runJson(workspace, VERIFY).results[0]).toMatchObject({ state: 'verified', signedBy: locked.fingerprint })
  rmSync(join(workspace.path, 'dist'), { recursive: true })
  expect(workspace.run([...sign, '--passphrase-file', 'right']).exitCode).toBe(0)
  expect(runJson(workspace, VERIFY).diagnostics).toEqual([])
})

test('what helm package --sign writes is a signature to verify as well', (context) => {
  const major = TESTED_HELMS[0]
  if (major === undefined || helmPath(major) === '') context.skip('there is no Helm on this machine')
  const workspace = signedBy(rsa)
  workspace.write('secret.gpg', rsa.secretBytes)
  workspace.run(['build', '--no-helm', '--kubeblocks', '1.0'])
  const at = (name: string) => join(workspace.path, name)
  runHelm(major ?? 4, ['package', at('dist/charts/1.0/tiny'), '--sign', '--key', 'test', '--keyring', at('secret.gpg'), '-d', at('helm')])
  const report = runJson(workspace, ['verify', 'helm/tiny-0.1.0.tgz', '--no-helm', '--keyring', 'ring.gpg'])
  // The signature is good; the archive is Helm's own.
  expect(report.diagnostics.map(({ code }) => code)).toEqual(['package/different'])
  expect(report.results[0]).toMatchObject({ state: 'different', signedBy: rsa.fingerprint })
})
