import { at, keysAt, listAt, textAt } from '../objects/index.ts'
import type { Cluster } from './cluster.ts'
import { ofKind } from './matching.ts'
import { componentObjectName, headlessServiceName } from './names.ts'
import type { OperatorRelease } from './releases.ts'

/** Texts to stand for what the operator makes at random. */
export interface RandomTexts {
  /** 8 characters. */
  readonly password: string
  /** 16 characters; releases before 0.8 do not know it. */
  readonly strongPassword: string
  readonly uuid: string
}

/** The Secret that a cluster of a ClusterDefinition gets. */
export interface ConnectionCredential {
  readonly data: Readonly<Record<string, string>>
  /** Placeholders that stay as they were written. */
  readonly left: readonly string[]
}

/**
 * Fills the placeholders of connectionCredential, in keys and texts. Host and ports are those of the first component with a service.
 * Then `$(CONN_CREDENTIAL).key` takes what other keys have become. Base64 and hexadecimal forms of the UUID are left out of this.
 * release-0.5:internal/controller/builder/builder.go BuildConnCredential; release-0.8:pkg/controller/factory/builder.go, the same function.
 */
export function connectionCredential(
  release: OperatorRelease,
  objects: readonly unknown[],
  cluster: Cluster,
  random: RandomTexts,
): ConnectionCredential {
  const [definition] = ofKind(objects, 'ClusterDefinition')
  const componentDefs = listAt(definition, 'spec', 'componentDefs')
  const withService = cluster.components.flatMap((component) => {
    const own = componentDefs.find((candidate) => textAt(candidate, 'name') === component.definition)
    const ports = listAt(own, 'service', 'ports')
    return ports.length === 0 ? [] : [{ name: component.name, ports }]
  })[0]
  const name = withService?.name ?? ''
  const service = componentObjectName(cluster.name, name)
  const headless = headlessServiceName(cluster.name, name)
  const end = release.shortServiceNames ? '' : `.${cluster.namespace}.svc`
  const first = new Map([
    ['$(RANDOM_PASSWD)', random.password],
    ...(release.strongPassword ? [['$(STRONG_RANDOM_PASSWD)', random.strongPassword] as const] : []),
    ['$(UUID)', random.uuid],
    ['$(SVC_FQDN)', service + end],
    ['$(HEADLESS_SVC_FQDN)', headless + end],
    ['$(KB_CLUSTER_COMP_NAME)', service],
    ...(withService?.ports ?? []).map((port) => [`$(SVC_PORT_${textAt(port, 'name') ?? ''})`, portText(port)] as const),
  ])
  const filled = keysAt(definition, 'spec', 'connectionCredential').map(
    (key) => [replaced(key, first), replaced(textAt(definition, 'spec', 'connectionCredential', key) ?? '', first)] as const,
  )
  const second = new Map(filled.map(([key, text]) => [`$(CONN_CREDENTIAL).${key}`, text]))
  const data = Object.fromEntries(filled.map(([key, text]) => [key, replaced(text, second)]))
  const left = Object.values(data).flatMap((text) => [...text.matchAll(/\$\([A-Z_]+[^)]*\)/g)].map(([placeholder]) => placeholder))
  return { data, left }
}

function portText(port: unknown): string {
  const number = at(port, 'port')
  return typeof number === 'number' ? String(number) : ''
}

function replaced(text: string, placeholders: ReadonlyMap<string, string>): string {
  let result = text
  for (const [placeholder, value] of placeholders) result = result.replaceAll(placeholder, () => value)
  return result
}
