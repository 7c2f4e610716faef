import { existsSync, readFileSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { messageOf, UsageFault } from '../diagnostics/index.ts'
import { type Keyring, openKeyring, openSigningKey, type SigningKey } from '../pack/openpgp.ts'
import type { Session } from './session.ts'

export interface SigningOptions {
  /** File with the secret key. */
  readonly sign?: string
  readonly passphraseFile?: string
}

/** No key ring of people is as large. */
const MAX_KEYS = 64 * 1024 * 1024

/**
 * The key to sign packages with, unlocked; nothing when none was named. Its passphrase is in a file or in the environment and never on the command
 * line, which all users of a machine can read.
 */
export async function chooseSigningKey({ context }: Session, { sign, passphraseFile }: SigningOptions): Promise<SigningKey | undefined> {
  if (sign === undefined) {
    if (passphraseFile !== undefined) throw new UsageFault('--passphrase-file is for --sign, which is not given.')
    return undefined
  }
  const bytes = readKeyFile('--sign', sign, context.cwd)
  const passphrase = passphraseFile === undefined ? context.env.ADDONSMITH_PASSPHRASE : firstLine(passphraseFile, context.cwd)
  const opened = await openSigningKey(bytes, passphrase)
  if ('problem' in opened) throw keyFault('--sign', sign, opened)
  return opened
}

/** The keyring that packages must be signed by; nothing when none was named. */
export async function chooseKeyring({ context }: Session, file: string | undefined): Promise<Keyring | undefined> {
  if (file === undefined) return undefined
  const opened = await openKeyring(readKeyFile('--keyring', file, context.cwd))
  if ('problem' in opened) throw keyFault('--keyring', file, opened)
  return opened
}

function keyFault(option: string, file: string, { problem, fix }: { readonly problem: string; readonly fix?: string }): UsageFault {
  return new UsageFault(`${option} ${file}: the file ${problem}.`, fix === undefined ? {} : { fix: `${fix}.` })
}

function readKeyFile(option: string, file: string, cwd: string): Uint8Array {
  const path = resolve(cwd, file)
  if (!existsSync(path)) throw new UsageFault(`${option} ${file} does not exist.`)
  try {
    const stat = statSync(path)
    // A pipe is fine: keys come out of vaults by them.
    if (stat.isDirectory()) throw new UsageFault(`${option} ${file} is a folder.`)
    if (stat.size > MAX_KEYS) throw new UsageFault(`${option} ${file} has ${stat.size} bytes, more than any keys.`)
    return readFileSync(path)
  } catch (error) {
    if (error instanceof UsageFault) throw error
    throw new UsageFault(`${option} ${file} cannot be read: ${messageOf(error)}.`, { cause: error })
  }
}

function firstLine(file: string, cwd: string): string {
  const [line = ''] = Buffer.from(readKeyFile('--passphrase-file', file, cwd))
    .toString('utf8')
    .split(/\r?\n/)
  if (line === '') throw new UsageFault(`--passphrase-file ${file} has an empty first line.`)
  return line
}
