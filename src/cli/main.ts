import { CommanderError } from 'commander'
import { errnoOf, Fault, UsageFault } from '../diagnostics/index.ts'
import { createProgram } from './program.ts'
import { VERSION } from './version.ts'

/** Exit codes: clean, findings, wrong call, environment failed, bug. */
export const EXIT = { clean: 0, findings: 1, usage: 2, fault: 3, bug: 70 } as const

/** Runs the command line and returns the exit code. */
export async function main(argv: readonly string[]): Promise<number> {
  let exitCode: number = EXIT.clean
  const finish = (code: number) => {
    exitCode = code
  }
  const program = createProgram(finish)
  try {
    await program.parseAsync(argv, { from: 'user' })
    return exitCode
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.clean : EXIT.usage
    if (error instanceof Fault) {
      process.stderr.write(`addonsmith: ${error.message}\n${error.fix === undefined ? '' : `${error.fix}\n`}`)
      return error instanceof UsageFault ? EXIT.usage : EXIT.fault
    }
    if (errnoOf(error) === 'EPIPE') return EXIT.clean
    process.stderr.write(`addonsmith ${VERSION} has a bug; please report this:\n${error instanceof Error ? error.stack : String(error)}\n`)
    return EXIT.bug
  }
}
