import { data, type Entry, expr, map, type Node, pair, scalar, seq, values } from '../../gotemplate/index.ts'
import type { Component, Container, Probe } from '../../model/addon.ts'
import { containerEnv } from './env.ts'
import { ANNOTATIONS, allContainers, leaveHook, needsAnnotations } from './facts.ts'
import { scriptPath } from './script-path.ts'

/** The PodSpec of a component: what the descriptor says, and what facts and hooks need. Images come from the ClusterVersion. */
export function podSpec(component: Component): Node {
  const { pod, origin } = component
  const fields = Object.entries(pod).filter(([name]) => name !== 'volumes')
  const at = (name: string) => [...origin, 'pod', name]
  const own = fields.flatMap(([name, value]) => pair(name, data(value, at(name)), { origin: at(name) }))
  const grace =
    pod.terminationGracePeriodSeconds === undefined && component.memberLeave !== undefined
      ? pair('terminationGracePeriodSeconds', scalar(component.memberLeave.drain, component.memberLeave.origin))
      : []
  const containers = (list: readonly Container[]) => seq(list.map((container) => lowerContainer(component, container)))
  const volumes = podVolumes(component)
  return map(
    own,
    grace,
    component.init.length === 0 ? [] : pair('initContainers', containers(component.init)),
    pair('containers', containers(component.containers)),
    volumes.length === 0 ? [] : pair('volumes', seq(volumes)),
  )
}

/** Volumes that are not claims, configs or scripts; those are the operator's. */
function podVolumes(component: Component): readonly Node[] {
  const annotations = map(
    pair('name', ANNOTATIONS.volume),
    pair(
      'downwardAPI',
      map(
        pair(
          'items',
          seq([map(pair('path', ANNOTATIONS.file), pair('fieldRef', map(pair('fieldPath', `metadata.annotations['${ANNOTATIONS.annotation}']`))))]),
        ),
      ),
    ),
  )
  const empty = component.volumes.flatMap((volume) =>
    volume.kind === 'emptyDir'
      ? [map(pair('name', scalar(volume.name, volume.origin)), pair('emptyDir', data(volume.fields, [...volume.origin, 'emptyDir'])))]
      : [],
  )
  const own = Array.isArray(component.pod.volumes)
    ? component.pod.volumes.map((volume, index) => data(volume, [...component.origin, 'pod', 'volumes', index]))
    : []
  return [...(allContainers(component).some((container) => needsAnnotations(component, container)) ? [annotations] : []), ...empty, ...own]
}

function lowerContainer(component: Component, container: Container): Node {
  const { origin } = container
  const env = containerEnv(component, container)
  const mounts = lowerMounts(component, container)
  const probe = (field: string, value: Probe | undefined) =>
    value === undefined ? [] : pair(field, lowerProbe(component, container, value), { origin: value.origin })
  return map(
    pair('name', scalar(container.name, origin)),
    pair('imagePullPolicy', expr(values('image', 'pullPolicy'))),
    container.command === undefined ? [] : pair('command', data(container.command, [...origin, 'command'])),
    container.args === undefined ? [] : pair('args', data(container.args, [...origin, 'args'])),
    container.securityContext === undefined ? [] : pair('securityContext', data(container.securityContext, [...origin, 'securityContext'])),
    container.ports.length === 0
      ? []
      : pair(
          'ports',
          seq(
            container.ports.map(({ name, number, origin }) => map(pair('name', scalar(name, origin)), pair('containerPort', scalar(number, origin)))),
          ),
        ),
    env.length === 0 ? [] : pair('env', { kind: 'seq', items: env }),
    probe('livenessProbe', container.liveness),
    probe('readinessProbe', container.readiness),
    probe('startupProbe', container.startup),
    leaveHook(component, container),
    pair('terminationMessagePath', '/dev/termination-log'),
    pair('terminationMessagePolicy', 'File'),
    mounts.length === 0 ? [] : pair('volumeMounts', seq(mounts)),
  )
}

function lowerMounts(component: Component, container: Container): readonly Node[] {
  const own = container.mounts.map(({ volume, path, subPath, readOnly, origin }) =>
    map(
      pair('name', scalar(volume, origin)),
      pair('mountPath', scalar(path, origin)),
      pair('subPath', subPath),
      readOnly ? pair('readOnly', true) : [],
    ),
  )
  const annotations = map(pair('name', ANNOTATIONS.volume), pair('mountPath', ANNOTATIONS.path))
  return needsAnnotations(component, container) ? [...own, annotations] : own
}

function lowerProbe(component: Component, container: Container, probe: Probe): Node {
  const { check, delay, period, timeout, failures, successes } = probe
  const action = (): Entry[] => {
    switch (check.kind) {
      case 'http':
        return pair('httpGet', map(pair('path', check.path), pair('port', check.port), pair('scheme', check.scheme)))
      case 'tcp':
        return pair('tcpSocket', map(pair('port', check.port)))
      case 'exec':
        return pair('exec', map(pair('command', data(check.command))))
      case 'script':
        return pair('exec', map(pair('command', seq([scalar(scriptPath(component, container, check.script))]))))
    }
  }
  return map(
    action(),
    pair('initialDelaySeconds', delay),
    pair('periodSeconds', period),
    pair('timeoutSeconds', timeout),
    pair('failureThreshold', failures),
    pair('successThreshold', successes),
  )
}
