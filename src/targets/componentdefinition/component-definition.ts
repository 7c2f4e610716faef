import { type Entry, map, type Node, pair, scalar, seq } from '../../gotemplate/index.ts'
import type { Account, Component } from '../../model/addon.ts'
import type { ComponentDefinitionLowering } from '../release.ts'
import { metadata, object } from '../shared/metadata.ts'
import { podSpec } from '../shared/pod.ts'
import { lifecycleActions } from './actions.ts'
import { containerEnv } from './env.ts'
import { configTemplates, scriptTemplate } from './file-templates.ts'
import { keptAnnotations } from './marks.ts'
import { componentBase, versionedName } from './names.ts'
import { lowerVars } from './vars.ts'

/** The ComponentDefinition of a component (apps.kubeblocks.io; API.md 2.4 and 2.5). */
export function componentDefinition(lowering: ComponentDefinitionLowering, component: Component): Node {
  const { addon, release: target } = lowering
  const serviceVersion = addon.versions.find(({ isDefault }) => isDefault)?.version
  const runtime = podSpec(component, { fields: [], volumes: [], env: containerEnv, mounts: () => [], hooks: () => [] })
  return object(
    `apps.kubeblocks.io/${target.api}`,
    'ComponentDefinition',
    metadata(addon.name, versionedName(lowering, componentBase(addon, component), component.origin), { annotations: keptAnnotations(target) }),
    pair(
      'spec',
      map(
        pair('provider', scalar(addon.provider, ['provider'])),
        pair(
          'description',
          component.description === undefined ? scalar(addon.description) : scalar(component.description, [...component.origin, 'description']),
        ),
        pair('serviceKind', scalar(addon.engine, ['engine'])),
        pair('serviceVersion', serviceVersion),
        services(component),
        configTemplates(lowering, component),
        scriptTemplate(lowering, component),
        volumes(component),
        systemAccounts(lowering, component),
        lowerVars(lowering, component),
        lifecycleActions(lowering, component),
        exporter(component),
        pair('runtime', runtime),
      ),
      { origin: component.origin },
    ),
  )
}

/** Services. The one named default has the name of the component; the others add their own. */
function services(component: Component): Entry[] {
  if (component.services.length === 0) return []
  return pair(
    'services',
    seq(
      component.services.map(({ name, ports, origin }) =>
        map(
          pair('name', scalar(name, origin)),
          name === 'default' ? [] : pair('serviceName', name),
          pair(
            'spec',
            map(
              pair(
                'ports',
                seq(ports.map(({ name, number, origin }) => map(pair('name', scalar(name, origin)), pair('port', number), pair('targetPort', name)))),
              ),
            ),
          ),
        ),
      ),
    ),
  )
}

/** Claims. Snapshots are taken of those with data. */
function volumes(component: Component): Entry[] {
  const claims = component.volumes.flatMap((volume) =>
    volume.kind === 'claim' ? [map(pair('name', scalar(volume.name, volume.origin)), pair('needSnapshot', volume.content === 'data'))] : [],
  )
  return claims.length === 0 ? [] : pair('volumes', seq(claims))
}

function systemAccounts({ release: target }: ComponentDefinitionLowering, component: Component): Entry[] {
  const policy = ({ password }: Account): Node =>
    map(pair('length', password.length), pair('numDigits', password.digits), pair('numSymbols', password.symbols), pair('letterCase', 'MixedCases'))
  const accounts = component.accounts
    .filter(({ isInitial }) => isInitial)
    .map((account) =>
      map(pair('name', scalar(account.name, account.origin)), pair('initAccount', true), pair(target.passwordPolicy, policy(account))),
    )
  return accounts.length === 0 ? [] : pair('systemAccounts', seq(accounts))
}

/** Where metrics are; the operator makes the scrape target from it. */
function exporter({ metrics, containers }: Component): Entry[] {
  if (metrics === undefined) return []
  const container = containers.find(({ ports }) => ports.some(({ name }) => name === metrics.port.name))
  return pair(
    'exporter',
    map(
      pair('containerName', container?.name),
      pair('scrapePath', scalar(metrics.path, metrics.origin)),
      pair('scrapePort', scalar(metrics.port.name, metrics.origin)),
      pair('scrapeScheme', 'http'),
    ),
  )
}
