import { suggestAmong } from '../../../diagnostics/index.ts'
import { textAt } from '../../../objects/index.ts'
import { NEW } from '../../../operator/index.ts'
import { namesAt } from '../../parts.ts'
import type { ObjectRule } from '../../rule.ts'
import { areKnown, neededReferences } from '../../var-referents.ts'

const rule: ObjectRule = {
  code: 'reference/role',
  kinds: ['ComponentDefinition'],
  releases: NEW,
  source: 'release-1.0:pkg/controller/component/vars.go resolveComponentPodsForRoleRef: pods by their role label, none is no failure',
  check: (object, objects, release, others) =>
    neededReferences(release, object, [...objects, ...others]).flatMap(({ variable, reference, path, definitions }) => {
      const known = [...new Set(definitions.flatMap((definition) => namesAt(definition, 'spec', 'roles')))]
      return ['podNamesForRole', 'podFQDNsForRole'].flatMap((field) => {
        const wanted = (textAt(reference, field, 'role') ?? '').split(',').filter((name) => name !== '')
        const unknown = wanted.find((name) => !known.some((candidate) => candidate.toLowerCase() === name.toLowerCase()))
        if (unknown === undefined || !areKnown(definitions)) return []
        return [
          {
            path: [...path, field, 'role'],
            message: `The var "${variable}" wants pods of the role "${unknown}", which its definition does not have, and none is ever found.`,
            hint: suggestAmong(unknown, known),
          },
        ]
      })
    }),
}
export default rule
