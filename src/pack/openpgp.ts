import { messageOf } from '../diagnostics/index.ts'

/** A key that signs, unlocked. Made by `openSigningKey`. */
export interface SigningKey {
  /** In hexadecimal. */
  readonly fingerprint: string
  /** Whether Helm 3 reads keys of this kind: it knows RSA, DSA and ECDSA, and no EdDSA (golang.org/x/crypto/openpgp/packet/public_key.go). */
  readonly isForHelm3: boolean
  /** Clear-signs a text. `seconds` since 1970 is the time of the signature. */
  sign(text: string, seconds: number): Promise<Signed>
  /** Whether a message is this text, with a good signature of this key. */
  hasSigned(message: string, text: string): Promise<boolean>
}

export type Signed = { readonly message: string } | { readonly problem: string }

/** Why a key cannot be used, and what to do about it. */
export interface KeyProblem {
  readonly problem: string
  readonly fix?: string
}

/** What a signature says. */
export interface Verdict {
  /** The text that was signed; nothing when the message is none. */
  readonly text?: string
  /** Fingerprint of the key, when the signature is good. */
  readonly signedBy?: string
  /** Why it is not good. */
  readonly problem?: string
}

const HELM_3_KEYS: ReadonlySet<string> = new Set(['rsaEncryptSign', 'rsaSign', 'dsa', 'ecdsa'])

/** Loaded when something is signed or verified, and not before. */
const library = () => import('openpgp')

/**
 * Settings of signatures: without the notation that makes each one different, RSA and EdDSA give equal bytes for equal text, key and time.
 * Keys of version 6 have a random salt by their format (RFC 9580, 5.2.4).
 */
const SIGNING = { nonDeterministicSignaturesViaNotation: false, showVersion: false, showComment: false } as const

/** ASCII armor, if bytes are that. */
function armorOf(bytes: Uint8Array): string | undefined {
  const text = Buffer.from(bytes).toString('latin1')
  return text.slice(0, 4096).includes('-----BEGIN PGP') ? text : undefined
}

async function publicKeysIn(bytes: Uint8Array) {
  const { readKeys } = await library()
  const armoredKeys = armorOf(bytes)
  return armoredKeys === undefined ? readKeys({ binaryKeys: bytes }) : readKeys({ armoredKeys })
}

async function secretKeysIn(bytes: Uint8Array) {
  const { readPrivateKeys } = await library()
  const armoredKeys = armorOf(bytes)
  return armoredKeys === undefined ? readPrivateKeys({ binaryKeys: bytes }) : readPrivateKeys({ armoredKeys })
}

/** Opens the one secret key in a file. */
export async function openSigningKey(bytes: Uint8Array, passphrase: string | undefined): Promise<SigningKey | KeyProblem> {
  const { decryptKey, createCleartextMessage, sign, readCleartextMessage, verify } = await library()
  let keys: Awaited<ReturnType<typeof secretKeysIn>>
  try {
    keys = await secretKeysIn(bytes)
  } catch {
    const isPublic = await publicKeysIn(bytes).then(
      () => true,
      () => false,
    )
    return isPublic
      ? { problem: 'holds public keys alone', fix: 'Export the secret one: gpg --export-secret-keys --armor KEY > key.asc' }
      : { problem: 'is no OpenPGP secret key', fix: 'Export one: gpg --export-secret-keys --armor KEY > key.asc' }
  }
  const [locked] = keys
  if (locked === undefined || keys.length > 1)
    return { problem: `holds ${keys.length} secret keys`, fix: 'Export the one that signs: gpg --export-secret-keys --armor KEY > key.asc' }
  let key = locked
  if (!locked.isDecrypted()) {
    if (passphrase === undefined)
      return { problem: 'has a passphrase', fix: 'Give it in ADDONSMITH_PASSPHRASE, or in a file with --passphrase-file.' }
    try {
      key = await decryptKey({ privateKey: locked, passphrase })
    } catch (error) {
      if (/passphrase/i.test(messageOf(error))) return { problem: 'has another passphrase' }
      return { problem: `cannot be unlocked (${messageOf(error)})` }
    }
  }
  return {
    fingerprint: key.getFingerprint(),
    isForHelm3: HELM_3_KEYS.has(key.getAlgorithmInfo().algorithm),
    async sign(text, seconds) {
      try {
        const message = await createCleartextMessage({ text })
        return { message: String(await sign({ message, signingKeys: key, date: new Date(seconds * 1000), config: SIGNING })) }
      } catch (error) {
        return { problem: messageOf(error) }
      }
    },
    async hasSigned(message, text) {
      try {
        const cleartextMessage = await readCleartextMessage({ cleartextMessage: message })
        if (cleartextMessage.getText() !== text.replace(/[ \t]+$/gm, '')) return false
        const { signatures } = await verify({ message: cleartextMessage, verificationKeys: key.toPublic() })
        return signatures.length > 0 && (await signatures[0]?.verified) === true
      } catch {
        return false
      }
    },
  }
}

/** The public keys of a keyring. Made by `openKeyring`. */
export interface Keyring {
  /** Verifies a clear-signed message: one good signature is enough, as it is for Helm. */
  verify(message: string): Promise<Verdict>
}

/** Opens a file with public keys, binary or armored. */
export async function openKeyring(bytes: Uint8Array): Promise<Keyring | KeyProblem> {
  const { readCleartextMessage, verify } = await library()
  if (Buffer.from(bytes.subarray(8, 12)).toString('latin1') === 'KBXf')
    return { problem: 'is a keybox, which neither Helm nor addonsmith reads', fix: 'Export the keys: gpg --export > pubring.gpg' }
  let keys: Awaited<ReturnType<typeof publicKeysIn>>
  try {
    keys = await publicKeysIn(bytes)
  } catch {
    return { problem: 'is no OpenPGP keyring', fix: 'Export the keys: gpg --export > pubring.gpg' }
  }
  return {
    async verify(message) {
      const read = await readText(message)
      if (read === undefined) return { problem: 'it is no clear-signed OpenPGP message' }
      const cleartextMessage = await readCleartextMessage({ cleartextMessage: message })
      const { signatures } = await verify({ message: cleartextMessage, verificationKeys: keys.map((key) => key.toPublic()) })
      let problem = 'it has no signature'
      for (const { keyID, verified } of signatures) {
        try {
          await verified
          const key = keys.find((one) => one.getKeys(keyID).length > 0)
          return { text: read, signedBy: key?.getFingerprint() ?? keyID.toHex() }
        } catch (error) {
          problem = /could not find signing key/i.test(messageOf(error))
            ? `the key ${keyID.toHex()} is not in the keyring`
            : `the signature is not good (${messageOf(error)})`
        }
      }
      return { text: read, problem }
    },
  }
}

/** The text of a clear-signed message, whoever signed it; nothing when it is none. */
export async function readText(message: string): Promise<string | undefined> {
  const { readCleartextMessage } = await library()
  try {
    return (await readCleartextMessage({ cleartextMessage: message })).getText()
  } catch {
    return undefined
  }
}
