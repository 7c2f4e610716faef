import type { Component } from './cluster.ts'
import { podFqdn, podName } from './names.ts'

/** Who an action is about. */
export interface ActionSubject {
  /** Ordinal of the pod that joins or leaves, or whose role goes. */
  readonly ordinal: number
  /** Ordinal of the pod that takes a role over, when one was named. */
  readonly candidate?: number
  readonly role?: string
  readonly account?: { readonly name: string; readonly password: string; readonly statement: string }
  /** The files that a reconfiguration made, removed and changed. */
  readonly files?: { readonly created: string; readonly removed: string; readonly updated: string }
}

type Parameters = Readonly<Record<string, string>>

/** A pod by its names and made-up addresses. */
function podOf({ cluster, wanted }: Component, ordinal: number) {
  const name = podName(cluster.name, wanted.name, ordinal)
  return {
    name,
    fqdn: podFqdn(cluster.name, wanted.name, name, cluster.namespace, cluster.clusterDomain ?? 'cluster.local'),
    ip: `198.51.100.${ordinal + 1}`,
    node: `node-of-${name}`,
  }
}

/** What kbagent adds to an action's environment. release-1.0:pkg/controller/lifecycle/lfa_member.go, lfa_account.go, lfa_replica.go, lfa_component.go. */
export function kbagentParameters(component: Component, action: string, subject: ActionSubject): Parameters {
  const pod = podOf(component, subject.ordinal)
  const { account, files, candidate } = subject
  switch (action) {
    case 'memberJoin':
      return { KB_JOIN_MEMBER_POD_FQDN: pod.fqdn, KB_JOIN_MEMBER_POD_NAME: pod.name }
    case 'memberLeave':
      return { KB_LEAVE_MEMBER_POD_FQDN: pod.fqdn, KB_LEAVE_MEMBER_POD_NAME: pod.name }
    case 'switchover': {
      const taker = candidate === undefined ? undefined : podOf(component, candidate)
      return {
        ...(taker === undefined ? {} : { KB_SWITCHOVER_CANDIDATE_NAME: taker.name, KB_SWITCHOVER_CANDIDATE_FQDN: taker.fqdn }),
        KB_SWITCHOVER_CURRENT_NAME: pod.name,
        KB_SWITCHOVER_CURRENT_FQDN: pod.fqdn,
        KB_SWITCHOVER_ROLE: subject.role ?? '',
      }
    }
    case 'accountProvision':
      return account === undefined
        ? {}
        : { KB_ACCOUNT_NAME: account.name, KB_ACCOUNT_PASSWORD: account.password, KB_ACCOUNT_STATEMENT: account.statement }
    case 'reconfigure':
      return files === undefined
        ? {}
        : { KB_CONFIG_FILES_CREATED: files.created, KB_CONFIG_FILES_REMOVED: files.removed, KB_CONFIG_FILES_UPDATED: files.updated }
    case 'postProvision':
    case 'preTerminate':
      return listsOfPods(component)
    default:
      return {}
  }
}

/** Kept for older addons: the pods and components of the cluster as lists. release-1.0:pkg/controller/lifecycle/lfa_component.go hackParameters4Comp. */
function listsOfPods(component: Component): Parameters {
  const { cluster, wanted } = component
  const podsOf = (name: string, replicas: number) =>
    Array.from({ length: replicas }, (_, ordinal) => podOf({ ...component, wanted: { ...wanted, name } }, ordinal))
  const all = cluster.components.flatMap(({ name, replicas }) => podsOf(name, replicas))
  const own = podsOf(wanted.name, wanted.replicas)
  const lists = (prefix: string, pods: typeof own) => ({
    [`${prefix}_POD_NAME_LIST`]: pods.map(({ name }) => name).join(','),
    [`${prefix}_POD_IP_LIST`]: pods.map(({ ip }) => ip).join(','),
    [`${prefix}_POD_HOST_NAME_LIST`]: pods.map(({ node }) => node).join(','),
    [`${prefix}_POD_HOST_IP_LIST`]: pods.map(() => '192.0.2.1').join(','),
  })
  const names = cluster.components.map(({ name }) => name).join(',')
  return {
    ...lists('KB_CLUSTER', all),
    ...lists('KB_CLUSTER_COMPONENT', own),
    KB_CLUSTER_COMPONENT_LIST: names,
    KB_CLUSTER_COMPONENT_DELETING_LIST: '',
    KB_CLUSTER_COMPONENT_UNDELETED_LIST: names,
  }
}

/**
 * What lorry adds. The leader is known only at run time: KB_PRIMARY_POD_FQDN is there when there is one.
 * release-0.8 and release-0.9:pkg/lorry/engines/custom/manager.go.
 */
export function lorryParameters(component: Component, action: string, subject: ActionSubject, servicePort: number | undefined): Parameters {
  const pod = podOf(component, subject.ordinal)
  const { cluster, wanted } = component
  const addresses = Array.from({ length: wanted.replicas }, (_, ordinal) => `${podOf(component, ordinal).fqdn}:${servicePort ?? ''}`).join(',')
  switch (action) {
    case 'memberJoin':
      return { KB_MEMBER_ADDRESSES: addresses, KB_NEW_MEMBER_POD_NAME: pod.name, KB_NEW_MEMBER_POD_IP: pod.ip }
    case 'memberLeave':
      return { KB_MEMBER_ADDRESSES: addresses, KB_LEAVE_MEMBER_POD_NAME: pod.name, KB_LEAVE_MEMBER_POD_IP: pod.ip }
    case 'accountProvision':
      return kbagentParameters(component, action, subject)
    case 'postProvision': {
      const pods = Array.from({ length: wanted.replicas }, (_, ordinal) => podOf(component, ordinal))
      return {
        KB_CLUSTER_COMPONENT_LIST: cluster.components.map(({ name }) => name).join(','),
        KB_CLUSTER_COMPONENT_POD_NAME_LIST: pods.map(({ name }) => name).join(','),
        KB_CLUSTER_COMPONENT_POD_IP_LIST: pods.map(({ ip }) => ip).join(','),
        KB_CLUSTER_COMPONENT_POD_HOST_NAME_LIST: pods.map(({ node }) => node).join(','),
        KB_CLUSTER_COMPONENT_POD_HOST_IP_LIST: pods.map(() => '192.0.2.1').join(','),
      }
    }
    default:
      return {}
  }
}
