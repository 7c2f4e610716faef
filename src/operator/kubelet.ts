import { at, keysAt, listAt, textAt } from '../objects/index.ts'

/** A variable as a pod declares it: a text, or where its text comes from. */
export interface EnvVar {
  readonly name: string
  readonly value?: string
  readonly valueFrom?: unknown
}

/** A ConfigMap or Secret whose keys become variables. */
export interface EnvSource {
  readonly kind: 'ConfigMap' | 'Secret'
  readonly name: string
  readonly prefix: string
  readonly optional: boolean
}

/** Texts by key, of ConfigMaps or Secrets by name. */
export type KeyedTexts = Readonly<Record<string, Readonly<Record<string, string>>>>

/** What the downward API tells of a pod. */
export interface PodFacts {
  readonly name: string
  readonly namespace: string
  readonly uid: string
  readonly nodeName: string
  readonly hostIP: string
  readonly podIP: string
  readonly serviceAccountName: string
  readonly labels: Readonly<Record<string, string>>
  readonly annotations: Readonly<Record<string, string>>
}

/** What a process finds in its environment; `problems` say why a container would not start or what could not be told. */
export interface ProcessEnvironment {
  readonly variables: ReadonlyMap<string, string>
  readonly problems: readonly string[]
}

/**
 * Replaces `$(NAME)`: by the variable, or by itself when there is none; `$$` becomes `$`, so `$$(NAME)` stays a reference.
 * kubernetes:third_party/forked/golang/expansion/expand.go.
 */
export function expand(text: string, variables: ReadonlyMap<string, string>): string {
  return text.replace(/\$(?:\$|\(([^)]*)\))/g, (found, name: string | undefined) => (name === undefined ? '$' : (variables.get(name) ?? found)))
}

/** Reads `env` of a container. */
export function envOf(container: unknown): readonly EnvVar[] {
  return listAt(container, 'env').flatMap((variable) => {
    const name = textAt(variable, 'name')
    if (name === undefined) return []
    const valueFrom = at(variable, 'valueFrom')
    return [valueFrom === undefined || valueFrom === null ? { name, value: textAt(variable, 'value') ?? '' } : { name, valueFrom }]
  })
}

/** Reads `envFrom` of a container. */
export function envFromOf(container: unknown): readonly EnvSource[] {
  return listAt(container, 'envFrom').flatMap((source) =>
    (['ConfigMap', 'Secret'] as const).flatMap((kind) => {
      const reference = at(source, kind === 'ConfigMap' ? 'configMapRef' : 'secretRef')
      const name = textAt(reference, 'name')
      return name === undefined ? [] : [{ kind, name, prefix: textAt(source, 'prefix') ?? '', optional: at(reference, 'optional') === true }]
    }),
  )
}

/**
 * The environment that the kubelet makes: first `envFrom`, then `env` in its order, where a later name wins.
 * A reference sees every variable of `envFrom`, and those of `env` that stand before it; what comes from an object is not expanded.
 * kubernetes:pkg/kubelet/kubelet_pods.go makeEnvironmentVariables. Variables of services (enableServiceLinks) are left out.
 */
export function processEnvironment(
  env: readonly EnvVar[],
  envFrom: readonly EnvSource[],
  pod: PodFacts,
  configMaps: KeyedTexts,
  secrets: KeyedTexts,
): ProcessEnvironment {
  const variables = new Map<string, string>()
  const problems: string[] = []
  for (const source of envFrom) {
    const objects = source.kind === 'ConfigMap' ? configMaps : secrets
    const data = Object.hasOwn(objects, source.name) ? objects[source.name] : undefined
    if (data === undefined) {
      if (!source.optional) problems.push(`the ${source.kind} "${source.name}" of envFrom is not there`)
      continue
    }
    for (const [key, value] of Object.entries(data)) variables.set(source.prefix + key, value)
  }
  for (const { name, value, valueFrom } of env) {
    if (valueFrom === undefined) {
      variables.set(name, expand(value ?? '', variables))
      continue
    }
    const found = textFrom(valueFrom, pod, configMaps, secrets)
    if (typeof found === 'string') variables.set(name, found)
    else if (found.problem !== undefined) problems.push(`${name}: ${found.problem}`)
  }
  return { variables, problems }
}

type NotFound = { readonly problem: string | undefined }

function textFrom(valueFrom: unknown, pod: PodFacts, configMaps: KeyedTexts, secrets: KeyedTexts): string | NotFound {
  const fieldPath = textAt(valueFrom, 'fieldRef', 'fieldPath')
  if (fieldPath !== undefined) return podField(fieldPath, pod) ?? { problem: `the field ${fieldPath} is not one of a pod` }
  for (const [kind, field, objects] of [
    ['ConfigMap', 'configMapKeyRef', configMaps],
    ['Secret', 'secretKeyRef', secrets],
  ] as const) {
    const reference = at(valueFrom, field)
    if (reference === undefined) continue
    const name = textAt(reference, 'name') ?? ''
    const key = textAt(reference, 'key') ?? ''
    const data = Object.hasOwn(objects, name) ? objects[name] : undefined
    const value = data !== undefined && Object.hasOwn(data, key) ? data[key] : undefined
    if (value !== undefined) return value
    return { problem: at(reference, 'optional') === true ? undefined : `the key "${key}" of the ${kind} "${name}" is not there` }
  }
  return { problem: `what ${keysAt(valueFrom).join(', ')} gives is not known before a pod runs` }
}

/** The text of a field of a pod, as the downward API gives it; labels and annotations that are missing are empty. */
export function podField(path: string, pod: PodFacts): string | undefined {
  const keyed = /^metadata\.(labels|annotations)\['(.*)'\]$/.exec(path)
  if (keyed !== null) {
    const map = keyed[1] === 'labels' ? pod.labels : pod.annotations
    return Object.hasOwn(map, keyed[2] ?? '') ? map[keyed[2] ?? ''] : ''
  }
  const fields: ReadonlyMap<string, string> = new Map([
    ['metadata.name', pod.name],
    ['metadata.namespace', pod.namespace],
    ['metadata.uid', pod.uid],
    ['spec.nodeName', pod.nodeName],
    ['spec.serviceAccountName', pod.serviceAccountName],
    ['status.hostIP', pod.hostIP],
    ['status.hostIPs', pod.hostIP],
    ['status.podIP', pod.podIP],
    ['status.podIPs', pod.podIP],
  ])
  return fields.get(path)
}
