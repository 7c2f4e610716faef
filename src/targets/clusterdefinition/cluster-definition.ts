import { type Entry, expr, map, type Node, pair, release, scalar, seq } from '../../gotemplate/index.ts'
import type { Component } from '../../model/addon.ts'
import { checkLength, scriptsName } from '../names.ts'
import type { ClusterDefinitionLowering } from '../release.ts'
import { facedComponent } from '../shared/face.ts'
import { metadata, object } from '../shared/metadata.ts'
import { postStart, switchover } from './commands.ts'
import { componentReferences } from './component-references.ts'
import { configSpec } from './config-specs.ts'
import { credentialAccount } from './credential.ts'
import { podSpecOf } from './pod.ts'
import { protectsVolumes } from './role-support.ts'
import { roleProbe, workloadType } from './workload.ts'

/** The ClusterDefinition (apps.kubeblocks.io/v1alpha1; API.md 2.1). */
export function clusterDefinition(lowering: ClusterDefinitionLowering): Node {
  const { addon } = lowering
  const componentDefs = seq(addon.components.map((component) => componentDef(lowering, component)))
  return object(
    'apps.kubeblocks.io/v1alpha1',
    'ClusterDefinition',
    metadata(addon.name, addon.name),
    pair('spec', map(pair('type', scalar(addon.engine, ['engine'])), connectionCredential(lowering), pair('componentDefs', componentDefs))),
  )
}

/** The credential of a cluster. The operator makes the password, and fills in host and port of the first component that has a service (API.md 3.1). */
function connectionCredential({ addon }: ClusterDefinitionLowering): Entry[] {
  const component = facedComponent(addon)
  const service = component?.services.find(({ name }) => name === 'default')
  const port = service?.ports[0]
  const account = credentialAccount(addon)?.account
  if (account === undefined && port === undefined) return []
  const portPlaceholder = `$(SVC_PORT_${port?.name})`
  return pair(
    'connectionCredential',
    map(
      account === undefined
        ? []
        : [...pair('username', scalar(account.name, account.origin)), ...pair('password', scalar('$(RANDOM_PASSWD)', account.origin))],
      port === undefined
        ? []
        : [
            ...pair('endpoint', scalar(`$(SVC_FQDN):${portPlaceholder}`, service?.origin)),
            ...pair('host', '$(SVC_FQDN)'),
            ...pair('port', scalar(portPlaceholder, service?.origin)),
          ],
    ),
  )
}

function componentDef(lowering: ClusterDefinitionLowering, component: Component): Node {
  const { addon, release: target } = lowering
  checkLength(lowering, 'component', component.name, target.limits.component, component.origin)
  const { metrics, scripts } = component
  const claims = component.volumes.filter((volume) => volume.kind === 'claim')
  return map(
    pair('name', scalar(component.name, component.origin)),
    pair('description', component.description === undefined ? undefined : scalar(component.description, [...component.origin, 'description'])),
    workloadType(lowering, component),
    pair('characterType', scalar(addon.engine, ['engine'])),
    componentReferences(lowering, component),
    roleProbe(lowering, component),
    switchover(lowering, component),
    postStart(lowering, component),
    metrics === undefined
      ? []
      : pair(
          'monitor',
          map(
            pair('builtIn', false),
            pair(
              'exporterConfig',
              map(pair('scrapePath', scalar(metrics.path, metrics.origin)), pair('scrapePort', scalar(metrics.port.number, metrics.origin))),
            ),
          ),
        ),
    scripts === undefined ? [] : pair('scriptSpecs', seq([scriptSpec(scriptsName(addon.name, component), scripts)])),
    component.configs.length === 0
      ? []
      : pair('configSpecs', seq(component.configs.map((config) => configSpec(lowering, component, config, undefined)))),
    servicePorts(component),
    claims.length === 0
      ? []
      : pair('volumeTypes', seq(claims.map(({ name, content, origin }) => map(pair('name', scalar(name, origin)), pair('type', content))))),
    logConfigs(component),
    volumeProtection(lowering, component),
    customLabels(component),
    pair('podSpec', podSpecOf(lowering, component)),
  )
}

function scriptSpec(name: string, { volume, origin }: NonNullable<Component['scripts']>): Node {
  return map(
    pair('name', scalar(name, origin)),
    pair('templateRef', name),
    pair('namespace', expr(release('Namespace'))),
    pair('volumeName', scalar(volume, origin)),
    pair('defaultMode', scalar(0o555, origin), { comment: '0555' }),
  )
}

/** One service for each component: the ports of the one named default. */
function servicePorts({ services }: Component): Entry[] {
  const service = services.find(({ name }) => name === 'default')
  if (service === undefined) return []
  const ports = service.ports.map(({ name, number, origin }) =>
    map(pair('name', scalar(name, origin)), pair('port', scalar(number, origin)), pair('targetPort', name)),
  )
  return pair('service', map(pair('ports', seq(ports))), { origin: service.origin })
}

function logConfigs({ logs }: Component): Entry[] {
  if (logs.length === 0) return []
  return pair(
    'logConfigs',
    seq(logs.map(({ name, path, origin }) => map(pair('name', scalar(name, origin)), pair('filePathPattern', scalar(path, origin))))),
  )
}

/** Volumes that make the engine read-only when they are nearly full. */
function volumeProtection(lowering: ClusterDefinitionLowering, component: Component): Entry[] {
  if (!protectsVolumes(lowering, component)) return []
  const volumes = component.volumes.flatMap((volume) =>
    volume.kind === 'claim' && volume.highWatermark !== undefined
      ? [map(pair('name', scalar(volume.name, volume.origin)), pair('highWatermark', scalar(volume.highWatermark, volume.origin)))]
      : [],
  )
  return volumes.length === 0 ? [] : pair('volumeProtectionSpec', map(pair('volumes', seq(volumes))))
}

/** Labels of the pods. */
function customLabels({ labels, origin }: Component): Entry[] {
  const names = Object.entries(labels)
  if (names.length === 0) return []
  const pods = seq([map(pair('gvk', 'v1/Pod'))])
  const specs = names.map(([key, value]) => {
    const at = [...origin, 'labels', key]
    return map(pair('key', scalar(key, at)), pair('value', scalar(value, at)), pair('resources', pods))
  })
  return pair('customLabelSpecs', seq(specs))
}
