import { data, type Entry, map, type Node, pair, scalar, seq } from '../../gotemplate/index.ts'
import type { Component } from '../../model/addon.ts'
import { MOST_REPLICAS } from '../../operator/limits.ts'
import type { ComponentDefinitionLowering, ComponentDefinitionRelease } from '../release.ts'
import { metadata, object } from '../shared/metadata.ts'
import { podSpec } from '../shared/pod.ts'
import { systemAccounts } from './accounts.ts'
import { actionContainer, lifecycleActions } from './actions.ts'
import { type Definition, defaultVersion } from './definitions.ts'
import { containerEnv } from './env.ts'
import { configTemplates, scriptTemplate } from './file-templates.ts'
import { keptAnnotations } from './marks.ts'
import { definitionName } from './names.ts'
import { roles } from './roles.ts'
import { services } from './services.ts'
import { withoutHttpProbes } from './tls.ts'
import { lowerVars } from './vars.ts'

/** The ComponentDefinition of a component (apps.kubeblocks.io; API.md 2.4 and 2.5). */
export function componentDefinition(lowering: ComponentDefinitionLowering, definition: Definition): Node {
  const { addon, release: target } = lowering
  const component = target.api === 'v1' ? withoutHttpProbes(definition.component) : definition.component
  const runtime = podSpec(component, {
    fields: [],
    volumes: [],
    env: (container) => containerEnv(target, container),
    mounts: () => [],
    hooks: () => [],
  })
  const description =
    component.description === undefined ? scalar(addon.description) : scalar(component.description, [...component.origin, 'description'])
  return object(
    `apps.kubeblocks.io/${target.api}`,
    'ComponentDefinition',
    metadata(addon.name, definitionName(lowering, definition), { annotations: keptAnnotations(target) }),
    pair(
      'spec',
      map(
        pair('provider', scalar(addon.provider, ['provider'])),
        pair('description', description),
        pair('serviceKind', scalar(addon.engine, ['engine'])),
        pair('serviceVersion', defaultVersion(definition.line)?.version),
        labels(component),
        replicasLimit(component),
        policies(component),
        services(component),
        roles(lowering, component),
        configTemplates(lowering, definition),
        scriptTemplate(lowering, definition),
        logConfigs(component),
        volumes(target, component),
        target.api === 'v1' ? tls(component) : [],
        systemAccounts(lowering, component),
        serviceRefDeclarations(component),
        lowerVars(lowering, component),
        lifecycleActions(lowering, definition),
        exporter(component),
        hostNetwork(component),
        component.policyRules.length === 0 ? [] : pair('policyRules', data(component.policyRules, [...component.origin, 'policyRules'])),
        pair('runtime', runtime),
      ),
      { origin: component.origin },
    ),
  )
}

function labels({ labels, annotations, origin }: Component): Entry[] {
  const part = (name: string, values: Readonly<Record<string, string>>) =>
    Object.keys(values).length === 0 ? [] : pair(name, data(values, [...origin, name]))
  return [...part('labels', labels), ...part('annotations', annotations)]
}

/** Both bounds are needed where there is one. */
function replicasLimit({ replicas: { minimum, maximum }, origin }: Component): Entry[] {
  if (minimum === undefined && maximum === undefined) return []
  return pair('replicasLimit', map(pair('minReplicas', minimum ?? 0), pair('maxReplicas', maximum ?? MOST_REPLICAS)), {
    origin: [...origin, 'replicas'],
  })
}

/** Pods without identity start and stop at once. */
function policies({ workload, podManagement, updateStrategy, origin }: Component): Entry[] {
  const management = podManagement ?? (workload === 'stateless' ? 'parallel' : undefined)
  const update = { serial: 'Serial', bestEffortParallel: 'BestEffortParallel', parallel: 'Parallel' } as const
  return [
    ...pair('podManagementPolicy', management === undefined ? undefined : management === 'parallel' ? 'Parallel' : 'OrderedReady'),
    ...pair('updateStrategy', updateStrategy === undefined ? undefined : scalar(update[updateStrategy], [...origin, 'updateStrategy'])),
  ]
}

function logConfigs({ logs }: Component): Entry[] {
  if (logs.length === 0) return []
  return pair('logConfigs', seq(logs.map(({ name, path, origin }) => map(pair('name', scalar(name, origin)), pair('filePathPattern', path)))))
}

/** Claims. Snapshots are taken of those with data. 0.9 takes a high watermark only with actions that nobody writes any more (API.md 4.2). */
function volumes({ api }: ComponentDefinitionRelease, component: Component): Entry[] {
  const claims = component.volumes.flatMap((volume) =>
    volume.kind === 'claim'
      ? [
          map(
            pair('name', scalar(volume.name, volume.origin)),
            pair('needSnapshot', volume.content === 'data'),
            api === 'v1' ? pair('highWatermark', volume.highWatermark) : [],
          ),
        ]
      : [],
  )
  return claims.length === 0 ? [] : pair('volumes', seq(claims))
}

/** Where the operator mounts the certificates of a cluster with TLS. */
function tls({ tls }: Component): Entry[] {
  if (tls === undefined) return []
  return pair(
    'tls',
    map(pair('volumeName', 'tls'), pair('mountPath', tls.mount), pair('caFile', tls.ca), pair('certFile', tls.certificate), pair('keyFile', tls.key)),
    { origin: tls.origin },
  )
}

function serviceRefDeclarations({ references }: Component): Entry[] {
  if (references.length === 0) return []
  const declarations = references.map(({ name, kind, version, isOptional, origin }) =>
    map(
      pair('name', scalar(name, origin)),
      pair('serviceRefDeclarationSpecs', seq([map(pair('serviceKind', kind), pair('serviceVersion', version))])),
      isOptional ? pair('optional', true) : [],
    ),
  )
  return pair('serviceRefDeclarations', seq(declarations))
}

/**
 * Where metrics are; the operator makes the scrape target from it. A Cluster that disables its exporter loses the container that is named
 * (release-1.0: removeMonitorContainer), so one that does more is not named, and its port is given as a number.
 */
function exporter(component: Component): Entry[] {
  const { metrics } = component
  if (metrics === undefined) return []
  const container = exporterContainer(component, metrics.port.name)
  return pair(
    'exporter',
    map(
      pair('containerName', container),
      pair('scrapePath', scalar(metrics.path, metrics.origin)),
      pair('scrapePort', scalar(container === undefined ? String(metrics.port.number) : metrics.port.name, metrics.origin)),
      pair('scrapeScheme', 'http'),
    ),
  )
}

/** A container beside the engine whose only port is that of the metrics. */
function exporterContainer(component: Component, port: string): string | undefined {
  const [, ...others] = component.containers
  return others.find(({ name, ports: [first, ...more] }) => name !== actionContainer(component) && first?.name === port && more.length === 0)?.name
}

function hostNetwork({ hostPorts }: Component): Entry[] {
  if (hostPorts.length === 0) return []
  const containers = hostPorts.map(({ container, ports }) =>
    map(pair('container', container), pair('ports', seq(ports.map(({ name, origin }) => scalar(name, origin))))),
  )
  return pair('hostNetwork', map(pair('containerPorts', seq(containers))))
}
