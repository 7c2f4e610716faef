import { at, listAt, textAt } from '../objects/index.ts'
import { type Cluster, type Component, findComponent } from './cluster.ts'
import { builtinVars, injectedEnv, memberData } from './injected.ts'
import {
  type EnvSource,
  type EnvVar,
  envFromOf,
  envOf,
  type KeyedTexts,
  type PodFacts,
  type ProcessEnvironment,
  processEnvironment,
} from './kubelet.ts'
import { componentObjectName, connectionSecretName, envMapName, podName } from './names.ts'
import type { OperatorRelease } from './releases.ts'
import { tlsMounts, withMore } from './tls.ts'
import { hasReference, resolveVars } from './vars.ts'

/** A container as the operator hands it to Kubernetes. */
export interface Container {
  readonly name: string
  readonly isInit: boolean
  readonly image: string
  readonly env: readonly EnvVar[]
  readonly envFrom: readonly EnvSource[]
  /** As it is in the definition: command, probes, mounts. */
  readonly source: unknown
}

/** The pods of a component. */
export interface Pods {
  readonly component: Component
  readonly containers: readonly Container[]
  /** Variables of vars that stand in `env`, and the sources that all containers have; agents get them too. */
  readonly shared: { readonly env: readonly EnvVar[]; readonly envFrom: readonly EnvSource[] }
  /** What templates of configs and scripts see. */
  readonly templateVars: ReadonlyMap<string, string>
  readonly configMaps: KeyedTexts
  readonly problems: readonly string[]
}

/** Builds the pods of a component of a cluster from the rendered objects of a chart; or says why there are none. */
export function buildPods(
  release: OperatorRelease,
  objects: readonly unknown[],
  cluster: Cluster,
  componentName: string,
): Pods | { problem: string } {
  const found = findComponent(release, objects, cluster, componentName)
  if ('problem' in found) return found
  const tls = tlsMounts(found)
  const component = { ...found, pod: withMore(found.pod, 'volumes', tls.volumes) }
  const isComponentDefinition = component.form === 'ComponentDefinition'
  const vars = isComponentDefinition
    ? resolveVars(component, objects, builtinVars(component))
    : { plain: [], credentials: [], template: new Map<string, string>(), problems: [] }
  const members = memberData(component)
  const own = (suffix: 'env' | 'rsm-env'): EnvSource => ({
    kind: 'ConfigMap',
    name: envMapName(cluster.name, componentName, suffix),
    prefix: '',
    optional: false,
  })
  // Plain vars travel in a ConfigMap, except those that refer to something the kubelet has to put in.
  // release-0.8 and release-0.9:controllers/apps/transformer_component_vars.go buildEnvVarsNData, release-1.0:controllers/apps/component, same file.
  const data = Object.fromEntries(vars.plain.flatMap(({ name, value }) => (value === undefined || hasReference(value) ? [] : [[name, value]])))
  const env = [...vars.plain.filter(({ value }) => value === undefined || hasReference(value)), ...vars.credentials, ...injectedEnv(component)]
  const memberMap = release.memberMap
  const hasOwnMap = isComponentDefinition || release.agent === 'lorry'
  const envFrom = [...(hasOwnMap ? [own('env')] : []), ...(memberMap?.initContainers === true ? [own(memberMap.suffix)] : [])]
  const containers = (['initContainers', 'containers'] as const).flatMap((part) =>
    listAt(component.pod, part).map((source) => ({
      name: textAt(source, 'name') ?? '',
      isInit: part === 'initContainers',
      image: textAt(source, 'image') ?? '',
      env: [...env, ...envOf(source).map((variable) => replacePlaceholders(variable, component))],
      envFrom: [...envFromOf(source), ...envFrom, ...(memberMap?.initContainers === false && part === 'containers' ? [own(memberMap.suffix)] : [])],
      source: part === 'containers' ? withMore(source, 'volumeMounts', tls.mounts) : source,
    })),
  )
  return {
    component,
    containers,
    shared: { env, envFrom },
    templateVars: vars.template,
    configMaps: {
      ...cluster.configMaps,
      ...(hasOwnMap ? { [own('env').name]: data } : {}),
      ...(memberMap === undefined ? {} : { [own(memberMap.suffix).name]: members ?? {} }),
    },
    problems: [...component.problems, ...vars.problems, ...tls.problems],
  }
}

/**
 * Names of Secrets in the env of a componentDef may be written with placeholders. Texts are left to the kubelet.
 * release-0.6:internal/controller/component/component.go ReplaceSecretEnvVars.
 */
function replacePlaceholders(variable: EnvVar, { form, cluster, wanted }: Component): EnvVar {
  const reference = at(variable.valueFrom, 'secretKeyRef')
  const name = textAt(reference, 'name')
  if (form !== 'ClusterDefinition' || name === undefined) return variable
  const replaced = name
    .replaceAll('$(CONN_CREDENTIAL_SECRET_NAME)', connectionSecretName(cluster.name))
    .replaceAll('$(KB_CLUSTER_NAME)', cluster.name)
    .replaceAll('$(KB_COMP_NAME)', wanted.name)
    .replaceAll('$(KB_CLUSTER_COMP_NAME)', componentObjectName(cluster.name, wanted.name))
  return { name: variable.name, valueFrom: { secretKeyRef: { ...Object(reference), name: replaced } } }
}

/** What a pod with an ordinal knows of itself. Addresses and nodes are made up. */
export function podFacts({ component }: Pods, ordinal: number): PodFacts {
  const { release, cluster, wanted } = component
  const name = podName(cluster.name, wanted.name, ordinal)
  const role = wanted.roles?.[ordinal]
  return {
    name,
    namespace: cluster.namespace,
    uid: `uid-of-${name}`,
    nodeName: `node-of-${name}`,
    hostIP: '192.0.2.1',
    podIP: `198.51.100.${ordinal + 1}`,
    serviceAccountName: `kb-${cluster.name}`,
    labels: {
      'app.kubernetes.io/instance': cluster.name,
      'app.kubernetes.io/managed-by': 'kubeblocks',
      'apps.kubeblocks.io/component-name': wanted.name,
      ...(role === undefined ? {} : { 'kubeblocks.io/role': role }),
    },
    annotations: release.replicasAnnotation ? { 'apps.kubeblocks.io/component-replicas': String(wanted.replicas) } : {},
  }
}

/** The environment of a process in a container of a pod. */
export function containerEnvironment(pods: Pods, container: Container, ordinal: number): ProcessEnvironment {
  return processEnvironment(container.env, container.envFrom, podFacts(pods, ordinal), pods.configMaps, pods.component.cluster.secrets ?? {})
}
