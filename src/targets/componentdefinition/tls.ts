import type { Component, Container, Probe } from '../../model/addon.ts'

/**
 * A component with TLS answers HTTP or HTTPS, as the cluster is; a probe knows one of them. So probes over HTTP only open the port there,
 * which works with TLS on and off.
 */
export function withoutHttpProbes(component: Component): Component {
  if (component.tls === undefined) return component
  const weaken = (probe: Probe | undefined): Probe | undefined =>
    probe?.check.kind === 'http' ? { ...probe, check: { kind: 'tcp', port: probe.check.port } } : probe
  const weakenAll = (container: Container): Container => ({
    ...container,
    liveness: weaken(container.liveness),
    readiness: weaken(container.readiness),
    startup: weaken(container.startup),
  })
  return { ...component, containers: component.containers.map(weakenAll), init: component.init.map(weakenAll) }
}
