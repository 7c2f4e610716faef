import { at, keysAt, listAt, textAt } from '../../objects/index.ts'
import { FROM_09, OLD } from '../eras.ts'
import { resolveImages } from '../images.ts'
import { componentVersionsOf, isPattern, nameOf, ofKind, ruleMatches, serviceVersionsOf } from '../matching.ts'
import type { OperatorRelease } from '../releases.ts'
import { isSemantic } from '../versions.ts'
import { itemsAt, uniqueness, type ValidationRule, whole } from './rule.ts'

const CONTROLLER = 'controllers/apps/componentversion_controller.go'

/** ComponentDefinitions that rules with a release match. */
function definitionsOf(object: unknown, objects: readonly unknown[], release: OperatorRelease, name: string): readonly unknown[] {
  const rules = listAt(object, 'spec', 'compatibilityRules').filter((rule) => listAt(rule, 'releases').includes(name))
  return ofKind(objects, 'ComponentDefinition').filter((definition) => rules.some((rule) => ruleMatches(release, rule, nameOf(definition))))
}

const pattern: ValidationRule = {
  code: 'version/pattern',
  kinds: ['ComponentVersion'],
  releases: FROM_09,
  source: `release-0.9:${CONTROLLER} validateCompatibilityRulesCompDef`,
  check: (object) =>
    itemsAt(whole(object), 'spec', 'compatibilityRules').flatMap((rule) =>
      itemsAt(rule, 'compDefs').flatMap(({ item, path }) =>
        isPattern(String(item)) ? [] : [{ path, message: `"${String(item)}" is no regular expression of Go.` }],
      ),
    ),
}

/** One release without a definition makes the whole object unavailable, and with it every version of the definitions it matches. */
const supported: ValidationRule = {
  code: 'version/release',
  kinds: ['ComponentVersion'],
  releases: FROM_09,
  source: `release-0.9:${CONTROLLER} validateRelease`,
  check(object, objects, release, others) {
    const releases = itemsAt(whole(object), 'spec', 'releases')
    const unsupported = releases.flatMap(({ item, path }) => {
      const name = textAt(item, 'name') ?? ''
      return definitionsOf(object, [...objects, ...others], release, name).length > 0
        ? []
        : [
            {
              path: [...path, 'name'],
              message: `No rule for the release "${name}" matches a ComponentDefinition of the chart, which makes all releases unavailable.`,
            },
          ]
    })
    return [...uniqueness(releases, 'name', 'The release'), ...unsupported]
  },
}

const semantic: ValidationRule = {
  code: 'version/service-version',
  kinds: ['ComponentVersion'],
  releases: FROM_09,
  source: `release-0.9:${CONTROLLER} validateServiceVersion`,
  check: (object) =>
    itemsAt(whole(object), 'spec', 'releases').flatMap(({ item, path }) => {
      const version = textAt(item, 'serviceVersion') ?? ''
      return version === '' || isSemantic(version) ? [] : [{ path: [...path, 'serviceVersion'], message: `"${version}" is no semantic version.` }]
    }),
}

const imageKeys: ValidationRule = {
  code: 'version/image-key',
  kinds: ['ComponentVersion'],
  releases: ['0.9'],
  source: `release-0.9:${CONTROLLER} validateImages`,
  check: (object, objects, release) =>
    itemsAt(whole(object), 'spec', 'releases').flatMap(({ item, path }) =>
      definitionsOf(object, objects, release, textAt(item, 'name') ?? '').flatMap((definition) => {
        const containers = ['initContainers', 'containers'].flatMap((part) =>
          listAt(definition, 'spec', 'runtime', part).map((container) => textAt(container, 'name')),
        )
        return keysAt(item, 'images')
          .filter((key) => !containers.includes(key))
          .map((key) => ({ path: [...path, 'images', key], message: `The ComponentDefinition "${nameOf(definition)}" has no container "${key}".` }))
      }),
    ),
}

/** Fails when a cluster asks for the version. */
const images: ValidationRule = {
  code: 'version/images',
  kinds: ['ComponentDefinition'],
  releases: FROM_09,
  source: 'release-0.9 and release-1.0:pkg/controller/component/component_version.go resolveImagesWithCompVersions',
  check: (object, objects, release) =>
    serviceVersionsOf(release, objects, object)
      // Of others the version itself is refused.
      .filter(isSemantic)
      .flatMap((version) =>
        resolveImages(release, objects, object, version).problems.map((problem) => ({
          path: ['spec', 'runtime'],
          message: `A cluster with the service version ${version} fails: ${problem}.`,
        })),
      ),
}

