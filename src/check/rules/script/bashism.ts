import { ALL } from '../../../operator/index.ts'
import type { ObjectRule } from '../../rule.ts'
import { type Bashism, bashismsIn } from '../../shell/bashisms.ts'
import { shebangShell } from '../../shell/invocation.ts'
import { SCRIPT_KINDS, type ScriptText, scriptName, scriptsIn } from '../../shell/scripts.ts'

const rule: ObjectRule = {
  code: 'script/bashism',
  kinds: SCRIPT_KINDS,
  releases: ALL,
  source: 'POSIX.1-2017 Shell Command Language; tried with dash 0.5.12 and busybox 1.35: test/unit/check/shell.test.ts',
  check: (object, objects) =>
    scriptsIn(object, objects).flatMap((script) => {
      const { path, shell } = script
      // Scripts that look for bash themselves know what they do.
      if (shell === undefined || !runsInSh(script) || shell.source.includes('BASH_VERSION')) return []
      const found = bashismsIn(shell)
      return found.length === 0 ? [] : [{ path, message: `${scriptName(script)} ${howItRuns(script)} ${listed(found)}, which ${whoFails(found)}.` }]
    }),
}
export default rule

const PLAIN: readonly (string | undefined)[] = ['sh', 'ash', 'dash']

/** One that nothing is seen to run is taken by its first line. */
function runsInSh({ uses, text }: ScriptText): boolean {
  return uses.length === 0 ? PLAIN.includes(shebangShell(text) ?? undefined) : uses.some(({ shell }) => PLAIN.includes(shell))
}

function howItRuns({ key, uses }: ScriptText): string {
  if (key === undefined) return 'uses'
  return uses.some(({ shell, how }) => PLAIN.includes(shell) && how === 'file') ? 'is handed to sh, and uses' : 'runs in sh, and uses'
}

function listed(found: readonly Bashism[]): string {
  const shown = found.slice(0, 4).map(({ what, line }) => `${what} (line ${line})`)
  return found.length > 4 ? `${shown.join(', ')} and ${found.length - 4} more` : shown.join(', ')
}

function whoFails(found: readonly Bashism[]): string {
  const some = found.filter(({ inBusybox }) => inBusybox).length
  if (some === found.length) return 'dash does not know (busybox does)'
  return some === 0 ? 'dash and busybox do not know' : 'dash does not know, nor busybox all of it'
}
