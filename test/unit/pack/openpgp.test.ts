import { describe, expect, test } from 'vitest'
import { openKeyring, openSigningKey, readText, type SigningKey } from '../../../src/pack/openpgp.ts'
import { provenanceProblems, provenanceText } from '../../../src/pack/provenance.ts'
import { sha256 } from '../../../src/tree/index.ts'
import { makeKey } from '../../support/keys.ts'

const NOON = Date.parse('2024-05-06T12:00:00Z') / 1000
const CHART = 'apiVersion: v2\nname: x\nversion: 1.0.0\nkeywords:\n- a\n- b\n'
const BYTES = Buffer.from('the bytes of an archive')
const ARCHIVE = { name: 'x-1.0.0.tgz', sha256: sha256(BYTES) }
const TEXT = provenanceText(CHART, ARCHIVE)
const OWN = { name: ARCHIVE.name, bytes: BYTES, chartYaml: CHART }

async function open(bytes: Uint8Array | string, passphrase?: string): Promise<SigningKey> {
  const key = await openSigningKey(Buffer.from(bytes), passphrase)
  if ('problem' in key) throw new Error(key.problem)
  return key
}

async function sign(key: SigningKey, text = TEXT, seconds = NOON): Promise<string> {
  const signed = await key.sign(text, seconds)
  if ('problem' in signed) throw new Error(signed.problem)
  return signed.message
}

async function verify(ring: Uint8Array | string, message: string) {
  const keyring = await openKeyring(Buffer.from(ring))
  if ('problem' in keyring) throw new Error(keyring.problem)
  return keyring.verify(message)
}

describe.each([
  ['RSA', true],
  ['EdDSA', false],
] as const)('%s', (_name, rsa) => {
  test('a key signs from armor and from bytes, equally at equal times, and its keyring verifies', async () => {
    const made = await makeKey({ rsa })
    const first = await sign(await open(made.secret))
    expect(await sign(await open(made.secretBytes))).toBe(first)
    expect(await sign(await open(made.secret), TEXT, NOON + 1)).not.toBe(first)
    for (const ring of [made.ring, made.armored]) {
      const verdict = await verify(ring, first)
      expect(verdict.signedBy).toBe(made.fingerprint)
      expect(provenanceProblems(verdict.text ?? '', OWN)).toEqual([])
    }
    expect(await (await open(made.secret)).hasSigned(first, TEXT)).toBe(true)
    expect(await (await open(made.secret)).hasSigned(first, `${TEXT}x`)).toBe(false)
  })
})

test('a changed text, another key and no message are told apart', async () => {
  const [own, other] = await Promise.all([makeKey(), makeKey({ name: 'other' })])
  const message = await sign(await open(own.secret))
  const changed = message.replace('version: 1.0.0', 'version: 1.0.1')
  expect((await verify(own.ring, changed)).problem).toMatch(/not good/)
  expect((await verify(own.ring, changed)).signedBy).toBeUndefined()
  expect((await verify(other.ring, message)).problem).toMatch(/^the key [0-9a-f]+ is not in the keyring$/)
  expect((await verify(own.ring, 'nothing')).problem).toMatch(/no clear-signed/)
  expect(await readText('nothing')).toBeUndefined()
  expect(await (await open(other.secret)).hasSigned(message, TEXT)).toBe(false)
  // One of several keys is enough.
  expect((await verify(Buffer.concat([other.ring, own.ring]), message)).signedBy).toBe(own.fingerprint)
})

test('keys that cannot sign are refused with what to do', async () => {
  const [locked, plain] = await Promise.all([makeKey({ passphrase: 'open sesame' }), makeKey()])
  const problem = async (bytes: Uint8Array | string, passphrase?: string) => {
    const opened = await openSigningKey(Buffer.from(bytes), passphrase)
    return 'problem' in opened ? opened.problem : 'opened'
  }
  expect(await problem(locked.secret, 'open sesame')).toBe('opened')
  expect(await problem(locked.secret)).toBe('has a passphrase')
  expect(await problem(locked.secret, 'wrong')).toBe('has another passphrase')
  expect(await problem(plain.ring)).toBe('holds public keys alone')
  expect(await problem(plain.armored)).toBe('holds public keys alone')
  expect(await problem(Buffer.concat([plain.secretBytes, locked.secretBytes]))).toBe('holds 2 secret keys')
  for (const nothing of ['', 'name: x\n', plain.secret.slice(0, 200)]) expect(await problem(nothing)).toBe('is no OpenPGP secret key')
  // Before there was a key, nobody signed with it.
  expect(await (await open(plain.secret)).sign(TEXT, 315_532_800)).toHaveProperty('problem')
})

test('keyrings that are none are refused', async () => {
  const keybox = Buffer.concat([Buffer.from([0, 0, 0, 32, 1, 1, 0, 0]), Buffer.from('KBXf'), Buffer.alloc(20)])
  for (const bytes of [Buffer.from('x'), Buffer.alloc(0), keybox]) expect(await openKeyring(bytes)).toHaveProperty('problem')
  expect(await openKeyring(keybox)).toMatchObject({ fix: expect.stringContaining('gpg --export') })
})

describe('what is signed stands for a package', () => {
  test.each([
    ['a changed package', TEXT, { ...OWN, bytes: Buffer.from('others') }, /The digest that is signed/],
    ['another name', TEXT, { ...OWN, name: 'y-1.0.0.tgz' }, /no digest of y-1.0.0.tgz, but of "x-1.0.0.tgz"/],
    ['another Chart.yaml', TEXT, { ...OWN, chartYaml: CHART.replace('1.0.0', '2.0.0') }, /The Chart.yaml that is signed/],
    ['no digests', CHART, OWN, /not the Chart.yaml and the digest/],
    ['two dividers', `${TEXT}\n...\nfiles: {}\n`, OWN, /not the Chart.yaml and the digest/],
    ['digests that are no map', `${CHART}\n...\nfiles: [1]\n`, OWN, /no digest of x-1.0.0.tgz/],
    ['digests that are no YAML', `${CHART}\n...\nfiles: "\n`, OWN, /no digest of x-1.0.0.tgz/],
  ])('but not for %s', (_name, text, archive, problem) => {
    expect(provenanceProblems(text, archive).join('\n')).toMatch(problem)
  })

  test('in the order of fields that Helm writes, with CRLF', () => {
    const helm = `keywords:\n- a\n- b\nname: x\nversion: 1.0.0\napiVersion: v2\n\n...\nfiles:\n  x-1.0.0.tgz: sha256:${ARCHIVE.sha256}\n`
    expect(provenanceProblems(helm.replaceAll('\n', '\r\n'), OWN)).toEqual([])
  })
})
