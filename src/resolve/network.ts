import type { Path } from '../diagnostics/index.ts'
import type { Component as ComponentDescriptor } from '../generated/addon.ts'
import type { Component, Container, Port, Role, Service } from '../model/addon.ts'
import { entriesOf, type Scope } from './scope.ts'

/** The services of a component, with their ports and roles checked. */
export function resolveServices(
  scope: Scope,
  { services }: ComponentDescriptor,
  path: Path,
  ports: readonly Port[],
  roles: readonly Role[],
): readonly Service[] {
  return entriesOf(services, [...path, 'services']).map(({ name, value, origin }) => {
    const { role, perPod: isPerPod = false, headless: isHeadless = false } = value
    const roleNames = roles.map((candidate) => candidate.name)
    if (role !== undefined) scope.isDeclared('role', role, roleNames, [...origin, 'role'])
    if (name === 'default' && isPerPod)
      scope.problem(
        'addon/exactly-one',
        [...origin, 'perPod'],
        'The service named default is what clients connect to, and cannot be one for each pod.',
        {
          at: 'key',
          hint: 'give it another name',
        },
      )
    const wanted = value.ports.flatMap((port, index) => portNamed(scope, 'container port', port, ports, [...origin, 'ports', index]) ?? [])
    return { name, ports: wanted, role, isPerPod, isHeadless, origin }
  })
}

function portNamed(scope: Scope, what: string, port: string, ports: readonly Port[], path: Path): Port | undefined {
  const names = ports.map(({ name }) => name)
  scope.isDeclared(what, port, names, path)
  return ports.find(({ name }) => name === port)
}

/** Ports that a cluster can open on its nodes, by container. */
export function resolveHostPorts(
  scope: Scope,
  { hostNetwork }: ComponentDescriptor,
  path: Path,
  containers: readonly Container[],
): Component['hostPorts'] {
  if (hostNetwork === undefined || hostNetwork === false) return []
  const all = containers.flatMap(({ ports }) => ports)
  if (hostNetwork !== true)
    hostNetwork.forEach((port, index) => {
      portNamed(scope, 'container port', port, all, [...path, 'hostNetwork', index])
    })
  const isWanted = ({ name }: Port) => hostNetwork === true || hostNetwork.includes(name)
  return containers.map(({ name, ports }) => ({ container: name, ports: ports.filter(isWanted) })).filter(({ ports }) => ports.length > 0)
}

/** Where metrics are. */
export function resolveMetrics(scope: Scope, { metrics }: ComponentDescriptor, origin: Path, containers: readonly Container[]): Component['metrics'] {
  if (metrics === undefined) return undefined
  const path: Path = [...origin, 'metrics']
  const names = containers.map(({ name }) => name)
  if (metrics.container !== undefined) scope.isDeclared('container', metrics.container, names, [...path, 'container'])
  const candidates = containers.filter(({ name }) => metrics.container === undefined || name === metrics.container)
  const ports = candidates.flatMap((container) => container.ports)
  const port = portNamed(scope, 'container port', metrics.port, ports, [...path, 'port'])
  return port === undefined ? undefined : { port, path: metrics.path ?? '/metrics', origin: path }
}
