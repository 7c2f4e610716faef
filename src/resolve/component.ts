import type { Path } from '../diagnostics/index.ts'
import type { Component as ComponentDescriptor } from '../generated/addon.ts'
import type { Component, Container, Lifecycle, Sharding, Volume } from '../model/addon.ts'
import { actionsOf } from '../model/lifecycle.ts'
import { FACTS_SCRIPT } from '../model/sourced.ts'
import { resolveAccounts } from './accounts.ts'
import { resolveConfigs } from './configs.ts'
import { resolveContainers } from './container.ts'
import type { EnvScope } from './env-scope.ts'
import { checkConfigMap, checkScripts, readFileList } from './files.ts'
import { resolveLifecycle, resolveSharding } from './lifecycle.ts'
import { resolveHostPorts, resolveMetrics, resolveServices } from './network.ts'
import { resolveRoles } from './roles.ts'
import { entriesOf, exactlyOne, reportDuplicates, type Scope } from './scope.ts'
import { checkSourced } from './scripts.ts'

/** File names that the compiler adds to the scripts of a component. */
const GENERATED_SCRIPTS = [FACTS_SCRIPT, 'pre-stop.sh']

/** One component, with everything it refers to checked. */
export function resolveComponent(
  scope: Scope,
  name: string,
  component: ComponentDescriptor,
  origin: Path,
  declared: Omit<EnvScope, 'self'> & { readonly images: readonly string[] },
): Component {
  const volumes = entriesOf(component.volumes, [...origin, 'volumes']).flatMap(({ name, value, origin }) => resolveVolume(scope, name, value, origin))
  const scripts = resolveScripts(scope, component, origin)
  const scriptNames = scripts?.files.map((file) => file.name) ?? []
  const inside = { ...declared, self: name, scripts: scriptNames }
  const configs = resolveConfigs(scope, component, origin, inside)
  const mountable = [...volumes, ...configs, ...(scripts === undefined ? [] : [{ name: scripts.volume, origin: scripts.origin }])]
  reportDuplicates(scope, 'volume', mountable)
  const containerScope = { ...inside, volumes: [...mountable.map((volume) => volume.name), ...podVolumeNames(component)] }
  const init = resolveContainers(scope, component.init, [...origin, 'init'], containerScope)
  const containers = resolveContainers(scope, component.containers, [...origin, 'containers'], containerScope)
  reportDuplicates(scope, 'container', [...init, ...containers])
  const ports = containers.flatMap((container) => container.ports)
  reportDuplicates(scope, 'port', ports)
  reportUnmounted(scope, mountable, [...init, ...containers])
  checkPod(scope, component, [...origin, 'pod'])
  const roles = resolveRoles(scope, component, origin)
  const actionScope = { containers, scripts: scriptNames, roles }
  const lifecycle = resolveLifecycle(scope, component, origin, actionScope)
  const sharding = resolveSharding(scope, component, origin, actionScope)
  reportScriptsOutOfReach(scope, scripts?.volume, init, containers, lifecycle, sharding)
  return {
    name,
    description: component.description,
    workload: component.workload ?? 'stateful',
    roles,
    replicas: resolveReplicas(scope, component, origin),
    services: resolveServices(scope, component, origin, ports, roles),
    accounts: resolveAccounts(scope, component, origin),
    volumes,
    configs,
    scripts,
    init,
    containers,
    lifecycle,
    logs: resolveLogs(scope, component, origin, containers),
    tls: resolveTls(component, origin),
    references: entriesOf(component.references, [...origin, 'references']).map(({ name, value, origin }) => {
      return { name, kind: value.kind, version: value.version, isOptional: value.optional ?? false, origin }
    }),
    sharding,
    hostPorts: resolveHostPorts(scope, component, origin, containers),
    policyRules: (component.policyRules ?? []).map((rule) => ({ ...rule })),
    labels: component.labels ?? {},
    annotations: component.annotations ?? {},
    updateStrategy: component.updateStrategy,
    podManagement: component.podManagement,
    metrics: resolveMetrics(scope, component, origin, containers),
    pod: component.pod ?? {},
    origin,
  }
}

function resolveVolume(scope: Scope, name: string, volume: NonNullable<ComponentDescriptor['volumes']>[string], origin: Path): Volume[] {
  const kind = exactlyOne(
    scope,
    { claim: volume.claim === false ? undefined : volume.claim, emptyDir: volume.emptyDir === false ? undefined : volume.emptyDir },
    ['claim', 'emptyDir'],
    origin,
  )
  const { size, content = 'data', highWatermark } = volume
  if (kind === 'claim') return [{ name, kind, size, content, highWatermark, origin }]
  if (highWatermark !== undefined)
    scope.problem('addon/exactly-one', [...origin, 'highWatermark'], '"highWatermark" belongs to "claim", which is not given.', {
      at: 'key',
      hint: 'remove "highWatermark", or make the volume a claim',
    })
  if (kind === 'emptyDir') return [{ name, kind, fields: typeof volume.emptyDir === 'object' ? volume.emptyDir : {}, origin }]
  return []
}

