import { at, keysAt } from '../../../objects/index.ts'
import { NEW, type OperatorRelease, resolveImages, serviceVersionsOf } from '../../../operator/index.ts'
import type { ObjectRule } from '../../rule.ts'
import { shebangShell } from '../../shell/invocation.ts'
import { runsOf } from '../../shell/runs.ts'
import { type ScriptText, scriptTexts, type Use } from '../../shell/scripts.ts'
import { programIn } from '../../shell/words.ts'

const rule: ObjectRule = {
  code: 'script/agent-bash',
  kinds: ['ComponentDefinition'],
  releases: NEW,
  source: 'release-1.0:pkg/controller/component/kbagent.go customExecActionImageNContainer, docker/Dockerfile-tools',
  check(object, objects, release) {
    if (!runsInToolsImage(object, objects, release)) return []
    return runsOf(object).flatMap(({ owner, words, paths }) => {
      if (owner[1] !== 'lifecycleActions') return []
      const path = paths[0] ?? owner
      if (programIn(words)?.name === 'bash')
        return [{ path, message: 'The command is bash, and the action runs in the tools image of the operator, which has none.' }]
      const script = scriptTexts(objects).find((candidate) => candidate.uses.some((use) => isNeededHere(candidate, use, object, owner)))
      return script === undefined
        ? []
        : [{ path, message: `The script "${script.key}" is for bash, and the action runs in the tools image of the operator, which has none.` }]
    })
  },
}
export default rule

/** Whether an action runs a script as a program, or with bash by name. */
function isNeededHere(
  { key, text }: ScriptText,
  { object, run, how, shell }: Use,
  definition: unknown,
  owner: readonly (string | number)[],
): boolean {
  if (key === undefined || object !== definition || run.owner.join('.') !== owner.join('.')) return false
  return how === 'file' ? shell === 'bash' : (how === 'direct' || how === 'from-script') && shebangShell(text) === 'bash'
}

/** One image serves all actions of a component. It is the operator's own when neither an action nor a ComponentVersion names another. */
function runsInToolsImage(definition: unknown, objects: readonly unknown[], release: OperatorRelease): boolean {
  const actions = at(definition, 'spec', 'lifecycleActions')
  if (namesImage(actions)) return false
  const versions = serviceVersionsOf(release, objects, definition)
  return (versions.length === 0 ? [''] : versions).every((version) => resolveImages(release, objects, definition, version).actions.size === 0)
}

/** Actions for configs and shards are deeper. */
function namesImage(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(namesImage)
  return keysAt(value).some((key) => {
    const item = at(value, key)
    return (key === 'image' && typeof item === 'string' && item !== '') || namesImage(item)
  })
}
