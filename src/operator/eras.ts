/** Releases that do alike, for tables and rules. A new release goes into the last era unless it does otherwise; `releases.ts` has its row. */

/** Components described in a ClusterDefinition, ClusterVersions for images. */
export const OLD: readonly string[] = ['0.5', '0.6', '0.7', '0.8', '0.9']
/** ComponentDefinitions in apps.kubeblocks.io/v1, actions run by kbagent. */
export const NEW: readonly string[] = ['1.0', '1.1', '1.2-alpha']
/** Releases with ComponentVersions and topologies. */
export const FROM_09: readonly string[] = ['0.9', ...NEW]
/** Releases with ComponentDefinitions. */
export const FROM_08: readonly string[] = ['0.8', ...FROM_09]
export const ALL: readonly string[] = [...OLD, ...NEW]