function resolveReplicas(scope: Scope, { replicas = {} }: ComponentDescriptor, origin: Path): Component['replicas'] {
  const { recommended = [], minimum, maximum } = replicas
  const path: Path = [...origin, 'replicas']
  const usual = replicas.default ?? Math.max(minimum ?? 1, 1)
  const named = [{ number: usual, at: [...path, ...(replicas.default === undefined ? [] : ['default'])] as Path }]
  for (const { number, at } of [...named, ...recommended.map((number, index) => ({ number, at: [...path, 'recommended', index] as Path }))]) {
    if (minimum !== undefined && number < minimum)
      scope.problem('schema/range', at, `${number} replicas are fewer than the minimum, ${minimum}.`, {
        hint: `write ${minimum} or more, or a smaller minimum`,
      })
    if (maximum !== undefined && number > maximum)
      scope.problem('schema/range', at, `${number} replicas are more than the maximum, ${maximum}.`, {
        hint: `write ${maximum} or less, or a larger maximum`,
      })
  }
  return { default: usual, recommended, minimum, maximum }
}

function resolveScripts(scope: Scope, { scripts }: ComponentDescriptor, origin: Path): Component['scripts'] {
  if (scripts === undefined) return undefined
  const path: Path = [...origin, 'scripts', 'files']
  const files = readFileList(scope, scripts.files, path)
  for (const { name, origin } of files) {
    if (GENERATED_SCRIPTS.includes(name)) scope.problem('addon/reserved-name', origin, `A script named "${name}" is generated.`)
  }
  checkConfigMap(scope, 'the scripts', files)
  checkScripts(scope, files)
  checkSourced(scope, files)
  return { volume: scripts.volume ?? 'scripts', files, origin: [...origin, 'scripts'] }
}

/** The operator looks for log files only below what the first container mounts (API.md 4.1). */
function resolveLogs(scope: Scope, { logs }: ComponentDescriptor, origin: Path, containers: readonly Container[]): Component['logs'] {
  const mounts = (containers[0]?.mounts ?? []).map(({ path }) => path.replace(/(.)\/+$/, '$1'))
  return entriesOf(logs, [...origin, 'logs']).map(({ name, value, origin }) => {
    if (!mounts.some((mount) => value.startsWith(mount === '/' ? mount : `${mount}/`)))
      scope.problem('addon/reference', origin, `The log file ${value} is in no mount of the first container.`, {
        hint: mounts.length === 0 ? 'mount a volume for it' : `start it with one of: ${mounts.join(', ')}`,
      })
    return { name, path: value, origin }
  })
}

function resolveTls({ tls }: ComponentDescriptor, origin: Path): Component['tls'] {
  if (tls === undefined) return undefined
  const { mount, ca = 'ca.crt', certificate = 'tls.crt', key = 'tls.key' } = tls
  return { mount, ca, certificate, key, origin: [...origin, 'tls'] }
}

/** Names of the volumes that a pod fragment brings. */
function podVolumeNames({ pod }: ComponentDescriptor): readonly string[] {
  const volumes = pod?.volumes
  if (!Array.isArray(volumes)) return []
  return volumes.flatMap((volume: unknown) =>
    typeof volume === 'object' && volume !== null && 'name' in volume && typeof volume.name === 'string' ? [volume.name] : [],
  )
}

/** Configs and scripts that no container mounts never reach the engine. Claims and empty directories neither. */
function reportUnmounted(scope: Scope, volumes: readonly { readonly name: string; readonly origin: Path }[], containers: readonly Container[]): void {
  const mounted = new Set(containers.flatMap(({ mounts }) => mounts.map(({ volume }) => volume)))
  for (const { name, origin } of volumes) {
    if (!mounted.has(name))
      scope.problem('addon/unused', origin, `No container mounts "${name}".`, { at: 'key', hint: `add mounts: {${name}: /path} to a container` })
  }
}

/** A script that a container calls has to be mounted there. */
function reportScriptsOutOfReach(
  scope: Scope,
  volume: string | undefined,
  init: readonly Container[],
  containers: readonly Container[],
  lifecycle: Lifecycle | undefined,
  sharding: Sharding | undefined,
): void {
  const ofLifecycle = lifecycle === undefined ? [] : [lifecycle.roleProbe, ...actionsOf(lifecycle).map(([, action]) => action)]
  const called = [...ofLifecycle, sharding?.shardAdd, sharding?.shardRemove].filter((action) => action?.run.kind === 'script')
  const host = lifecycle?.container ?? containers[0]?.name
  for (const { name, mounts, liveness, readiness, startup, origin } of [...init, ...containers]) {
    if (mounts.some((mount) => mount.volume === volume)) continue
    const probes = [liveness, readiness, startup].filter((probe) => probe?.check.kind === 'script').map((probe) => probe?.origin ?? origin)
    const actions = host === name ? called.map((action) => action?.origin ?? origin) : []
    for (const path of [...probes, ...actions]) {
      scope.problem('addon/reference', path, `The container "${name}" does not mount the scripts.`, {
        hint: `add mounts: {${volume ?? 'scripts'}: /path} to it`,
      })
    }
  }
}

/** PodSpec fields that other parts of the descriptor generate. */
const GENERATED_FIELDS: Readonly<Record<string, string>> = { containers: 'containers', initContainers: 'init' }

function checkPod(scope: Scope, { pod }: ComponentDescriptor, path: Path): void {
  for (const { name, origin } of entriesOf(pod, path)) {
    const better = Object.hasOwn(GENERATED_FIELDS, name) ? GENERATED_FIELDS[name] : undefined
    if (better !== undefined)
      scope.problem('addon/pod-field', origin, `pod.${name} cannot be given here.`, { at: 'key', hint: `use "${better}" of the component` })
  }
}
