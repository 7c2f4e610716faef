import { type Command, CommanderError } from 'commander'
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
    await program.parseAsync(upToUnknown(program, argv), { from: 'user' })
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

/** The arguments up to a command that there is not: help asked for behind it would be help for another command, and hide the mistake. */
function upToUnknown(program: Command, argv: readonly string[]): readonly string[] {
  let command = program
  for (const [index, word] of argv.entries()) {
    if (word.startsWith('-') || command.commands.length === 0) return argv
    const next = command.commands.find((candidate) => candidate.name() === word)
    if (next === undefined) return argv.slice(0, index + 1)
    command = next
  }
  return argv
}
