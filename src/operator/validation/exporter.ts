import { at, keysAt, listAt, textAt } from '../../objects/index.ts'
import { FROM_09 } from '../eras.ts'
import { isGiven, itemsAt, type ValidationRule, whole } from './rule.ts'

/** Names of containers that only export, on however many ports. */
const EXPORTS = /metric|export|prometheus/i

/** A Cluster with `disableExporter: true` loses the container that is named. A port by its name is looked up in it, a number is taken as it is. */
export const exporter: ValidationRule = {
  code: 'definition/exporter',
  kinds: ['ComponentDefinition'],
  releases: FROM_09,
  source:
    'release-0.9:controllers/apps/transformer_component_monitor_transformer.go removeMonitorContainer, pkg/common/monitor.go getPortNumberFromContainer',
  check(object) {
    const wanted = at(object, 'spec', 'exporter')
    if (!isGiven(object, 'spec', 'exporter')) return []
    const name = textAt(wanted, 'containerName') ?? ''
    const port = textAt(wanted, 'scrapePort') ?? ''
    const containers = itemsAt(whole(object), 'spec', 'runtime', 'containers').map(({ item }) => item)
    const container = containers.find((candidate) => textAt(candidate, 'name') === name)
    const ports = listAt(container, 'ports')
    const isKnown = /^\d*$/.test(port) || ports.some((candidate) => textAt(candidate, 'name') === port)
    const actions = at(object, 'spec', 'lifecycleActions')
    const hosts = keysAt(actions).flatMap((action) => textAt(actions, action, 'exec', 'container') ?? [])
    const isEngine = container !== undefined && (container === containers[0] || hosts.includes(name) || (ports.length > 1 && !EXPORTS.test(name)))
    const path = ['spec', 'exporter']
    return [
      ...(isEngine
        ? [
            {
              path: [...path, 'containerName'],
              message: `A Cluster with disableExporter loses the container "${name}", which does more than export.`,
            },
          ]
        : []),
      ...(isKnown
        ? []
        : [{ path: [...path, 'scrapePort'], message: `The port "${port}" is not in the container "${name}", so nothing is scraped.` }]),
    ]
  },
}
