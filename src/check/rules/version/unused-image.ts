import { suggestAmong } from '../../../diagnostics/index.ts'
import { at, keysAt } from '../../../objects/index.ts'
import { itemsAt, NEW, type OperatorRelease, ofKind, whole } from '../../../operator/index.ts'
import { definitionsMatching, namesAt } from '../../parts.ts'
import type { ObjectRule } from '../../rule.ts'

const rule: ObjectRule = {
  code: 'version/unused-image',
  kinds: ['ComponentVersion'],
  releases: NEW,
  source: 'release-1.0:pkg/controller/component/component_version.go resolveImagesWithCompVersions',
  check(object, objects, release, others) {
    const definitions = definitionsOf(object, [...objects, ...others], release)
    if (definitions.length === 0) return []
    const known = [...new Set(definitions.flatMap(keysOf))]
    const lower = new Set(known.map((key) => key.toLowerCase()))
    const sidecars = ofKind(objects, 'SidecarDefinition').flatMap((sidecar) => namesAt(sidecar, 'spec', 'containers'))
    const seen = new Set<string>()
    return itemsAt(whole(object), 'spec', 'releases').flatMap(({ item, path }) =>
      keysAt(item, 'images').flatMap((key) => {
        if (seen.has(key) || lower.has(key.toLowerCase()) || sidecars.includes(key)) return []
        // Releases repeat their keys; the first says it for all.
        seen.add(key)
        return [
          {
            path: [...path, 'images', key],
            message: `"${key}" is no container, init container or action of a definition that the rules match, so the image is used nowhere.`,
            hint: suggestAmong(key, known),
          },
        ]
      }),
    )
  },
}
export default rule

/** All definitions of its rules: images are taken by service version, whatever the rule of their release says. */
function definitionsOf(object: unknown, objects: readonly unknown[], release: OperatorRelease): readonly unknown[] {
  return itemsAt(whole(object), 'spec', 'compatibilityRules').flatMap((rule) =>
    itemsAt(rule, 'compDefs').flatMap(({ item }) => definitionsMatching(release, objects, String(item))),
  )
}

function keysOf(definition: unknown): readonly string[] {
  const actions = keysAt(definition, 'spec', 'lifecycleActions').filter(
    (action) => at(definition, 'spec', 'lifecycleActions', action, 'exec') !== undefined,
  )
  return [...namesAt(definition, 'spec', 'runtime', 'initContainers'), ...namesAt(definition, 'spec', 'runtime', 'containers'), ...actions]
}
