import { data, type Entry, map, pair, seq } from '../../gotemplate/index.ts'
import type { Component } from '../../model/addon.ts'
import { balancerAnnotations, CLOUD_PROVIDERS, hasClusterServices, servicePorts } from '../cluster/exposure.ts'
import { facedComponent } from '../shared/face.ts'
import { type Example, operation } from './example.ts'
import type { Subject } from './subject.ts'

/** The cloud of the examples. */
const CLOUD = 'aws'

/** A load balancer inside the VPC, and its end. Up to 0.7 an operation has all services of a component, so that none is the end of them. */
export function expose(subject: Subject): readonly Example[] {
  const { addon, release } = subject.lowering
  const component = facedComponent(addon)
  if (component === undefined || !subject.sizes.some((size) => size.component.name === component.name)) return []
  const switches = hasClusterServices(release)
  const { name, origin } = component
  const exposure = (...entries: readonly (readonly Entry[])[]) => pair('expose', seq([map(pair('componentName', name), ...entries)]))
  const service = map(
    pair('name', 'vpc'),
    pair('serviceType', 'LoadBalancer'),
    pair('annotations', data(balancerAnnotations(CLOUD, 'vpc'))),
    switches ? [...pair('ports', servicePorts(component)), ...pair('roleSelector', roleOf(component))] : [],
  )
  return [
    operation(subject, 'expose', {
      about: [`Exposes ${name} inside the VPC, by a load balancer of AWS. Elsewhere other annotations make it private:`, ...others()],
      type: 'Expose',
      spec: exposure(switches ? pair('switch', 'Enable') : [], pair('services', seq([service]))),
      origin,
    }),
    operation(subject, 'expose-end', {
      about: [`Takes ${switches ? 'the load balancer of expose.yaml' : `all load balancers of ${name}`} away.`],
      type: 'Expose',
      spec: exposure(switches ? pair('switch', 'Disable') : [], pair('services', seq(switches ? [map(pair('name', 'vpc'))] : []))),
      origin,
    }),
  ]
}

/** The annotations of other clouds, a line each. */
function others(): readonly string[] {
  return CLOUD_PROVIDERS.filter((provider) => provider !== CLOUD).flatMap((provider) =>
    Object.entries(balancerAnnotations(provider, 'vpc')).map(([key, value]) => `  ${provider}: ${key}: ${JSON.stringify(value)}`),
  )
}

/** The role that the service leads to; from 0.9 on a component that has roles needs one (release-0.9:controllers/apps/operations/expose.go). */
export function roleOf({ services, roles }: Component): string | undefined {
  const role = services.find(({ name }) => name === 'default')?.role
  return role ?? (roles.find(({ isWritable }) => isWritable) ?? roles[0])?.name
}
