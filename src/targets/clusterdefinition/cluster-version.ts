import { type Entry, map, type Node, pair, scalar, seq } from '../../gotemplate/index.ts'
import type { Component, Container, EngineVersion } from '../../model/addon.ts'
import { checkLength, clusterVersionName } from '../names.ts'
import type { ClusterDefinitionLowering } from '../release.ts'
import { imageReference } from '../shared/images.ts'
import { metadata, object } from '../shared/metadata.ts'
import { lowerContainer } from '../shared/pod.ts'
import { isSame } from '../shared/same.ts'
import { switchoverImage } from './commands.ts'
import { configSpec } from './config-specs.ts'
import { containerEnv } from './env.ts'
import { sourceOf } from './env-source.ts'
import { lineOf, ownConfigs } from './lines.ts'
import { podParts } from './pod.ts'

/** The ClusterVersion of one engine version: the image of each container, and what its line has of its own (apps.kubeblocks.io/v1alpha1; API.md 2.3). */
export function clusterVersion(lowering: ClusterDefinitionLowering, version: EngineVersion): Node {
  const { addon } = lowering
  const name = clusterVersionName(addon.name, version.version)
  checkLength(lowering, 'ClusterVersion', name, 63, [...version.origin, 'version'])
  return object(
    'apps.kubeblocks.io/v1alpha1',
    'ClusterVersion',
    metadata(addon.name, name, {
      labels: { 'clusterdefinition.kubeblocks.io/name': addon.name },
      // Without it, kbcli cannot choose among several versions (API.md 7.3).
      ...(version.isDefault ? { annotations: { 'kubeblocks.io/is-default-cluster-version': 'true' } } : {}),
    }),
    pair(
      'spec',
      map(
        pair('clusterDefinitionRef', addon.name),
        pair('componentVersions', seq(addon.components.map((component) => componentVersion(lowering, component, version)))),
      ),
    ),
  )
}

/** What one version says about a component: `defined` is how the ClusterDefinition has it. */
function componentVersion(lowering: ClusterDefinitionLowering, defined: Component, version: EngineVersion): Node {
  const line = lineOf(lowering.addon, version)
  const component = line?.components.find(({ name }) => name === defined.name) ?? defined
  const configs = line === undefined ? [] : ownConfigs(defined, component)
  const part = (key: 'initContainers' | 'containers', field: 'init' | 'containers'): Entry[] => {
    const own = component[field].map((container) => containerVersion(lowering, defined, component, container, version))
    const left = defined[field].filter(({ name }) => !component[field].some((container) => container.name === name))
    const nodes = [...own, ...left.map((container) => map(pair('name', container.name), image(lowering, container, version)))]
    return nodes.length === 0 ? [] : pair(key, seq(nodes))
  }
  return map(
    pair('componentDefRef', scalar(defined.name, defined.origin)),
    configs.length === 0 ? [] : pair('configSpecs', seq(configs.map((config) => configSpec(lowering, component, config, line)))),
    switchoverImage(lowering, component, version),
    pair('versionsContext', map(part('initContainers', 'init'), part('containers', 'containers'))),
  )
}

/** A container of one version: its image, and everything else when the line has it otherwise. */
function containerVersion(
  lowering: ClusterDefinitionLowering,
  defined: Component,
  component: Component,
  container: Container,
  version: EngineVersion,
): Node {
  const base = [...defined.init, ...defined.containers].find(({ name }) => name === container.name)
  if (base === undefined || !isSame(base, container)) {
    const whole = lowerContainer(component, container, podParts(lowering, component, version))
    const [name = [], ...fields] = whole.kind === 'map' ? whole.entries.map((entry) => [entry]) : []
    return map(name, image(lowering, container, version), ...fields)
  }
  // A version's environment takes the place of the whole, so all of it is given where one variable is the version.
  const hasVersion = container.env.some((variable) => sourceOf(lowering, component, container.env, variable).kind === 'version')
  const env = hasVersion ? pair('env', { kind: 'seq', items: containerEnv(lowering, component, container, version) }) : []
  return map(pair('name', scalar(container.name, container.origin)), image(lowering, container, version), env)
}

/** The image of a container; a line that does not have the container has no tag for it, and takes that of another. */
function image({ addon }: ClusterDefinitionLowering, container: Container, version: EngineVersion): Entry[] {
  const found = addon.images.find((candidate) => candidate.name === container.image)
  if (found === undefined) return []
  const hasTag = found.tag !== undefined || found.tags.has(version.version)
  const tagged = hasTag ? version : addon.versions.find((candidate) => found.tags.has(candidate.version))
  return pair('image', imageReference(found, tagged))
}
