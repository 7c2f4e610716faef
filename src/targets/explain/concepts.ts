import type { Path } from '../../diagnostics/index.ts'
import type { ActionName, Component, ResolvedAddon } from '../../model/addon.ts'
import { ACTIONS } from '../../model/lifecycle.ts'
import { allContainers } from '../shared/containers.ts'

/** What an addon can say, as far as generations differ in how they express it. */
export type ConceptKind =
  | 'versions'
  | 'upgradePath'
  | 'lines'
  | 'topology'
  | 'component'
  | 'settings'
  | 'roles'
  | 'roleProbe'
  | ActionName
  | 'service'
  | 'initialAccount'
  | 'account'
  | 'volume'
  | 'highWatermark'
  | 'config'
  | 'configVars'
  | 'parameters'
  | 'reload'
  | 'scripts'
  | 'facts'
  | 'secrets'
  | 'otherComponents'
  | 'references'
  | 'tls'
  | 'sharding'
  | 'metrics'
  | 'logs'
  | 'hostNetwork'
  | 'policyRules'
  | 'probes'
  | 'backup'
  | 'schedule'
  | 'dashboards'

/** Something the addon says: its name for people, and the place that says it. */
export interface Concept {
  readonly kind: ConceptKind
  readonly label: string
  /** Findings below any of these places are about it. */
  readonly paths: readonly Path[]
  /** The component it is about, where that decides how it is expressed. */
  readonly component?: Component
}

/** Everything an addon says, in the order of the descriptor. */
export function conceptsOf(addon: ResolvedAddon): readonly Concept[] {
  const all: readonly (Concept | undefined)[] = [
    { kind: 'versions', label: 'engine versions', paths: addon.versions.map(({ origin }) => [...origin, 'version']) },
    some(
      'upgradePath',
      'upgrade path',
      addon.versions.filter(({ upgradeFrom }) => upgradeFrom.length > 0).map(({ origin }) => [...origin, 'upgradeFrom']),
    ),
    some(
      'lines',
      'major lines',
      addon.lines.filter(({ name }) => name !== undefined).map(({ origin }) => origin),
    ),
    ...addon.topologies.filter(({ origin }) => origin[0] === 'topologies').map(({ name, origin }) => one('topology', `topology ${name}`, origin)),
    ...addon.components.flatMap(ofComponent),
    ...(addon.backup?.methods ?? []).flatMap(({ name, origin, schedule }) => [
      one('backup', `backup ${name}`, origin),
      schedule === undefined ? undefined : one('schedule', `backup schedule ${name}`, ['backup', 'schedules', name]),
    ]),
    some(
      'dashboards',
      'dashboards',
      addon.dashboards.map(({ origin }) => origin),
    ),
  ]
  return all.filter((concept) => concept !== undefined)
}

function ofComponent(component: Component): readonly (Concept | undefined)[] {
  const { name, origin, lifecycle } = component
  const within = (what: string) => `${name}: ${what}`
  const env = allContainers(component).flatMap((container) => container.env)
  const placesOf = (test: (variable: (typeof env)[number]) => boolean) => env.filter(test).map((variable) => variable.origin)
  const probes = component.containers.flatMap(({ liveness, readiness, startup }) =>
    [liveness, readiness, startup].flatMap((probe) => (probe === undefined ? [] : [probe.origin])),
  )
  return [
    one('component', `component ${name}`, [...origin, 'workload']),
    settings(component, within),
    component.roles.length === 0 ? undefined : one('roles', within('roles'), [...origin, 'roles']),
    lifecycle?.roleProbe === undefined ? undefined : { ...one('roleProbe', within('role probe'), lifecycle.roleProbe.origin), component },
    ...ACTIONS.map((action) => {
      const found = lifecycle?.[action]
      return found === undefined ? undefined : one(action, within(words(action)), found.origin)
    }),
    ...component.services.map((service) => one('service', within(`service ${service.name}`), service.origin)),
    ...component.accounts.map((account) => one(account.isInitial ? 'initialAccount' : 'account', within(`account ${account.name}`), account.origin)),
    ...component.volumes.flatMap((volume) => (volume.kind === 'claim' ? [one('volume', within(`volume ${volume.name}`), volume.origin)] : [])),
    some(
      'highWatermark',
      within('high watermark'),
      component.volumes.flatMap((volume) =>
        volume.kind === 'claim' && volume.highWatermark !== undefined ? [[...volume.origin, 'highWatermark']] : [],
      ),
    ),
    ...component.configs.flatMap((config) => ofConfig(config, within)),
    component.scripts === undefined ? undefined : one('scripts', within('scripts'), component.scripts.origin),
    some(
      'facts',
      within('facts'),
      placesOf(({ value }) => value.kind === 'fact' && value.of === undefined),
    ),
    some(
      'otherComponents',
      within('facts of other components'),
      placesOf(({ value }) => (value.kind === 'fact' || value.kind === 'account') && value.of !== undefined),
    ),
    some(
      'secrets',
      within('secrets'),
      placesOf(({ value }) => value.kind === 'secret'),
    ),
    some('references', within('references to other addons'), [
      ...component.references.map((reference) => reference.origin),
      ...placesOf(({ value }) => value.kind === 'reference'),
    ]),
    component.tls === undefined ? undefined : one('tls', within('TLS'), component.tls.origin),
    component.sharding === undefined ? undefined : one('sharding', within('shards'), component.sharding.origin),
    component.metrics === undefined ? undefined : one('metrics', within('metrics'), component.metrics.origin),
    some(
      'logs',
      within('logs'),
      component.logs.map((log) => log.origin),
    ),
    component.hostPorts.length === 0 ? undefined : one('hostNetwork', within('host network'), [...origin, 'hostNetwork']),
    component.policyRules.length === 0 ? undefined : one('policyRules', within('policy rules'), [...origin, 'policyRules']),
    some('probes', within('probes'), probes),
  ]
}

/** What a component says about its pods as a whole. */
function settings(
  { origin, replicas, updateStrategy, podManagement, labels, annotations }: Component,
  within: (what: string) => string,
): Concept | undefined {
  const given = {
    replicas: replicas.minimum ?? replicas.maximum,
    updateStrategy,
    podManagement,
    labels: Object.keys(labels)[0],
    annotations: Object.keys(annotations)[0],
  }
  const paths = Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [[...origin, name]]))
  return some('settings', within('settings'), paths)
}

function ofConfig(config: Component['configs'][number], within: (what: string) => string): readonly (Concept | undefined)[] {
  const files = config.files.map(({ origin }) => origin)
  const governed = config.files.filter(({ parameters }) => parameters !== undefined)
  return [
    { kind: 'config', label: within(`config ${config.name}`), paths: files },
    some(
      'configVars',
      within(`variables of ${config.name}`),
      config.vars.map(({ origin }) => origin),
    ),
    some(
      'parameters',
      within(`parameters of ${config.name}`),
      governed.map(({ origin }) => [...origin, 'parameters']),
    ),
    config.reload === undefined ? undefined : one('reload', within(`reload of ${config.name}`), config.reload.origin),
  ]
}

function one(kind: ConceptKind, label: string, path: Path): Concept {
  return { kind, label, paths: [path] }
}

/** A concept with several places; nothing when there are none. */
function some(kind: ConceptKind, label: string, paths: readonly Path[]): Concept | undefined {
  return paths.length === 0 ? undefined : { kind, label, paths }
}

/** `memberLeave` as people write it. */
function words(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
}
