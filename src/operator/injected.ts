import { textAt } from '../objects/index.ts'
import type { Component } from './cluster.ts'
import type { EnvVar } from './kubelet.ts'
import { componentObjectName, headlessServiceName, podName } from './names.ts'
import type { MemberSet } from './releases.ts'

/** Variables the operator puts before a container's own, in its order. */
const POD_FIELDS: readonly (readonly [string, string])[] = [
  ['KB_POD_NAME', 'metadata.name'],
  ['KB_POD_UID', 'metadata.uid'],
  ['KB_NAMESPACE', 'metadata.namespace'],
  ['KB_SA_NAME', 'spec.serviceAccountName'],
  ['KB_NODENAME', 'spec.nodeName'],
  ['KB_HOST_IP', 'status.hostIP'],
  ['KB_POD_IP', 'status.podIP'],
  ['KB_POD_IPS', 'status.podIPs'],
  ['KB_HOSTIP', 'status.hostIP'],
  ['KB_PODIP', 'status.podIP'],
  ['KB_PODIPS', 'status.podIPs'],
]

/** Where the files of TLS lie, when a cluster has it. release-0.5:internal/controller/builder/builder.go. */
const TLS: readonly EnvVar[] = [
  { name: 'KB_TLS_CERT_PATH', value: '/etc/pki/tls' },
  { name: 'KB_TLS_CA_FILE', value: 'ca.crt' },
  { name: 'KB_TLS_CERT_FILE', value: 'tls.crt' },
  { name: 'KB_TLS_KEY_FILE', value: 'tls.key' },
]

/** Names of what every container knows of its pod in releases that inject. */
export const POD_NAMES: ReadonlySet<string> = new Set([...POD_FIELDS, ...TLS.map(({ name }) => [name] as const)].map(([name]) => name))
/** Names of what it knows of its cluster there, as variables of a ClusterDefinition or as vars of a ComponentDefinition. */
export const CLUSTER_NAMES: ReadonlySet<string> = new Set([
  'KB_CLUSTER_NAME',
  'KB_CLUSTER_UID',
  'KB_CLUSTER_UID_POSTFIX_8',
  'KB_CLUSTER_COMP_NAME',
  'KB_COMP_NAME',
  'KB_COMP_REPLICAS',
  'KB_POD_FQDN',
])

/**
 * What every container gets before its own `env`; nothing from 1.0 on.
 * release-0.5 and release-0.6:internal/controller/builder/builder.go injectEnvs, release-0.7:pkg/controller/factory/builder.go,
 * release-0.8 and release-0.9:pkg/controller/component/vars.go buildDefaultEnvVars, buildEnv4TLS, buildEnv4UserDefined.
 */
export function injectedEnv({ release, form, cluster, wanted }: Component): readonly EnvVar[] {
  if (!release.injects) return []
  const full = componentObjectName(cluster.name, wanted.name)
  const isClusterDefinition = form === 'ClusterDefinition'
  return [
    ...POD_FIELDS.map(([name, fieldPath]) => ({ name, valueFrom: { fieldRef: { fieldPath } } })),
    // Clusters of ComponentDefinitions have these as vars.
    ...(isClusterDefinition
      ? [
          { name: 'KB_CLUSTER_NAME', value: cluster.name },
          { name: 'KB_COMP_NAME', value: wanted.name },
          { name: 'KB_CLUSTER_COMP_NAME', value: full },
          { name: 'KB_CLUSTER_UID_POSTFIX_8', value: cluster.uid.slice(-8) },
        ]
      : []),
    { name: 'KB_POD_FQDN', value: `$(KB_POD_NAME).${isClusterDefinition ? '$(KB_CLUSTER_COMP_NAME)' : full}-headless.$(KB_NAMESPACE).svc` },
    ...(wanted.tls === true ? TLS : []),
    ...(release.extraEnv ? sortedTexts(cluster.extraEnv ?? {}) : []),
  ]
}

function sortedTexts(texts: Readonly<Record<string, string>>): readonly EnvVar[] {
  return Object.entries(texts)
    .filter(([name, value]) => name !== '' && value !== '')
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => ({ name, value }))
}

/** Vars that a ComponentDefinition has without declaring them: 0.8 and 0.9. release-0.9:pkg/controller/component/vars.go builtinTemplateVars. */
export function builtinVars({ release, cluster, wanted }: Component): readonly EnvVar[] {
  if (!release.builtinVars) return []
  return [
    { name: 'KB_NAMESPACE', value: cluster.namespace },
    { name: 'KB_CLUSTER_NAME', value: cluster.name },
    { name: 'KB_CLUSTER_UID', value: cluster.uid },
    { name: 'KB_CLUSTER_COMP_NAME', value: componentObjectName(cluster.name, wanted.name) },
    { name: 'KB_COMP_NAME', value: wanted.name },
    { name: 'KB_COMP_REPLICAS', value: String(wanted.replicas) },
    { name: 'KB_CLUSTER_UID_POSTFIX_8', value: cluster.uid.slice(-8) },
  ]
}

/** The data of the ConfigMap with the members of a component; undefined when there is none. Leaders and followers are known only at run time. */
export function memberData({ release, cluster, wanted, definition, definitionName }: Component): Readonly<Record<string, string>> | undefined {
  const map = release.memberMap
  if (map === undefined) return undefined
  if (!map.stateless && textAt(definition, 'workloadType') === 'Stateless') return {}
  const pods = Array.from({ length: wanted.replicas }, (_, ordinal) => podName(cluster.name, wanted.name, ordinal))
  const ofSet = ({ prefix, count, uid }: MemberSet): readonly (readonly [string, string])[] => {
    const start = prefix.replace('<TYPE>', definitionName.toUpperCase())
    return [
      [start + count, String(wanted.replicas)],
      ...pods.map((pod, ordinal) => [`${start}${ordinal}_HOSTNAME`, `${pod}.${headlessServiceName(cluster.name, wanted.name)}`] as const),
      ...(uid === undefined ? [] : uidOf(start, uid, cluster.uid)),
    ]
  }
  return Object.fromEntries([...map.sets.flatMap(ofSet), ...(map.podList ? [['KB_POD_LIST', pods.join(',')]] : [])])
}

/** The workload has a uid of its own, which nobody knows before it is there; its place is taken by a text that says so. */
function uidOf(start: string, uid: NonNullable<MemberSet['uid']>, clusterUid: string): readonly (readonly [string, string])[] {
  if (uid.of === 'cluster') return [[start + uid.name, clusterUid]]
  const text = `uid-of-the-workload`
  // What is called the last 8 characters are the last 4: release-0.7:pkg/controller/rsm/transformer_object_generation.go.
  return uid.name === 'OWNER_UID'
    ? [
        [start + uid.name, text],
        [`${start}OWNER_UID_SUFFIX8`, text.slice(-4)],
      ]
    : [[start + uid.name, text]]
}
