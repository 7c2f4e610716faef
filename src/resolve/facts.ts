import type { Path } from '../diagnostics/index.ts'
import type { Component as ComponentDescriptor, EnvValue as EnvValueDescriptor } from '../generated/addon.ts'
import type { Fact, FactValue, Port } from '../model/addon.ts'
import type { EnvScope } from './env-scope.ts'
import { entriesOf, type Scope } from './scope.ts'

/** Facts about one pod. Another component has many pods, and a config file is the same for all. */
export const POD_FACTS: readonly Fact[] = ['podName', 'podIP', 'podUID', 'podFQDN', 'nodeName', 'hostIP', 'hostPort']

/** Facts that are the same for all components of a cluster. */
const CLUSTER_FACTS: readonly Fact[] = ['namespace', 'clusterName', 'clusterUID']

/** Facts that a service or a port belongs to. */
const WITH_SERVICE: readonly Fact[] = ['serviceHost', 'servicePort']
const WITH_PORT: readonly Fact[] = ['servicePort', 'hostPort']

/** A component that a value is about. */
export interface Target {
  readonly name: string
  readonly component: ComponentDescriptor
  /** Its name when it is another component than the own one. */
  readonly of: string | undefined
}

/** The component that `of` names, or the own one. Reports an `of` that leads nowhere. */
export function targetComponent(scope: Scope, of: string | undefined, path: Path, { self, components }: EnvScope): Target | undefined {
  const name = of ?? self
  if (name === undefined) return undefined
  if (of !== undefined && !scope.isDeclared('component', of, Object.keys(components), path)) return undefined
  const component = Object.hasOwn(components, name) ? components[name] : undefined
  return component === undefined ? undefined : { name, component, of: name === self ? undefined : name }
}

/** A fact, with the component, service and port it is about checked. */
export function resolveFact(scope: Scope, value: Exclude<EnvValueDescriptor, string>, origin: Path, declared: EnvScope): FactValue | undefined {
  const { fact, of, live = false, optional = false } = value
  if (fact === undefined) return undefined
  for (const [field, facts] of [
    ['service', WITH_SERVICE],
    ['port', WITH_PORT],
  ] as const) {
    if (value[field] !== undefined && !facts.includes(fact))
      scope.problem('addon/fact', [...origin, field], `"${field}" says nothing about the fact ${fact}.`, {
        at: 'key',
        hint: `it belongs to ${facts.join(' and ')}`,
      })
  }
  const target = targetComponent(scope, of, [...origin, 'of'], declared)
  if (target?.of !== undefined) checkOther(scope, fact, origin)
  if (fact === 'tlsEnabled' && target !== undefined && target.component.tls === undefined)
    scope.problem('addon/fact', origin, `The component "${target.name}" does not say that it can serve TLS.`, {
      hint: `add tls: {mount: /path} to the component "${target.name}"`,
    })
  const service = WITH_SERVICE.includes(fact) ? (value.service ?? 'default') : undefined
  const ports = target === undefined ? [] : portsFor(scope, fact, service, target, value.service === undefined ? origin : [...origin, 'service'])
  const port = WITH_PORT.includes(fact) && target !== undefined ? choosePort(scope, value.port, ports, origin, fact) : undefined
  return { kind: 'fact', fact, live, of: target?.of, optional, service, port }
}

/** Facts about one pod or about the cluster are not about another component. */
function checkOther(scope: Scope, fact: Fact, origin: Path): void {
  if (POD_FACTS.includes(fact)) {
    const plural = fact === 'podName' || fact === 'podFQDN' ? `use ${fact}s` : 'use podNames or podFQDNs'
    scope.problem('addon/fact', [...origin, 'of'], `The fact ${fact} is about one pod, and another component has many.`, { hint: plural })
  } else if (CLUSTER_FACTS.includes(fact))
    scope.problem('addon/fact', [...origin, 'of'], `The fact ${fact} is the same for all components.`, { hint: 'remove "of"', at: 'key' })
}

/** The ports a fact can be about: those of the service, or those that can be opened on the node. */
function portsFor(scope: Scope, fact: Fact, service: string | undefined, { name, component }: Target, serviceAt: Path): readonly Port[] {
  const all = descriptorPorts(name, component)
  if (service !== undefined) {
    if (!scope.isDeclared('service', service, Object.keys(component.services ?? {}), serviceAt, `in the component "${name}"`)) return []
    const wanted = component.services?.[service]?.ports ?? []
    return wanted.flatMap((port) => all.find((candidate) => candidate.name === port) ?? [])
  }
  const { hostNetwork } = component
  if (fact === 'hostPort') return hostNetwork === true ? all : all.filter((port) => Array.isArray(hostNetwork) && hostNetwork.includes(port.name))
  return all
}

function choosePort(scope: Scope, wanted: string | undefined, ports: readonly Port[], origin: Path, fact: Fact): Port | undefined {
  if (wanted === undefined && fact === 'servicePort') return ports[0]
  if (wanted === undefined) {
    scope.problem('schema/missing-field', origin, 'The fact hostPort does not say which port.', { hint: 'add port: name' })
    return undefined
  }
  const names = ports.map(({ name }) => name)
  scope.isDeclared('port', wanted, names, [...origin, 'port'], fact === 'hostPort' ? 'in hostNetwork' : 'in the service')
  return ports.find(({ name }) => name === wanted)
}

/** The container ports of a component that may not be resolved yet. */
function descriptorPorts(name: string, component: ComponentDescriptor): readonly Port[] {
  return entriesOf(component.containers, ['components', name, 'containers']).flatMap(({ value, origin }) =>
    entriesOf(value.ports, [...origin, 'ports']).map(({ name, value, origin }) => ({ name, number: value, origin })),
  )
}
