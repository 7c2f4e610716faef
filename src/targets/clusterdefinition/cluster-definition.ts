import { type Entry, expr, map, type Node, pair, release, scalar, seq } from '../../gotemplate/index.ts'
import type { Component } from '../../model/addon.ts'
import { checkLength, configConstraintName, configTemplateName, scriptsName } from '../names.ts'
import type { ClusterDefinitionLowering } from '../release.ts'
import { facedComponent } from '../shared/face.ts'
import { metadata, object } from '../shared/metadata.ts'
import { podSpecOf } from './pod.ts'

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
  const account = addon.components.flatMap(({ accounts }) => accounts).find(({ isInitial }) => isInitial)
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
    pair('workloadType', component.workload === 'stateless' ? 'Stateless' : 'Stateful'),
    pair('characterType', scalar(addon.engine, ['engine'])),
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
    component.configs.length === 0 ? [] : pair('configSpecs', seq(component.configs.map((config) => configSpec(lowering, component, config)))),
    servicePorts(component),
    claims.length === 0
      ? []
      : pair('volumeTypes', seq(claims.map(({ name, content, origin }) => map(pair('name', scalar(name, origin)), pair('type', content))))),
    pair('podSpec', podSpecOf(component)),
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

function configSpec(lowering: ClusterDefinitionLowering, component: Component, { name, files, origin }: Component['configs'][number]): Node {
  const { addon, release: target } = lowering
  const template = configTemplateName(addon.name, component, name)
  const constraint = configConstraintName(addon.name, component, name)
  const governed = files.filter(({ parameters }) => parameters !== undefined)
  checkLength(lowering, 'config', template, target.limits.configSpec, origin)
  if (governed.length > 0) checkLength(lowering, 'ConfigConstraint', constraint, target.limits.configConstraint, origin)
  return map(
    pair('name', scalar(template, origin)),
    pair('templateRef', template),
    pair('namespace', expr(release('Namespace'))),
    pair('volumeName', scalar(name, origin)),
    governed.length === 0 ? [] : [...pair('constraintRef', constraint), ...pair('keys', seq(governed.map((file) => scalar(file.name, file.origin))))],
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
