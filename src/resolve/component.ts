import type { Path } from '../diagnostics/index.ts'
import type { Component as ComponentDescriptor } from '../generated/addon.ts'
import type { Component, Config, Container, Volume } from '../model/addon.ts'
import { resolveContainers } from './container.ts'
import type { EnvScope } from './env.ts'
import { checkConfigMap, checkScripts, readFileList, readTextFile } from './files.ts'
import { readParameters } from './parameters.ts'
import { entriesOf, exactlyOne, reportDuplicates, type Scope, seconds } from './scope.ts'

/** File names that the compiler adds to the scripts of a component. */
const GENERATED_SCRIPTS = ['facts.sh', 'pre-stop.sh']

/** One component, with everything it refers to checked. */
export function resolveComponent(
  scope: Scope,
  name: string,
  component: ComponentDescriptor,
  origin: Path,
  declared: { readonly images: readonly string[]; readonly knobs: EnvScope['knobs'] },
): Component {
  const volumes = entriesOf(component.volumes, [...origin, 'volumes']).flatMap(({ name, value, origin }) => resolveVolume(scope, name, value, origin))
  const configs = entriesOf(component.configs, [...origin, 'configs']).map(({ name, value, origin }) => resolveConfig(scope, name, value, origin))
  const scripts = resolveScripts(scope, component, origin)
  const scriptNames = scripts?.files.map((file) => file.name) ?? []
  const mountable = [...volumes, ...configs, ...(scripts === undefined ? [] : [{ name: scripts.volume, origin: scripts.origin }])]
  reportDuplicates(scope, 'volume', mountable)
  const accounts = entriesOf(component.accounts, [...origin, 'accounts']).map(({ name, value, origin }) => ({
    name,
    isInitial: value.initial ?? false,
    purpose: value.purpose ?? ('admin' as const),
    password: { length: value.password?.length ?? 16, digits: value.password?.digits ?? 4, symbols: value.password?.symbols ?? 0 },
    origin,
  }))
  const containerScope = {
    ...declared,
    accounts: accounts.map((account) => account.name),
    volumes: [...mountable.map((volume) => volume.name), ...podVolumeNames(component)],
    scripts: scriptNames,
  }
  const init = resolveContainers(scope, component.init, [...origin, 'init'], containerScope)
  const containers = resolveContainers(scope, component.containers, [...origin, 'containers'], containerScope)
  reportDuplicates(scope, 'container', [...init, ...containers])
  const ports = containers.flatMap((container) => container.ports)
  reportDuplicates(scope, 'port', ports)
  reportUnmounted(scope, mountable, [...init, ...containers])
  checkPod(scope, component, [...origin, 'pod'])
  const leave = resolveMemberLeave(scope, component, origin, containers, scriptNames)
  reportScriptsOutOfReach(scope, scripts?.volume, [...init, ...containers], leave)
  const portNamed = (what: string, port: string, path: Path) => {
    scope.isDeclared(
      what,
      port,
      ports.map(({ name }) => name),
      path,
    )
    return ports.find(({ name }) => name === port)
  }
  const services = entriesOf(component.services, [...origin, 'services']).map(({ name, value, origin }) => ({
    name,
    ports: value.ports.flatMap((port, index) => portNamed('container port', port, [...origin, 'ports', index]) ?? []),
    origin,
  }))
  return {
    name,
    description: component.description,
    workload: component.workload ?? 'stateful',
    replicas: { default: component.replicas?.default ?? 1, recommended: component.replicas?.recommended ?? [] },
    services,
    accounts,
    volumes,
    configs,
    scripts,
    init,
    containers,
    memberLeave: leave,
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
  if (kind === 'claim') return [{ name, kind, size: volume.size, content: volume.content ?? 'data', origin }]
  if (kind === 'emptyDir') return [{ name, kind, fields: typeof volume.emptyDir === 'object' ? volume.emptyDir : {}, origin }]
  return []
}

function resolveConfig(scope: Scope, name: string, config: NonNullable<ComponentDescriptor['configs']>[string], origin: Path): Config {
  const files = entriesOf(config.files, [...origin, 'files']).flatMap(({ name, value, origin }) => {
    const file = typeof value === 'string' ? { path: value } : value
    const at: Path = typeof value === 'string' ? origin : [...origin, 'path']
    const read = readTextFile(scope, file.path, name, at)
    const parameters = file.parameters === undefined ? undefined : readParameters(scope, file.parameters, [...origin, 'parameters'])
    if (file.parameters !== undefined && file.format === undefined)
      scope.problem('schema/missing-field', origin, `The file "${name}" has parameters, and no format.`, {
        at: 'key',
        hint: 'add format: yaml, ini, ...',
      })
    return read === undefined ? [] : [{ ...read, format: file.format, parameters }]
  })
  checkConfigMap(scope, `the config "${name}"`, files)
  return { name, isTemplate: config.template ?? false, files, origin }
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
  return { volume: scripts.volume ?? 'scripts', files, origin: [...origin, 'scripts'] }
}

function resolveMemberLeave(
  scope: Scope,
  { lifecycle }: ComponentDescriptor,
  origin: Path,
  containers: readonly Container[],
  scripts: readonly string[],
): Component['memberLeave'] {
  const path: Path = [...origin, 'lifecycle']
  const first = containers[0]?.name ?? ''
  if (lifecycle?.container !== undefined)
    scope.isDeclared(
      'container',
      lifecycle.container,
      containers.map(({ name }) => name),
      [...path, 'container'],
    )
  const leave = lifecycle?.memberLeave
  if (leave === undefined) return undefined
  scope.isDeclared('script', leave.script, scripts, [...path, 'memberLeave', 'script'])
  return {
    script: leave.script,
    container: lifecycle?.container ?? first,
    timeout: seconds(leave.timeout ?? '50s'),
    drain: seconds(leave.drain ?? '30m'),
    origin: [...path, 'memberLeave'],
  }
}

function resolveMetrics(scope: Scope, { metrics }: ComponentDescriptor, origin: Path, containers: readonly Container[]): Component['metrics'] {
  if (metrics === undefined) return undefined
  const path: Path = [...origin, 'metrics']
  if (metrics.container !== undefined)
    scope.isDeclared(
      'container',
      metrics.container,
      containers.map(({ name }) => name),
      [...path, 'container'],
    )
  const candidates = containers.filter(({ name }) => metrics.container === undefined || name === metrics.container)
  const ports = candidates.flatMap((container) => container.ports)
  scope.isDeclared(
    'container port',
    metrics.port,
    ports.map(({ name }) => name),
    [...path, 'port'],
  )
  const port = ports.find(({ name }) => name === metrics.port)
  return port === undefined ? undefined : { port, path: metrics.path ?? '/metrics', origin: path }
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
function reportScriptsOutOfReach(scope: Scope, volume: string | undefined, containers: readonly Container[], leave: Component['memberLeave']): void {
  for (const { name, mounts, liveness, readiness, startup, origin } of containers) {
    if (mounts.some((mount) => mount.volume === volume)) continue
    const probes = [liveness, readiness, startup].filter((probe) => probe?.check.kind === 'script').map((probe) => probe?.origin ?? origin)
    for (const path of leave?.container === name ? [...probes, leave.origin] : probes) {
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
