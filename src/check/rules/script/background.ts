import { ALL } from '../../../operator/index.ts'
import type { ObjectRule } from '../../rule.ts'
import { SCRIPT_KINDS, scriptName, scriptsIn } from '../../shell/scripts.ts'
import { lineOf } from '../../shell/text.ts'

const rule: ObjectRule = {
  code: 'script/background',
  kinds: SCRIPT_KINDS,
  releases: ALL,
  source: 'release-1.0:pkg/kbagent/service/command.go',
  check: (object, objects) =>
    scriptsIn(object, objects).flatMap((script) => {
      const { path, shell, uses, programs } = script
      const use = uses.find(({ role }) => role === 'probe' || role === 'action')
      if (shell === undefined || use === undefined || programs.some(({ name }) => name === 'wait')) return []
      const started = shell.nodes.find((node) => node.type === 'Statement' && node.background === true)
      if (started === undefined) return []
      const who = use.role === 'probe' ? 'a probe' : 'an action'
      return [
        {
          path,
          message: `${scriptName(script)} is run by ${who}, and leaves a process in the background (line ${lineOf(shell.source, started.pos)}).`,
        },
      ]
    }),
}
export default rule
