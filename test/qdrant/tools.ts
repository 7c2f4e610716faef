import { spawnSync } from 'node:child_process'
import type { TestContext } from 'vitest'

/** A shell that scripts run under; the traced one writes which lines it executed. */
export type Shell = 'dash' | 'busybox' | 'traced'

function works(command: string, ...args: string[]): boolean {
  return spawnSync(command, args, { stdio: 'ignore' }).error === undefined
}

/** Where a program is, or nothing. */
export function which(name: string): string | undefined {
  const found = spawnSync('sh', ['-c', 'command -v "$1"', 'sh', name], { encoding: 'utf8' }).stdout.trim()
  return found === '' ? undefined : found
}

const has = { curl: works('curl', '--version'), jq: works('jq', '--version'), dash: works('dash', '-c', ':'), busybox: works('busybox', 'true') }

/** Skips a test, with a line that names what is missing; with CI=true the test runs, and fails. */
export function needs(skip: TestContext['skip'], ...names: string[]): void {
  const missing = names.filter((name) => which(name) === undefined)
  if (missing.length > 0 && process.env.CI !== 'true') skip(`missing: ${missing.join(', ')}`)
}

/** The shell for a number of nodes: different ones, so that every script meets both; dash alone when busybox is missing. */
export function shellFor(nodes: number): Shell {
  if (process.env.QDRANT_TRACE !== undefined) return 'traced'
  return nodes === 3 && has.busybox ? 'busybox' : 'dash'
}

/** What every test that runs a script needs; with TLS, something that makes certificates. */
export function needsScripts(skip: TestContext['skip'], tls = false): void {
  needs(skip, 'dash', 'curl', 'jq', ...(tls ? ['openssl'] : []))
}
