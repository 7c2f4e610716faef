import { ALL } from '../../../operator/index.ts'
import type { ObjectRule } from '../../rule.ts'
import { SCRIPT_KINDS, scriptName, scriptsIn } from '../../shell/scripts.ts'
import { lineOf } from '../../shell/text.ts'

const rule: ObjectRule = {
  code: 'script/syntax',
  kinds: SCRIPT_KINDS,
  releases: ALL,
  source: 'bash(1); POSIX.1-2017 Shell Command Language',
  check: (object, objects) =>
    scriptsIn(object, objects).flatMap((script) => {
      const { path, shell } = script
      const first = shell?.errors[0]
      // What a template becomes is not known, so neither is whether it can be parsed.
      if (shell === undefined || first === undefined || shell.isTemplate) return []
      return [{ path, message: `${scriptName(script)} cannot be parsed: ${first.message}, in line ${lineOf(shell.source, first.pos)}.` }]
    }),
}
export default rule
