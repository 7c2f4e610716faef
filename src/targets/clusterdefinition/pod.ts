import { map, type Node, pair, scalar, seq } from '../../gotemplate/index.ts'
import type { Component, EngineVersion } from '../../model/addon.ts'
import type { ClusterDefinitionLowering } from '../release.ts'
import { type PodParts, podSpec } from '../shared/pod.ts'
import { containerEnv } from './env.ts'
import { ANNOTATIONS, leaveHook, needsAnnotations } from './facts.ts'
import { containersOfLines } from './lines.ts'

/** The PodSpec of a component, with the preStop hook and the downward file that this generation needs. */
export function podSpecOf(lowering: ClusterDefinitionLowering, component: Component): Node {
  return podSpec(
    component,
    podParts(
      lowering,
      component,
      lowering.addon.versions.find(({ isDefault }) => isDefault),
    ),
  )
}

/** What this generation adds to the pod of a component, in clusters of one engine version. */
export function podParts(lowering: ClusterDefinitionLowering, component: Component, version: EngineVersion | undefined): PodParts {
  const { pod, lifecycle } = component
  const leave = lifecycle?.memberLeave
  const needsFile = containersOfLines(lowering.addon, component).some(({ component, container }) => needsAnnotations(component, container))
  return {
    fields:
      pod.terminationGracePeriodSeconds === undefined && leave !== undefined
        ? pair('terminationGracePeriodSeconds', scalar(leave.drain, leave.origin))
        : [],
    volumes: needsFile ? [annotationsVolume()] : [],
    env: (container) => containerEnv(lowering, component, container, version),
    mounts: (container) =>
      needsAnnotations(component, container) ? [map(pair('name', ANNOTATIONS.volume), pair('mountPath', ANNOTATIONS.path))] : [],
    hooks: (container) => leaveHook(component, container),
  }
}

/** The downward file with the wanted number of replicas. */
function annotationsVolume(): Node {
  const fieldRef = map(pair('fieldPath', `metadata.annotations['${ANNOTATIONS.annotation}']`))
  const items = seq([map(pair('path', ANNOTATIONS.file), pair('fieldRef', fieldRef))])
  return map(pair('name', ANNOTATIONS.volume), pair('downwardAPI', map(pair('items', items))))
}
