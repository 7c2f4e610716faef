/** Failures of a role probe in a row after which a pod has no role, where the author says nothing: what the API of Kubernetes takes for probes. */
export const PROBE_FAILURES = 3
