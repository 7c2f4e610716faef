import { data, type Entry, expr, type Item, map, type Node, pair, scalar, seq, values } from '../../gotemplate/index.ts'
import type { Component, Container, Probe } from '../../model/addon.ts'
import { scriptPath } from './script-path.ts'

/** What a generation adds to the pod of a component. */
export interface PodParts {
  /** Fields of the pod. */
  readonly fields: readonly Entry[]
  /** Volumes, before the author's. */
  readonly volumes: readonly Node[]
  /** The environment of a container. */
  readonly env: (container: Container) => readonly Item[]
  /** Mounts of a container, after the author's. */
  readonly mounts: (container: Container) => readonly Node[]
  /** Fields of a container, such as a hook. */
  readonly hooks: (container: Container) => readonly Entry[]
}

/** The PodSpec of a component: what the descriptor says, and what the generation adds. Images come from the objects of engine versions. */
export function podSpec(component: Component, parts: PodParts): Node {
  const { pod, origin } = component
  const fields = Object.entries(pod).filter(([name]) => name !== 'volumes')
  const at = (name: string) => [...origin, 'pod', name]
  const own = fields.flatMap(([name, value]) => pair(name, data(value, at(name)), { origin: at(name) }))
  const containers = (list: readonly Container[]) => seq(list.map((container) => lowerContainer(component, container, parts)))
  const volumes = [...parts.volumes, ...ownVolumes(component)]
  return map(
    own,
    parts.fields,
    component.init.length === 0 ? [] : pair('initContainers', containers(component.init)),
    pair('containers', containers(component.containers)),
    volumes.length === 0 ? [] : pair('volumes', seq(volumes)),
  )
}

/** Volumes that are not claims, configs or scripts; those are the operator's. */
function ownVolumes(component: Component): readonly Node[] {
  const empty = component.volumes.flatMap((volume) =>
    volume.kind === 'emptyDir'
      ? [map(pair('name', scalar(volume.name, volume.origin)), pair('emptyDir', data(volume.fields, [...volume.origin, 'emptyDir'])))]
      : [],
  )
  const verbatim = Array.isArray(component.pod.volumes)
    ? component.pod.volumes.map((volume, index) => data(volume, [...component.origin, 'pod', 'volumes', index]))
    : []
  return [...empty, ...verbatim]
}

/** One container. */
export function lowerContainer(component: Component, container: Container, parts: PodParts): Node {
  const { origin } = container
  const env = parts.env(container)
  const mounts = [...lowerMounts(container), ...parts.mounts(container)]
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
    parts.hooks(container),
    pair('terminationMessagePath', '/dev/termination-log'),
    pair('terminationMessagePolicy', 'File'),
    mounts.length === 0 ? [] : pair('volumeMounts', seq(mounts)),
  )
}

function lowerMounts({ mounts }: Container): readonly Node[] {
  return mounts.map(({ volume, path, subPath, readOnly, origin }) =>
    map(
      pair('name', scalar(volume, origin)),
      pair('mountPath', scalar(path, origin)),
      pair('subPath', subPath),
      readOnly ? pair('readOnly', true) : [],
    ),
  )
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
