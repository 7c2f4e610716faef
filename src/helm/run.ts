import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Context } from '../context.ts'
import { Fault, messageOf } from '../diagnostics/index.ts'
import { isSupported } from './binaries.ts'
import type { FoundHelm } from './find.ts'

/** A Helm that can be run. */
export interface Helm extends FoundHelm {
  /** `4.1.4`. */
  readonly version: string
  /** Whether the version is one this tool is tested with. */
  readonly supported: boolean
  run(args: readonly string[], options?: { readonly cwd?: string }): Promise<HelmResult>
  /** Removes the folders Helm was given. */
  close(): void
}

export interface HelmResult {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

const TIMEOUT_MS = 60_000
const MAX_OUTPUT = 256 * 1024 * 1024

/**
 * Opens a Helm: finds out its version, and gives it folders of its own, so that neither repositories nor plugins of the user play a part.
 * Only argument arrays, no shell; every call ends after a minute.
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
  const run: Helm['run'] = async (args, options = {}) => {
    const result = await execa(found.path, args, {
      env,
      extendEnv: false,
      reject: false,
      stdin: 'ignore',
      timeout: TIMEOUT_MS,
      maxBuffer: MAX_OUTPUT,
      stripFinalNewline: false,
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    })
    if (result.timedOut) throw new Fault(`helm ${args[0] ?? ''} did not end within ${TIMEOUT_MS / 1000} s.`)
    if (result.exitCode === undefined)
      throw new Fault(`helm could not be run: ${messageOf(result.cause ?? result.message)}.`, { cause: result.cause })
    return { exitCode: result.exitCode, stdout: result.stdout, stderr: result.stderr }
  }
  const close = () => rmSync(home, { recursive: true, force: true })
  try {
    const { stdout, stderr, exitCode } = await run(['version', '--template', '{{.Version}}'])
    const version = /v?(\d+\.\d+\.\d+\S*)/.exec(stdout)?.[1]
    if (exitCode !== 0 || version === undefined)
      throw new Fault(`${found.path} does not answer like Helm: ${(stderr || stdout).trim().slice(0, 200)}.`)
    return { ...found, version, supported: isSupported(version), run, close }
  } catch (error) {
    close()
    throw error
  }
}
