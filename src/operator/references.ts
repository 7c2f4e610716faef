import { at, listAt, textAt } from '../objects/index.ts'
import type { ClusterComponent, Component } from './cluster.ts'
import type { EnvVar } from './kubelet.ts'
import { accountSecretName, componentObjectName, headlessServiceName, podFqdn, podName, serviceObjectName } from './names.ts'

/** What a reference of a var gives for one component: a plain text, a credential, nothing, or why it cannot be told. */
export type Resolved = { readonly plain: string } | { readonly credential: EnvVar } | { readonly nothing: true } | { readonly problem: string }

const NOTHING = { nothing: true } as const

/** The component a reference looks at, with the definition it uses. */
export interface Referent {
  readonly component: ClusterComponent
  readonly definition: unknown
}

/** Resolves one reference for one component it refers to. All of release-0.9 and release-1.0:pkg/controller/component/vars.go. */
export function resolveReference(own: Component, name: string, kind: string, reference: unknown, referent: Referent): Resolved {
  switch (kind) {
    case 'componentVarRef':
      return ofComponent(own, reference, referent)
    case 'serviceVarRef':
      return ofService(own, reference, referent)
    case 'credentialVarRef':
      return ofCredential(own, name, reference, referent)
    case 'tlsVarRef':
      // Without TLS a component has no TLS configuration at all, so a required var fails: resolveTLSEnabledRef and SetTLSConfig.
      return referent.component.tls === true ? { plain: 'true' } : NOTHING
    case 'resourceVarRef':
      return ofResources(reference, referent)
    default:
      return { problem: `what ${kind} gives is not computed` }
  }
}

function ofComponent(own: Component, reference: unknown, { component }: Referent): Resolved {
  const { cluster } = own
  const pods = Array.from({ length: component.replicas }, (_, ordinal) => podName(cluster.name, component.name, ordinal))
  const fqdn = (pod: string) => podFqdn(cluster.name, component.name, pod, cluster.namespace, cluster.clusterDomain ?? 'cluster.local')
  // Several fields may be set; the operator looks at them in this order.
  if (at(reference, 'componentName') !== undefined || at(reference, 'shortName') !== undefined) {
    // The short name is that of the component which declares the var, whichever it refers to: resolveComponentNameRef.
    return { plain: at(reference, 'shortName') === undefined ? componentObjectName(cluster.name, component.name) : own.wanted.name }
  }
  if (at(reference, 'replicas') !== undefined) return { plain: String(component.replicas) }
  if (at(reference, 'podFQDNs') !== undefined) return { plain: pods.map(fqdn).join(',') }
  if (at(reference, 'podNames') !== undefined || at(reference, 'instanceNames') !== undefined) return { plain: pods.join(',') }
  const withFqdn = at(reference, 'podFQDNsForRole')
  const forRole = withFqdn ?? at(reference, 'podNamesForRole')
  if (forRole !== undefined) {
    const roles = (textAt(forRole, 'role') ?? '').split(',')
    const having = pods.filter((_, ordinal) => roles.includes(component.roles?.[ordinal] ?? ''))
    return { plain: (withFqdn === undefined ? having : having.map(fqdn)).join(',') }
  }
  if (at(reference, 'serviceVersion') !== undefined) return { plain: component.serviceVersion ?? own.serviceVersion }
  return NOTHING
}

function ofService(own: Component, reference: unknown, { component, definition }: Referent): Resolved {
  const { cluster } = own
  const wanted = textAt(reference, 'name') ?? ''
  const services = listAt(definition, 'spec', 'services')
  // The default headless service has no entry; its ports are those of the containers.
  const isHeadless = wanted === 'headless' && own.release.headlessVar
  const service = services.find((candidate) =>
    wanted === '' ? (textAt(candidate, 'serviceName') ?? '') === '' : textAt(candidate, 'name') === wanted,
  )
  if (service === undefined && !isHeadless) return { problem: `the definition of "${component.name}" has no service "${wanted}"` }
  if (at(service, 'podService') === true) return { problem: 'services of single pods are not computed' }
  if (at(reference, 'serviceType') !== undefined) return { plain: textAt(service, 'spec', 'type') ?? 'ClusterIP' }
  if (at(reference, 'host') !== undefined) {
    return {
      plain: isHeadless
        ? headlessServiceName(cluster.name, component.name)
        : serviceObjectName(cluster.name, component.name, textAt(service, 'serviceName') ?? ''),
    }
  }
  if (at(reference, 'port') === undefined) return { problem: 'addresses and node ports are known only when they are given out' }
  const portName = textAt(reference, 'port', 'name') ?? ''
  const ports = isHeadless ? containerPorts(definition) : listAt(service, 'spec', 'ports')
  const named = ports.find((port) => textAt(port, 'name') === portName)
  const only = ports.length === 1 && (portName === '' || (textAt(ports[0], 'name') ?? '') === '') ? ports[0] : undefined
  const number = at(named ?? only, isHeadless ? 'containerPort' : 'port')
  return typeof number === 'number' ? { plain: String(number) } : NOTHING
}

function containerPorts(definition: unknown): readonly unknown[] {
  return listAt(definition, 'spec', 'runtime', 'containers').flatMap((container) => listAt(container, 'ports'))
}

function ofCredential(own: Component, name: string, reference: unknown, { component, definition }: Referent): Resolved {
  const account = textAt(reference, 'name') ?? ''
  const secret = accountSecretName(own.cluster.name, component.name, account)
  const isDeclared = listAt(definition, 'spec', 'systemAccounts').some((candidate) => textAt(candidate, 'name') === account)
  const given = own.cluster.secrets
  if (!isDeclared && (given === undefined || !Object.hasOwn(given, secret))) return { problem: `there is no system account "${account}"` }
  const key = at(reference, 'username') === undefined ? 'password' : 'username'
  return { credential: { name, valueFrom: { secretKeyRef: { name: secret, key } } } }
}

function ofResources(reference: unknown, { component }: Referent): Resolved {
  const { resources = {} } = component
  if (at(reference, 'cpu') !== undefined || at(reference, 'cpuLimit') !== undefined) return { plain: String(resources.cpu ?? 0) }
  if (at(reference, 'memory') !== undefined || at(reference, 'memoryLimit') !== undefined) return { plain: String(resources.memory ?? 0) }
  const claim = textAt(reference, 'storage', 'name') ?? ''
  const { storage = {} } = resources
  return { plain: String(Object.hasOwn(storage, claim) ? (storage[claim] ?? 0) : 0) }
}
