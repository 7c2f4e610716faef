/** Names the operator makes of those of a cluster. Source unless said otherwise: release-1.0:pkg/constant/pattern.go, the same since 0.8. */

/** Component, workload and default service of a component of a cluster. */
export function componentObjectName(cluster: string, component: string): string {
  return `${cluster}-${component}`
}

export function podName(cluster: string, component: string, ordinal: number): string {
  return `${cluster}-${component}-${ordinal}`
}

/** A service of a ComponentDefinition, by its `serviceName`; empty is the default service. */
export function serviceObjectName(cluster: string, component: string, serviceName: string): string {
  return serviceName === '' ? `${cluster}-${component}` : `${cluster}-${component}-${serviceName}`
}

export function headlessServiceName(cluster: string, component: string): string {
  return `${cluster}-${component}-headless`
}

/** The Secret of a system account, with the keys username and password. An underscore cannot stand in an object name. */
export function accountSecretName(cluster: string, component: string, account: string): string {
  return `${cluster}-${component}-account-${account.replaceAll('_', '-')}`
}

/** The Secret with the certificates of a component with TLS. release-1.0:controllers/apps/component/transformer_component_tls.go tlsSecretName. */
export function tlsSecretName(cluster: string, component: string): string {
  return `${cluster}-${component}-tls-certs`
}

/** The Secret made of connectionCredential; 0.5 to 0.9, clusters of a ClusterDefinition. */
export function connectionSecretName(cluster: string): string {
  return `${cluster}-conn-credential`
}

/** The ConfigMap that a config or script template becomes, by the name of the config or script. */
export function templateMapName(cluster: string, component: string, template: string): string {
  return `${cluster}-${component}-${template}`
}

/** The ConfigMap of variables. */
export function envMapName(cluster: string, component: string, suffix: 'env' | 'rsm-env'): string {
  return `${cluster}-${component}-${suffix}`
}

/** The name of a pod inside its namespace, as KB_POD_FQDN has it. release-0.5:internal/controller/builder/builder.go injectEnvs, and later. */
export function shortPodFqdn(cluster: string, component: string, pod: string, namespace: string): string {
  return `${pod}.${headlessServiceName(cluster, component)}.${namespace}.svc`
}

/** The full name of a pod, as vars and action parameters have it from 0.9 on. release-1.0:pkg/controllerutil/workload_utils.go PodFQDN. */
export function podFqdn(cluster: string, component: string, pod: string, namespace: string, clusterDomain: string): string {
  return `${shortPodFqdn(cluster, component, pod, namespace)}.${clusterDomain}`
}

/** A name for pod to pod calls, as DB_HOST has it. release-0.6:internal/controllerutil/pod_utils.go BuildPodHostDNS: hostname and subdomain. */
export function podHost(cluster: string, component: string, pod: string): string {
  return `${pod}.${headlessServiceName(cluster, component)}`
}
