import { at, listAt, textAt } from '../objects/index.ts'
import type { CallOrProblem } from './actions.ts'
import { type Container, containerEnvironment, type Pods } from './environment.ts'
import { expand } from './kubelet.ts'

/** Where a container names programs that the kubelet runs. */
export type Hook = 'postStart' | 'preStop' | 'livenessProbe' | 'readinessProbe' | 'startupProbe'

/** What a container starts: its command and arguments, with references replaced. kubernetes:pkg/kubelet/container/helpers.go ExpandContainerCommandAndArgs. */
export function containerCall(pods: Pods, container: Container, ordinal: number): CallOrProblem {
  const environment = containerEnvironment(pods, container, ordinal)
  const argv = [...listAt(container.source, 'command'), ...listAt(container.source, 'args')].map((text) =>
    expand(String(text), environment.variables),
  )
  if (argv.length === 0) return { problem: `what the container "${container.name}" starts is known to its image alone` }
  return { argv, environment, container, image: container.image, timeout: undefined }
}

/** A hook or probe that runs a program in a container. Probes have references replaced by the texts in `env`; hooks are taken as they are. */
export function hookCall(pods: Pods, container: Container, hook: Hook, ordinal: number): CallOrProblem {
  const isProbe = hook.endsWith('Probe')
  const handler = isProbe ? at(container.source, hook) : at(container.source, 'lifecycle', hook)
  const command = listAt(handler, 'exec', 'command').map(String)
  if (command.length === 0) return { problem: `the container "${container.name}" has no ${hook} that runs a program` }
  // kubernetes:pkg/kubelet/prober/prober.go: ExpandContainerCommandOnlyStatic.
  const texts = new Map(container.env.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value] as const])))
  const seconds = at(handler, 'timeoutSeconds')
  const grace = at(pods.component.pod, 'terminationGracePeriodSeconds')
  return {
    argv: isProbe ? command.map((text) => expand(text, texts)) : command,
    environment: containerEnvironment(pods, container, ordinal),
    container,
    image: container.image,
    timeout: isProbe ? (typeof seconds === 'number' ? seconds : 1) : hook === 'preStop' ? (typeof grace === 'number' ? grace : 30) : undefined,
  }
}

/** The container of a name; init containers too. */
export function containerNamed({ containers }: Pods, name: string): Container | undefined {
  return containers.find((container) => container.name === name)
}

/** The first container, whose ports and environment backups and agents look at. */
export function mainContainer({ containers }: Pods): Container | undefined {
  return containers.find(({ isInit }) => !isInit)
}

/** The number of the first port of the first container, which the operator takes for the engine's. */
export function mainPort(pods: Pods): number | undefined {
  const port = at(listAt(mainContainer(pods)?.source, 'ports')[0], 'containerPort')
  return typeof port === 'number' ? port : undefined
}

/** The port of a container by names, for backup targets. */
export function namedPort(pods: Pods, container: string, port: string): number | undefined {
  const found = listAt(containerNamed(pods, container)?.source, 'ports').find((candidate) => textAt(candidate, 'name') === port)
  const number = at(found, 'containerPort')
  return typeof number === 'number' ? number : undefined
}
