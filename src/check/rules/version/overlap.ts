import { listAt } from '../../../objects/index.ts'
import { FROM_09, itemsAt, nameMatches, nameOf, type OperatorRelease, ofKind, whole } from '../../../operator/index.ts'
import { definitionsMatching } from '../../parts.ts'
import type { ObjectRule } from '../../rule.ts'

const rule: ObjectRule = {
  code: 'version/overlap',
  kinds: ['ComponentVersion'],
  releases: FROM_09,
  source: 'release-1.0:pkg/controller/component/component_version.go findMatchedImagesFromCompVersions',
  check: (object, objects, release) =>
    itemsAt(whole(object), 'spec', 'compatibilityRules').flatMap((compatibility) =>
      itemsAt(compatibility, 'compDefs').flatMap(({ item, path }) => {
        const names = definitionsMatching(release, objects, String(item)).map(nameOf)
        return ofKind(objects, 'ComponentVersion').flatMap((other) => {
          const shared = nameOf(other) === nameOf(object) ? undefined : names.find((name) => matches(release, other, name))
          // The pattern that reaches further is the one to correct.
          const further = reached(release, objects, object) - reached(release, objects, other)
          if (shared === undefined || further < 0 || (further === 0 && objects.indexOf(object) < objects.indexOf(other))) return []
          return [
            {
              path,
              message: `"${String(item)}" matches "${shared}", which the ComponentVersion "${nameOf(other)}" is for as well: their releases mix.`,
            },
          ]
        })
      }),
    ),
}
export default rule

function patternsOf(version: unknown): readonly string[] {
  return listAt(version, 'spec', 'compatibilityRules').flatMap((compatibility) => listAt(compatibility, 'compDefs').map(String))
}

function matches(release: OperatorRelease, version: unknown, name: string): boolean {
  return patternsOf(version).some((pattern) => nameMatches(release, name, pattern))
}

/** How many definitions of the chart a ComponentVersion matches. */
function reached(release: OperatorRelease, objects: readonly unknown[], version: unknown): number {
  return ofKind(objects, 'ComponentDefinition').filter((definition) => matches(release, version, nameOf(definition))).length
}
