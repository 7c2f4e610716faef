import { generateKey } from 'openpgp'

/** A key as people have it in files. */
export interface TestKey {
  /** Secret, armored. */
  readonly secret: string
  /** Secret, binary. */
  readonly secretBytes: Uint8Array
  /** Public, as the binary keyring that Helm wants. */
  readonly ring: Uint8Array
  /** Public, armored. */
  readonly armored: string
  readonly fingerprint: string
}

/** Makes a key, valid from 2020 on. */
export async function makeKey(options: { readonly name?: string; readonly passphrase?: string; readonly rsa?: boolean } = {}): Promise<TestKey> {
  const { name = 'test', passphrase, rsa = false } = options
  const { privateKey, publicKey } = await generateKey({
    ...(rsa ? { type: 'rsa' as const, rsaBits: 2048 } : { type: 'ecc' as const, curve: 'ed25519Legacy' as const }),
    ...(passphrase === undefined ? {} : { passphrase }),
    userIDs: [{ name, email: `${name}@example.com` }],
    date: new Date('2020-01-01T00:00:00Z'),
    format: 'object',
  })
  return {
    secret: privateKey.armor(),
    secretBytes: privateKey.write(),
    ring: publicKey.write(),
    armored: publicKey.armor(),
    fingerprint: publicKey.getFingerprint(),
  }
}
