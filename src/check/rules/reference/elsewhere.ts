import { FROM_08, isPattern, standingOf } from '../../../operator/index.ts'
import type { ObjectRule } from '../../rule.ts'
import { neededReferences } from '../../var-referents.ts'

const rule: ObjectRule = {
  code: 'reference/elsewhere',
  kinds: ['ComponentDefinition'],
  releases: FROM_08,
  source: 'release-0.8 to release-1.1:pkg/controller/component/vars.go resolveReferentComponents',
  check(object, objects, release, others) {
    // Several vars look at the same definition; the first says it for all.
    const seen = new Set<string>()
    return neededReferences(release, object, [...objects, ...others]).flatMap(({ variable, pattern, path, definitions }) => {
      if (definitions.length > 0 || seen.has(pattern) || !isPattern(pattern)) return []
      seen.add(pattern)
      const standing = standingOf(release, objects, others, 'ComponentDefinition', pattern)
      return [
        {
          path: [...path, 'compDef'],
          message: `No ComponentDefinition of the chart matches "${pattern}", which the var "${variable}" needs: clusters without a component that another chart defines fail.`,
          ...(standing.kind === 'misspelt' ? { hint: `did you mean "${standing.meant}"?` } : {}),
        },
      ]
    })
  },
}
export default rule
