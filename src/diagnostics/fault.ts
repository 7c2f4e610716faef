/**
 * The environment failed: no Helm, disk full, a folder that is not ours. Thrown, and caught once in `cli/main.ts`, where it ends the run with exit code 3
 * (2 for `UsageFault`). `fix` says what to do.
 */
export class Fault extends Error {
  readonly fix: string | undefined
  constructor(message: string, options: { readonly fix?: string; readonly cause?: unknown } = {}) {
    super(message, { cause: options.cause })
    this.name = 'Fault'
    this.fix = options.fix
  }
}

/** The command line or the configuration is wrong: exit code 2. */
export class UsageFault extends Fault {
  constructor(message: string, options: { readonly fix?: string; readonly cause?: unknown } = {}) {
    super(message, options)
    this.name = 'UsageFault'
  }
}

/** States what must hold if this program has no bug. A failure ends with a stack trace and exit code 70. */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`bug: ${message}`)
}

/** Closes a switch over a union: a new member does not compile until it is handled. */
export function assertNever(value: never): never {
  throw new Error(`bug: unexpected ${JSON.stringify(value)}`)
}

/** The message of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** The `code` of a system error (`ENOENT`, `ENOSPC`), if it has one. */
export function errnoOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}
