import { ALL } from '../../../operator/index.ts'
import type { ObjectRule } from '../../rule.ts'
import { SCRIPT_KINDS, scriptName, scriptsIn } from '../../shell/scripts.ts'
import { lineOf } from '../../shell/text.ts'
import type { Program } from '../../shell/words.ts'

const rule: ObjectRule = {
  code: 'script/no-timeout',
  kinds: SCRIPT_KINDS,
  releases: ALL,
  source: 'release-1.0:pkg/kbagent/service/command.go',
  check: (object, objects) =>
    scriptsIn(object, objects).flatMap((script) => {
      const { path, shell, uses, programs } = script
      if (shell === undefined || !uses.some(({ role }) => role === 'probe')) return []
      const waiting = programs.find((program) => mayHang(program, shell.source))
      if (waiting === undefined) return []
      return [
        {
          path,
          message: `${scriptName(script)} is run by a probe, and calls ${waiting.name} without a time limit (line ${lineOf(shell.source, waiting.node.pos)}).`,
        },
      ]
    }),
}
export default rule

/** Clients that wait as long as the server likes, and what gives them a limit. etcdctl, pg_isready and clickhouse-client have one by themselves. */
const CLIENTS: ReadonlyMap<string, RegExp> = new Map([
  ['curl', /^(--max-time|--connect-timeout|-[a-zA-Z]*m\d*$)/],
  ['mariadb', /^--connect[-_]timeout/],
  ['mongo', /(imeoutMS|--connectTimeout)/],
  ['mongosh', /(imeoutMS|--connectTimeout)/],
  ['mysql', /^--connect[-_]timeout/],
  ['mysqladmin', /^--connect[-_]timeout/],
  ['psql', /connect_timeout/],
  ['redis-cli', /^-t$/],
  ['sqlplus', /^$/],
  ['wget', /^(--timeout|--read-timeout|-[a-zA-Z]*T\d*$)/],
])

function mayHang({ name, args, isTimed }: Program, source: string): boolean {
  const limit = CLIENTS.get(name)
  if (limit === undefined || isTimed || args.some((word) => limit.test(word) || /^(--version|--help|-V)$/.test(word))) return false
  // A variable can hold options.
  return !(name === 'psql' && source.includes('PGCONNECT_TIMEOUT')) && !args.some((word) => /^\$\{?\w*(opt|arg|flag|param|timeout)/i.test(word))
}
