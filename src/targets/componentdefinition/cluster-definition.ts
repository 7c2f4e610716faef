import { map, type Node, pair, scalar, seq } from '../../gotemplate/index.ts'
import { checkLength } from '../names.ts'
import type { ComponentDefinitionLowering } from '../release.ts'
import { metadata, object } from '../shared/metadata.ts'
import { apiVersionAnnotation } from './marks.ts'
import { componentBase, exactPattern } from './names.ts'

/** Longest name of a component in a topology (API.md 2.2). */
const MAX_COMPONENT_NAME = 16

/** The ClusterDefinition: the ways to put components together (apps.kubeblocks.io; API.md 2.2). Its name is the Addon's, always. */
export function clusterDefinition(lowering: ComponentDefinitionLowering): Node {
  const { addon, release } = lowering
  const components = addon.components.map((component) => {
    checkLength(lowering, 'component', component.name, MAX_COMPONENT_NAME, component.origin)
    return map(
      pair('name', scalar(component.name, component.origin)),
      pair('compDef', exactPattern(lowering, componentBase(addon, component), component.origin)),
    )
  })
  const topology = map(pair('name', 'cluster'), pair('default', true), pair('components', seq(components)))
  const annotations = apiVersionAnnotation(release)
  return object(
    `apps.kubeblocks.io/${release.api}`,
    'ClusterDefinition',
    metadata(addon.name, addon.name, Object.keys(annotations).length === 0 ? {} : { annotations }),
    pair('spec', map(pair('topologies', seq([topology])))),
  )
}
