import { type Entry, map, type Node, pair, scalar, seq } from '../../gotemplate/index.ts'
import type { Container, EngineVersion } from '../../model/addon.ts'
import { checkLength, clusterVersionName } from '../names.ts'
import type { Lowering } from '../release.ts'
import { imageReference } from '../shared/images.ts'
import { metadata, object } from '../shared/metadata.ts'

/** The ClusterVersion of one engine version: the image of each container (apps.kubeblocks.io/v1alpha1; API.md 2.3). */
export function clusterVersion(lowering: Lowering, version: EngineVersion): Node {
  const { addon } = lowering
  const name = clusterVersionName(addon.name, version.version)
  checkLength(lowering, 'ClusterVersion', name, 63, [...version.origin, 'version'])
  const imagesOf = (containers: readonly Container[]): readonly Node[] =>
    containers.flatMap((container) => {
      const image = addon.images.find((candidate) => candidate.name === container.image)
      return image === undefined ? [] : [map(pair('name', scalar(container.name, container.origin)), pair('image', imageReference(image, version)))]
    })
  const part = (key: string, containers: readonly Container[]): Entry[] => (containers.length === 0 ? [] : pair(key, seq(imagesOf(containers))))
  const components = addon.components.map((component) =>
    map(
      pair('componentDefRef', scalar(component.name, component.origin)),
      pair('versionsContext', map(part('initContainers', component.init), part('containers', component.containers))),
    ),
  )
  return object(
    'apps.kubeblocks.io/v1alpha1',
    'ClusterVersion',
    metadata(addon.name, name, {
      labels: { 'clusterdefinition.kubeblocks.io/name': addon.name },
      // Without it, kbcli cannot choose among several versions (API.md 7.3).
      ...(version.isDefault ? { annotations: { 'kubeblocks.io/is-default-cluster-version': 'true' } } : {}),
    }),
    pair('spec', map(pair('clusterDefinitionRef', addon.name), pair('componentVersions', seq(components)))),
  )
}
