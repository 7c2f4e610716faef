import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Context } from '../context.ts'
import { Fault, messageOf } from '../diagnostics/index.ts'
import { isSupported } from './binaries.ts'
import type { FoundHelm } from './find.ts'
import { cachedVersion, rememberVersion } from './version-cache.ts'

/** A Helm that can be run. */
export interface Helm extends FoundHelm {
  /** `4.1.4`, and whether it is one this tool is tested with. It is asked for beside the first call, which would wait for it otherwise. */
  readonly version: Promise<HelmVersion>
  /** Fails with a Fault when what runs is no Helm. */
  run(args: readonly string[]): Promise<HelmResult>
  /** Removes the folders Helm was given. */
  close(): void
}

export interface HelmVersion {
  readonly number: string
  readonly supported: boolean
}

export interface HelmResult {
  /** Why Helm was ended before it came to an end by itself. */
  readonly limit?: 'time' | 'output'
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

/** Seconds a call may take. */
export const MAX_SECONDS = 30
/** Bytes a call may print. */
export const MAX_OUTPUT: number = 64 * 1024 * 1024

/**
 * Opens a Helm, and gives it folders of its own, so that neither repositories nor plugins of the user play a part. Only argument arrays, no shell;
 * a call that takes too long or prints too much is ended.
 */
export async function openHelm(found: FoundHelm, context: Context): Promise<Helm> {
  const { execa } = await import('execa')
  const home = mkdtempSync(join(tmpdir(), 'addonsmith-helm-'))
  const env = {
    PATH: context.env.PATH ?? '',
    HOME: home,
    HELM_CACHE_HOME: join(home, 'cache'),
    HELM_CONFIG_HOME: join(home, 'config'),
    HELM_DATA_HOME: join(home, 'data'),
    ...(context.env.SystemRoot === undefined ? {} : { SystemRoot: context.env.SystemRoot }),
  }
  const call = async (args: readonly string[]): Promise<HelmResult> => {
    const result = await execa(found.path, args, {
      env,
      extendEnv: false,
      reject: false,
      stdin: 'ignore',
      timeout: MAX_SECONDS * 1000,
      maxBuffer: MAX_OUTPUT,
      killSignal: 'SIGKILL',
      stripFinalNewline: false,
    })
    const { stdout, stderr } = result
    if (result.timedOut) return { limit: 'time', exitCode: 1, stdout, stderr }
    if (result.isMaxBuffer) return { limit: 'output', exitCode: 1, stdout, stderr }
    if (result.exitCode === undefined)
      throw new Fault(`helm could not be run: ${messageOf(result.cause ?? result.message)}.`, { cause: result.cause })
    return { exitCode: result.exitCode, stdout, stderr }
  }
  const version = askVersion(found, call, context.env)
  // Whoever waits for it hears of it.
  version.catch(() => undefined)
  return {
    ...found,
    version,
    async run(args) {
      const [result] = await Promise.all([call(args), version])
      return result
    },
    close: () => rmSync(home, { recursive: true, force: true }),
  }
}

async function askVersion(found: FoundHelm, call: (args: readonly string[]) => Promise<HelmResult>, env: Context['env']): Promise<HelmVersion> {
  const known = cachedVersion(found.path, env)
  if (known !== undefined) return { number: known, supported: isSupported(known) }
  const { stdout, stderr, exitCode } = await call(['version', '--template', '{{.Version}}'])
  const number = /v?(\d+\.\d+\.\d+\S*)/.exec(stdout)?.[1]
  if (exitCode !== 0 || number === undefined) throw new Fault(`${found.path} does not answer like Helm: ${(stderr || stdout).trim().slice(0, 200)}.`)
  rememberVersion(found.path, number, env)
  return { number, supported: isSupported(number) }
}
