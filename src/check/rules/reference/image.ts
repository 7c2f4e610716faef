import { at, listAt, textAt } from '../../../objects/index.ts'
import { nameOf, OLD, ofKind } from '../../../operator/index.ts'
import type { ObjectRule } from '../../rule.ts'

const rule: ObjectRule = {
  code: 'reference/image',
  kinds: ['ClusterVersion'],
  releases: OLD,
  source: 'release-0.6:internal/controller/component/component.go doContainerAttrOverride',
  check(object, objects) {
    const wanted = textAt(object, 'spec', 'clusterDefinitionRef')
    const definition = ofKind(objects, 'ClusterDefinition').find((candidate) => nameOf(candidate) === wanted)
    const versions = listAt(object, 'spec', 'componentVersions')
    return listAt(definition, 'spec', 'componentDefs').flatMap((component) => {
      const index = versions.findIndex((candidate) => textAt(candidate, 'componentDefRef') === textAt(component, 'name'))
      return ['initContainers', 'containers'].flatMap((part) => {
        const given = listAt(versions[index], 'versionsContext', part)
          .filter((container) => at(container, 'image') !== undefined)
          .map((container) => textAt(container, 'name'))
        return listAt(component, 'podSpec', part)
          .filter((container) => (textAt(container, 'image') ?? '') === '' && !given.includes(textAt(container, 'name')))
          .map((container) => ({
            path: ['spec', 'componentVersions', ...(index < 0 ? [] : [index, 'versionsContext', part])],
            message: `The ClusterVersion "${nameOf(object)}" gives the container "${textAt(container, 'name')}" no image.`,
          }))
      })
    })
  },
}
export default rule
