import { allOf, anyOf, type Code, data, type Entry, expr, isOneOf, map, type Node, not, pair, seq, values } from '../../gotemplate/index.ts'
import type { Component } from '../../model/addon.ts'
import type { Release } from '../release.ts'

/** Ways to reach a cluster from outside Kubernetes. */
export const EXPOSURES = ['none', 'vpc', 'internet'] as const

/** A load balancer of a cloud, or a port on every node. */
interface Service {
  readonly type: 'LoadBalancer' | 'NodePort'
  readonly annotations: Readonly<Record<string, string>>
}

const balancer = (annotations: Readonly<Record<string, string>> = {}): Service => ({ type: 'LoadBalancer', annotations })

const AWS = 'service.beta.kubernetes.io/aws-load-balancer'
const ALIYUN = 'service.beta.kubernetes.io/alibaba-cloud-loadbalancer-address-type'
const AZURE = 'service.beta.kubernetes.io/azure-load-balancer-internal'

/**
 * What makes a load balancer private or public, by cloud: the annotations that `kbcli cluster expose` writes (kbcli release-1.1:pkg/util/util.go
 * ProviderExposeAnnotations). Elsewhere a load balancer could be public whatever was wanted, so what is for the VPC is a port on the nodes.
 */
const PROVIDERS: Readonly<Record<string, Readonly<Record<'vpc' | 'internet', Service>>>> = {
  aws: {
    vpc: balancer({ [`${AWS}-type`]: 'nlb', [`${AWS}-internal`]: 'true' }),
    internet: balancer({ [`${AWS}-type`]: 'nlb', [`${AWS}-internal`]: 'false' }),
  },
  gcp: { vpc: balancer({ 'networking.gke.io/load-balancer-type': 'Internal' }), internet: balancer() },
  azure: { vpc: balancer({ [AZURE]: 'true' }), internet: balancer({ [AZURE]: 'false' }) },
  aliyun: { vpc: balancer({ [ALIYUN]: 'intranet' }), internet: balancer({ [ALIYUN]: 'internet' }) },
  other: { vpc: { type: 'NodePort', annotations: {} }, internet: balancer() },
}

/** Names of the clouds, `other` included. */
export const CLOUD_PROVIDERS: readonly string[] = Object.keys(PROVIDERS)

/** `services` of a component of a Cluster that is to be reached from outside, up to 0.7: its name is that of the exposure, as with kbcli. */
export function componentServices(): Entry[] {
  return whenExposed(map(name(), typed('serviceType'), annotations()))
}

/**
 * `spec.services` of a Cluster that is to be reached from outside, with the ports of the default service of a component. From 0.9 on what stands at
 * a component only changes services of its definition (release-0.9:pkg/controller/component/synthesize_component.go buildComponentServices).
 */
export function clusterServices(component: Component): Entry[] {
  const service = component.services.find(({ name }) => name === 'default')
  return whenExposed(
    map(
      name(),
      pair('serviceName', expr(values('exposure'))),
      annotations(),
      pair('componentSelector', component.name),
      pair('roleSelector', service?.role),
      pair('spec', map(typed('type'), pair('ports', servicePorts(component)))),
    ),
  )
}

/** Ports of the default service of a component, for another service that leads to it. */
export function servicePorts({ services }: Component): Node {
  const ports = services.find(({ name }) => name === 'default')?.ports ?? []
  return seq(ports.map(({ name, number }) => map(pair('name', name), pair('port', number), pair('targetPort', name))))
}

/** What makes a load balancer of a cloud private or public. */
export function balancerAnnotations(provider: string, exposure: 'vpc' | 'internet'): Readonly<Record<string, string>> {
  return PROVIDERS[provider]?.[exposure].annotations ?? {}
}

/** Whether clusters of a release have services of their own; before, only components have. */
export function hasClusterServices(release: Release): boolean {
  return release.family === 'componentdefinition' || release.services === 'cluster'
}

function whenExposed(service: Node): Entry[] {
  return [{ kind: 'if', condition: isOneOf(values('exposure'), ['vpc', 'internet']), body: pair('services', seq([service])) }]
}

function name(): Entry[] {
  return pair('name', expr(values('exposure')))
}

/** The type of the service: a port on the nodes where that is wanted, else a load balancer. */
function typed(field: 'type' | 'serviceType'): Entry[] {
  const onNodes = choices.filter(({ service }) => service.type === 'NodePort').map(chosen)
  const [first, ...others] = onNodes
  if (first === undefined) return pair(field, 'LoadBalancer')
  const condition = anyOf(first, ...others)
  return [
    { kind: 'if', condition, body: pair(field, 'NodePort') },
    { kind: 'if', condition: not(condition), body: pair(field, 'LoadBalancer') },
  ]
}

function annotations(): Entry[] {
  return choices
    .filter(({ service }) => Object.keys(service.annotations).length > 0)
    .map((choice) => ({ kind: 'if', condition: chosen(choice), body: pair('annotations', data(choice.service.annotations)) }))
}

interface Choice {
  readonly exposure: 'vpc' | 'internet'
  readonly provider: string
  readonly service: Service
}

const choices: readonly Choice[] = (['vpc', 'internet'] as const).flatMap((exposure) =>
  Object.entries(PROVIDERS).map(([provider, services]) => ({ exposure, provider, service: services[exposure] })),
)

function chosen({ exposure, provider }: Choice): Code {
  return allOf(isOneOf(values('exposure'), [exposure]), isOneOf(values('cloudProvider'), [provider]))
}
