import type { Run } from '../../model/addon.ts'

/** What an action runs, in words: its script, or its command on one line. */
export function runName(run: Run): string {
  return run.kind === 'script' ? run.script : run.command.join(' ')
}

/** What pre-stop.sh calls, in words and as a shell reads it. Scripts stand beside it. */
export function leaveCommand(run: Run): { readonly script: string; readonly command: string } {
  return { script: runName(run).replace(/\s+/g, ' '), command: run.kind === 'script' ? `"$scripts/${run.script}"` : shellWords(run.command) }
}

/** The words of a command as a shell reads them. */
export function shellWords(command: readonly string[]): string {
  return command.map((word) => (/^[\w./:=@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)).join(' ')
}
