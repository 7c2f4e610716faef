import { at, listAt, textAt } from '../../../objects/index.ts'
import { type Finding, itemsAt, nameOf, OLD, ofKind, whole } from '../../../operator/index.ts'
import type { ObjectRule } from '../../rule.ts'

const PARTS = ['initContainers', 'containers'] as const

const rule: ObjectRule = {
  code: 'reference/image',
  kinds: ['ClusterDefinition', 'ClusterVersion'],
  releases: OLD,
  source: 'release-0.6:internal/controller/component/component.go doContainerAttrOverride',
  check(object, objects, _release, others) {
    const all = [...objects, ...others]
    return textAt(object, 'kind') === 'ClusterVersion' ? inVersion(object, all) : withoutVersion(object, all)
  },
}
export default rule

function inVersion(object: unknown, all: readonly unknown[]): readonly Finding[] {
  const wanted = textAt(object, 'spec', 'clusterDefinitionRef')
  const definition = ofKind(all, 'ClusterDefinition').find((candidate) => nameOf(candidate) === wanted)
  const versions = listAt(object, 'spec', 'componentVersions')
  return listAt(definition, 'spec', 'componentDefs').flatMap((component) => {
    const index = versions.findIndex((candidate) => textAt(candidate, 'componentDefRef') === textAt(component, 'name'))
    return PARTS.flatMap((part) => {
      const given = listAt(versions[index], 'versionsContext', part)
        .filter((container) => at(container, 'image') !== undefined)
        .map((container) => textAt(container, 'name'))
      return listAt(component, 'podSpec', part)
        .filter((container) => (textAt(container, 'image') ?? '') === '' && !given.includes(textAt(container, 'name')))
        .map((container) => ({
          path: ['spec', 'componentVersions', ...(index < 0 ? [] : [index, 'versionsContext', part])],
          message: `The container "${textAt(container, 'name')}" of the component "${textAt(component, 'name')}" gets no image.`,
        }))
    })
  })
}

/** A ClusterDefinition that no ClusterVersion is for has the images itself. */
function withoutVersion(object: unknown, all: readonly unknown[]): readonly Finding[] {
  if (ofKind(all, 'ClusterVersion').some((version) => textAt(version, 'spec', 'clusterDefinitionRef') === nameOf(object))) return []
  const components = ofKind(all, 'ClusterVersion').flatMap((version) => listAt(version, 'spec', 'componentVersions'))
  return itemsAt(whole(object), 'spec', 'componentDefs').flatMap((component) =>
    PARTS.flatMap((part) => itemsAt(component, 'podSpec', part))
      .filter(({ item }) => (textAt(item, 'image') ?? '') === '')
      // A Cluster may name the version of another definition, which is merged by the names of components.
      .filter(() => !components.some((candidate) => textAt(candidate, 'componentDefRef') === textAt(component.item, 'name')))
      .map(({ item, path }) => ({
        path,
        message: `The container "${textAt(item, 'name')}" has no image, and no ClusterVersion of the chart gives it one.`,
      })),
  )
}
