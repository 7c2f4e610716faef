import { map, type Node, pair, scalar, seq } from '../../gotemplate/index.ts'
import type { Component } from '../../model/addon.ts'
import { allContainers } from '../shared/containers.ts'
import { podSpec } from '../shared/pod.ts'
import { containerEnv } from './env.ts'
import { ANNOTATIONS, leaveHook, needsAnnotations } from './facts.ts'

/** The PodSpec of a component, with the preStop hook and the downward file that this generation needs. */
export function podSpecOf(component: Component): Node {
  const { pod, lifecycle } = component
  const leave = lifecycle?.memberLeave
  const grace =
    pod.terminationGracePeriodSeconds === undefined && leave !== undefined
      ? pair('terminationGracePeriodSeconds', scalar(leave.drain, leave.origin))
      : []
  return podSpec(component, {
    fields: grace,
    volumes: allContainers(component).some((container) => needsAnnotations(component, container)) ? [annotationsVolume()] : [],
    env: (container) => containerEnv(component, container),
    mounts: (container) =>
      needsAnnotations(component, container) ? [map(pair('name', ANNOTATIONS.volume), pair('mountPath', ANNOTATIONS.path))] : [],
    hooks: (container) => leaveHook(component, container),
  })
}

/** The downward file with the wanted number of replicas. */
function annotationsVolume(): Node {
  const fieldRef = map(pair('fieldPath', `metadata.annotations['${ANNOTATIONS.annotation}']`))
  const items = seq([map(pair('path', ANNOTATIONS.file), pair('fieldRef', fieldRef))])
  return map(pair('name', ANNOTATIONS.volume), pair('downwardAPI', map(pair('items', items))))
}
