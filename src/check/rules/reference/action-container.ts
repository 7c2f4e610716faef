import { suggestAmong } from '../../../diagnostics/index.ts'
import { keysAt, textAt } from '../../../objects/index.ts'
import { FROM_08, type ObjectPath } from '../../../operator/index.ts'
import { namesAt } from '../../parts.ts'
import type { ObjectRule } from '../../rule.ts'

/** The form of 0.8 and 0.9, and the one action of later releases that the operator does not look at. */
function handlersOf(action: string): readonly ObjectPath[] {
  return [
    ['spec', 'lifecycleActions', action, 'customHandler', 'container'],
    ...(action === 'availableProbe' ? [['spec', 'lifecycleActions', action, 'exec', 'container']] : []),
  ]
}

const rule: ObjectRule = {
  code: 'reference/action-container',
  kinds: ['ComponentDefinition'],
  releases: FROM_08,
  source: 'release-0.9:pkg/controller/component/lorry_utils.go; release-1.0:pkg/controller/component/kbagent.go customExecActionImageNContainer',
  check(object) {
    const known = namesAt(object, 'spec', 'runtime', 'containers')
    return keysAt(object, 'spec', 'lifecycleActions').flatMap((action) =>
      handlersOf(action).flatMap((path) => {
        const wanted = textAt(object, ...path.map(String)) ?? ''
        if (wanted === '' || known.includes(wanted)) return []
        return [{ path, message: `The action ${action} is for the container "${wanted}", which there is not.`, hint: suggestAmong(wanted, known) }]
      }),
    )
  },
}
export default rule
