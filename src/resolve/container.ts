import type { Path } from '../diagnostics/index.ts'
import type { Container as ContainerDescriptor, Probe as ProbeDescriptor } from '../generated/addon.ts'
import type { Container, Probe } from '../model/addon.ts'
import { resolveEnv } from './env.ts'
import type { EnvScope } from './env-scope.ts'
import { entriesOf, exactlyOne, reportDuplicates, type Scope, seconds } from './scope.ts'

/** What a container of a component may refer to. */
export interface ContainerScope extends EnvScope {
  readonly images: readonly string[]
  readonly volumes: readonly string[]
  readonly scripts: readonly string[]
}

/** The containers of one map (`containers` or `init`), in order. */
export function resolveContainers(
  scope: Scope,
  map: Readonly<Record<string, ContainerDescriptor>> | undefined,
  path: Path,
  declared: ContainerScope,
): readonly Container[] {
  return entriesOf(map, path).map(({ name, value, origin }) => resolveContainer(scope, name, value, origin, declared))
}

function resolveContainer(scope: Scope, name: string, container: ContainerDescriptor, origin: Path, declared: ContainerScope): Container {
  if (scope.isDeclared('image', container.image, declared.images, [...origin, 'image'])) scope.uses.use('image', container.image)
  const ports = entriesOf(container.ports, [...origin, 'ports']).map(({ name, value, origin }) => ({ name, number: value, origin }))
  reportDuplicates(
    scope,
    'port number',
    ports.map(({ number, origin }) => ({ name: String(number), origin })),
  )
  const mounts = entriesOf(container.mounts, [...origin, 'mounts']).map(({ name, value, origin }) => {
    scope.isDeclared('volume, config or script volume', name, declared.volumes, origin)
    const mount = typeof value === 'string' ? { path: value } : value
    return { volume: name, path: mount.path, subPath: mount.subPath, readOnly: mount.readOnly ?? false, origin }
  })
  reportDuplicates(
    scope,
    'mount path',
    mounts.map(({ path, origin }) => ({ name: path.replace(/(.)\/+$/, '$1'), origin })),
  )
  const probe = (field: 'liveness' | 'readiness' | 'startup') =>
    resolveProbe(
      scope,
      container[field],
      [...origin, field],
      ports.map((port) => port.name),
      declared.scripts,
    )
  return {
    name,
    image: container.image,
    command: container.command,
    args: container.args,
    ports,
    mounts,
    env: resolveEnv(scope, container.env, [...origin, 'env'], declared),
    liveness: probe('liveness'),
    readiness: probe('readiness'),
    startup: probe('startup'),
    securityContext: container.securityContext,
    origin,
  }
}

function resolveProbe(
  scope: Scope,
  probe: ProbeDescriptor | undefined,
  origin: Path,
  ports: readonly string[],
  scripts: readonly string[],
): Probe | undefined {
  if (probe === undefined) return undefined
  const kind = exactlyOne(scope, probe, ['http', 'tcp', 'exec', 'script'], origin)
  if (kind === undefined) return undefined
  const { http, tcp, exec, script } = probe
  const check = (): Probe['check'] => {
    if (http !== undefined) {
      scope.isDeclared('port of this container', http.port, ports, [...origin, 'http', 'port'])
      return { kind: 'http', path: http.path, port: http.port, scheme: http.scheme ?? 'HTTP' }
    }
    if (tcp !== undefined) {
      scope.isDeclared('port of this container', tcp.port, ports, [...origin, 'tcp', 'port'])
      return { kind: 'tcp', port: tcp.port }
    }
    if (exec !== undefined) return { kind: 'exec', command: exec }
    scope.isDeclared('script', script ?? '', scripts, [...origin, 'script'])
    return { kind: 'script', script: script ?? '' }
  }
  return {
    check: check(),
    delay: probe.delay === undefined ? undefined : seconds(probe.delay),
    period: seconds(probe.period ?? '10s'),
    timeout: seconds(probe.timeout ?? '1s'),
    failures: probe.failures ?? 3,
    successes: probe.successes ?? 1,
    origin,
  }
}
