import { type Entry, map, type Node, pair, scalar, seq } from '../../gotemplate/index.ts'
import type { Component, Service } from '../../model/addon.ts'

/** `services` of a ComponentDefinition. The one named default has the name of the component; the others add their own. */
export function services(component: Component): Entry[] {
  return component.services.length === 0 ? [] : pair('services', seq(component.services.map(service)))
}

function service({ name, ports, role, isPerPod, isHeadless, origin }: Service): Node {
  const list = ports.map(({ name, number, origin }) => map(pair('name', scalar(name, origin)), pair('port', number), pair('targetPort', name)))
  return map(
    pair('name', scalar(name, origin)),
    name === 'default' ? [] : pair('serviceName', name),
    pair('roleSelector', role),
    isPerPod ? pair('podService', true) : [],
    pair('spec', map(isHeadless ? pair('clusterIP', 'None') : [], pair('ports', seq(list)))),
  )
}