const offered: ValidationRule = {
  code: 'version/none',
  kinds: ['ComponentDefinition'],
  releases: FROM_09,
  source: 'release-0.9:controllers/apps/componentversion_controller.go serviceVersionToCompDefinitions',
  check: (object, objects, release) =>
    serviceVersionsOf(release, objects, object).length > 0
      ? []
      : [
          {
            path: ['spec', 'serviceVersion'],
            message: 'No cluster can use the definition: neither it nor a ComponentVersion offers a service version.',
          },
        ],
}

/** Releases of one version for different definitions mix, since their rules are not looked at when images are chosen. */
const mixed: ValidationRule = {
  code: 'version/mixed',
  kinds: ['ComponentDefinition'],
  releases: FROM_09,
  source: 'release-0.9 and release-1.0:pkg/controller/component/component_version.go findMatchedImagesFromCompVersions',
  check(object, objects, release) {
    const versions = componentVersionsOf(release, objects, nameOf(object))
    const own = versions.map((version) => withOwnReleases(version, object, objects, release))
    return serviceVersionsOf(release, objects, object).flatMap((version) => {
      const meant = resolveImages(release, own, object, version).containers
      return [...resolveImages(release, versions, object, version).containers]
        .filter(([container, image]) => meant.get(container) !== image)
        .map(([container, image]) => ({
          path: ['metadata', 'name'],
          message: `With the service version ${version} the container "${container}" gets the image "${image}" of a release for other definitions: rules are not looked at.`,
        }))
    })
  },
}

/** A ComponentVersion with those releases only whose rules match a definition. */
function withOwnReleases(version: unknown, definition: unknown, objects: readonly unknown[], release: OperatorRelease): unknown {
  const releases = listAt(version, 'spec', 'releases').filter((item) =>
    definitionsOf(version, objects, release, textAt(item, 'name') ?? '').some((candidate) => nameOf(candidate) === nameOf(definition)),
  )
  return { ...Object(version), spec: { ...Object(at(version, 'spec')), releases } }
}

/** Clusters wait for a ClusterVersion that is available. */
const clusterVersion: ValidationRule = {
  code: 'version/cluster-version',
  kinds: ['ClusterVersion'],
  releases: OLD,
  source: 'release-0.6:controllers/apps/clusterversion_controller.go validateClusterVersion',
  check(object, objects, _release, others) {
    const wanted = textAt(object, 'spec', 'clusterDefinitionRef') ?? ''
    const definition = ofKind([...objects, ...others], 'ClusterDefinition').find((candidate) => nameOf(candidate) === wanted)
    if (definition === undefined) return [{ path: ['spec', 'clusterDefinitionRef'], message: `The chart has no ClusterDefinition "${wanted}".` }]
    // Of one that is declared to be there nothing more is known.
    if (at(definition, 'spec') === undefined) return []
    const componentDefs = listAt(definition, 'spec', 'componentDefs')
    const versions = itemsAt(whole(object), 'spec', 'componentVersions')
    const unknown = versions
      .filter(({ item }) => !componentDefs.some((component) => textAt(component, 'name') === textAt(item, 'componentDefRef')))
      .map(({ item, path }) => ({
        path: [...path, 'componentDefRef'],
        message: `The ClusterDefinition has no component "${textAt(item, 'componentDefRef')}".`,
      }))
    const empty = componentDefs
      .filter((component) => {
        const version = versions.find(({ item }) => textAt(item, 'componentDefRef') === textAt(component, 'name'))
        return listAt(component, 'podSpec', 'containers').length === 0 && listAt(version?.item, 'versionsContext', 'containers').length === 0
      })
      .map((component) => ({
        path: ['spec', 'componentVersions'],
        message: `The component "${textAt(component, 'name')}" has containers neither here nor in the ClusterDefinition.`,
      }))
    return [...unknown, ...empty]
  },
}

export const versionRules: readonly ValidationRule[] = [clusterVersion, imageKeys, images, mixed, offered, pattern, supported, semantic]
