import { type Entry, map, type Node, pair, scalar, seq } from '../../gotemplate/index.ts'
import type { Component, EngineVersion } from '../../model/addon.ts'
import { actionsOf } from '../../model/lifecycle.ts'
import type { ComponentDefinitionLowering } from '../release.ts'
import { allContainers } from '../shared/containers.ts'
import { imageReference } from '../shared/images.ts'
import { metadata, object } from '../shared/metadata.ts'
import { componentBase, type Definition } from './definitions.ts'
import { keptAnnotations } from './marks.ts'
import { definitionPattern, versionedName } from './names.ts'

/** The ComponentVersion of a component: the images of every engine version, with the definition of its line (apps.kubeblocks.io; API.md 2.6). */
export function componentVersion(lowering: ComponentDefinitionLowering, name: string, definitions: readonly Definition[]): Node {
  const { addon, release } = lowering
  const rules = definitions.map((definition) =>
    map(
      pair('compDefs', seq([definitionPattern(lowering, definition)])),
      pair('releases', seq(definition.line.versions.map(({ version }) => scalar(version)))),
    ),
  )
  const releases = definitions.flatMap(({ component, line }) => line.versions.map((version) => releaseOf(lowering, component, version)))
  const origin = definitions[0]?.component.origin ?? []
  return object(
    `apps.kubeblocks.io/${release.api}`,
    'ComponentVersion',
    metadata(addon.name, versionedName(lowering, componentBase(addon, name), origin), { annotations: keptAnnotations(release) }),
    pair('spec', map(pair('compatibilityRules', seq(rules)), pair('releases', seq(releases)))),
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
function actionImages(lowering: ComponentDefinitionLowering, { lifecycle, containers }: Component, version: EngineVersion): Entry[] {
  const image = containers.find(({ name }) => name === lifecycle?.container)?.image
  if (lifecycle === undefined || image === undefined || lowering.release.api === 'v1alpha1') return []
  const names = [...(lifecycle.roleProbe === undefined ? [] : ['roleProbe']), ...actionsOf(lifecycle).map(([name]) => name)]
  return names.flatMap((name) => imageEntry(lowering, name, image, version))
}

function imageEntry({ addon }: ComponentDefinitionLowering, key: string, name: string, version: EngineVersion): Entry[] {
  const image = addon.images.find((candidate) => candidate.name === name)
  return image === undefined ? [] : pair(key, imageReference(image, version))
}
