import { at } from '../../../objects/index.ts'
import { ALL, type OperatorRelease } from '../../../operator/index.ts'
import type { ObjectRule } from '../../rule.ts'
import { SCRIPT_KINDS, type ScriptText, scriptName, scriptsIn, type Use } from '../../shell/scripts.ts'

const rule: ObjectRule = {
  code: 'script/shebang',
  kinds: SCRIPT_KINDS,
  releases: ALL,
  source:
    'execve(2); release-1.0:controllers/apps/component/transformer_component_template.go newVolume, release-0.9:pkg/controllerutil/volume_util.go',
  check: (object, objects, release) =>
    scriptsIn(object, objects).flatMap((script) => {
      const trouble = troubleWith(script, release)
      return trouble === undefined ? [] : [{ path: script.path, message: `${scriptName(script)} ${trouble}.` }]
    }),
}
export default rule

function troubleWith({ uses, text, key }: ScriptText, release: OperatorRelease): string | undefined {
  if (key === undefined) return undefined
  if (uses.length > 0 && /^[^\n]*\r\n/.test(text) && !text.startsWith('{{'))
    return 'has line ends of Windows, and every line ends with a sign that the shell takes for text'
  const started = uses.find(({ how }) => how === 'direct')
  // A template may begin with what becomes nothing.
  if (started !== undefined && !text.startsWith('#!') && !text.trimStart().startsWith('{{'))
    return 'is started as a program, and does not begin with "#!": it cannot be run'
  const closed = uses.find((use) => (use.how === 'direct' || use.how === 'from-script') && !mayRun(use, release))
  return closed === undefined ? undefined : 'is started as a program, and the mode of its volume does not let files run'
}

/** Without a mode the files of kbagent's releases are 0444; those of 0.9 can run, and before that Kubernetes decides. */
function mayRun({ file }: Use, release: OperatorRelease): boolean {
  if (file?.spec === undefined) return true
  const mode = at(file.spec, 'defaultMode')
  if (typeof mode !== 'number') return mode !== undefined || release.agent !== 'kbagent'
  return (mode & 0o111) !== 0
}
