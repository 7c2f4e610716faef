import { type Entry, map, type Node, pair, scalar, seq } from '../../gotemplate/index.ts'
import type { Component, EngineVersion } from '../../model/addon.ts'
import type { ComponentDefinitionLowering } from '../release.ts'
import { allContainers } from '../shared/containers.ts'
import { imageReference } from '../shared/images.ts'
import { metadata, object } from '../shared/metadata.ts'
import { keptAnnotations } from './marks.ts'
import { componentBase, exactPattern, versionedName } from './names.ts'

/** The ComponentVersion of a component: the images of every engine version (apps.kubeblocks.io; API.md 2.6). */
export function componentVersion(lowering: ComponentDefinitionLowering, component: Component): Node {
  const { addon, release } = lowering
  const base = componentBase(addon, component)
  const rule = map(
    pair('compDefs', seq([exactPattern(lowering, base, component.origin)])),
    pair('releases', seq(addon.versions.map(({ version }) => scalar(version)))),
  )
  return object(
    `apps.kubeblocks.io/${release.api}`,
    'ComponentVersion',
    metadata(addon.name, versionedName(lowering, base, component.origin), { annotations: keptAnnotations(release) }),
    pair(
      'spec',
      map(pair('compatibilityRules', seq([rule])), pair('releases', seq(addon.versions.map((version) => releaseOf(lowering, component, version))))),
    ),
  )
}

function releaseOf(lowering: ComponentDefinitionLowering, component: Component, version: EngineVersion): Node {
  const origin = [...version.origin, 'version']
  const images = [
    ...allContainers(component).flatMap(({ name, image }) => imageEntry(lowering, name, image, version)),
    ...actionImages(lowering, component, version),
  ]
  return map(pair('name', scalar(version.version, origin)), pair('serviceVersion', scalar(version.version, origin)), pair('images', map(images)))
}

/** Actions run in the image of their container. 0.9 takes it by itself, and refuses keys that name no container (API.md 4.2). */
function actionImages(lowering: ComponentDefinitionLowering, component: Component, version: EngineVersion): Entry[] {
  const { memberLeave, containers } = component
  const image = containers.find(({ name }) => name === memberLeave?.container)?.image
  if (image === undefined || lowering.release.api === 'v1alpha1') return []
  return imageEntry(lowering, 'memberLeave', image, version)
}

function imageEntry({ addon }: ComponentDefinitionLowering, key: string, name: string, version: EngineVersion): Entry[] {
  const image = addon.images.find((candidate) => candidate.name === name)
  return image === undefined ? [] : pair(key, imageReference(image, version))
}
