import type { Locate, Report } from '../diagnostics/index.ts'
import type { Node } from '../gotemplate/index.ts'
import type { ActionName, ResolvedAddon } from '../model/addon.ts'
import type { ChartFile, Template } from '../model/chart.ts'
import type { Capabilities } from './clusterdefinition/capabilities.ts'

/** A KubeBlocks release, with what its API descriptions cannot say. */
export type Release = ClusterDefinitionRelease | ComponentDefinitionRelease

interface ReleaseIdentity {
  /** `major.minor`, with `-alpha` while it is none yet. */
  readonly version: string
  readonly kbcli: Kbcli
  /** Whether an Addon has the fields provider and version (API.md 2.18). */
  readonly addonVersion: boolean
}

/** How kbcli of a release is asked for what users want (kbcli: pkg/cmd/cluster; up to 0.7 in the operator's repository). */
export interface Kbcli {
  /**
   * Which charts become types of clusters with flags of their own: none; those whose type has a name that kbcli does not have, of letters and digits; or
   * those with any name (pkg/cmd/cluster/register.go).
   */
  readonly types: 'none' | 'new' | 'any'
  /** Whether scaling says how many pods there are to be (hscale), or how many come and go (scale-out, scale-in). */
  readonly scaling: 'hscale' | 'scale-out'
  /** What `expose` calls load balancers inside the VPC. */
  readonly inside: 'vpc' | 'intranet'
  /** The flag of `configure` with a component (config_ops.go). */
  readonly componentFlag: '--component' | '--components'
  /** Whether `expose` asks for the role that a service leads to; before, kbcli finds one by itself (pkg/cmd/cluster/operations.go fillExpose). */
  readonly exposesRole: boolean
  /** The flags with the names of a backup and of its policy. */
  readonly backupNames: readonly [backup: string, policy: string]
}

/** 0.5 to 0.8: one ClusterDefinition, a ClusterVersion for each engine version. */
export interface ClusterDefinitionRelease extends ReleaseIdentity {
  readonly family: 'clusterdefinition'
  /** Longest names, in characters (API.md 4.1, 4.6). */
  readonly limits: { readonly component: number; readonly configSpec: number; readonly configConstraint: number; readonly volume: number }
  /** Whether a Cluster can have services of its own, or its components only (API.md 2.19). */
  readonly services: 'component' | 'cluster'
  /** What backs up: one tool of a policy, or a set of actions for each method (API.md 2.11 to 2.13). */
  readonly backup: 'BackupTool' | 'ActionSet'
  /** What the commands of a BackupTool are: one text for a shell, or an argument list. */
  readonly toolCommands: 'text' | 'argv'
  /** Whether a BackupTool can restore over the network, once the cluster runs (API.md 2.12). */
  readonly restoresRunning: boolean
  /** Whether backups lie in a BackupRepo, which has to be there. */
  readonly hasBackupRepos: boolean
  /** What a restored cluster is made of: an annotation with the name of the Backup, or with its namespace too; or an OpsRequest (API.md 2.19). */
  readonly restoresBy: 'name' | 'name and namespace' | 'OpsRequest'
  /** The variable with the number of replicas at the start of a container (API.md 5.1); 0.5 has none that scripts can use. */
  readonly replicaCount: 'KB_REPLICA_COUNT' | undefined
  readonly capabilities: Capabilities
}

/** 0.9 and later: a ComponentDefinition and a ComponentVersion for each component, topologies in the ClusterDefinition. */
export interface ComponentDefinitionRelease extends ReleaseIdentity {
  readonly family: 'componentdefinition'
  /** Version of the group apps.kubeblocks.io in which definitions are stored (API.md 1). */
  readonly api: 'v1alpha1' | 'v1'
  /** Whether the operator ignores definitions without the annotation of their API version (API.md 4.3). */
  readonly needsApiVersionAnnotation: boolean
  /** The objects that hold parameters (API.md 2.8 to 2.10). */
  readonly parameters: 'ConfigConstraint' | 'ParamConfigRenderer' | 'ParametersDefinition'
  /** Whether a running engine can be told of parameters by a signal (`unixSignalTrigger`). */
  readonly reloadsBySignal: boolean
  /** Whether the operator calls what a ShardingDefinition says of shards that come and go (release-1.1:controllers/apps/cluster/transformer_cluster_component.go). */
  readonly callsShardActions: boolean
  /** Actions of a ComponentDefinition that the operator never calls. */
  readonly uncalledActions: readonly ActionName[]
  /** The field with the password policy of an account (API.md 2.5). */
  readonly passwordPolicy: 'passwordGenerationPolicy' | 'passwordConfig'
}

/** What the parts of lowering share. */
export interface Lowering<R extends Release = Release> {
  readonly addon: ResolvedAddon
  readonly release: R
  readonly locate: Locate
  readonly report: Report
}

/** What a part of lowering gives: objects, and the files they read. */
export interface Lowered {
  readonly objects: readonly Node[]
  readonly files: readonly ChartFile[]
}

/** Parts of lowering, one after the other. */
export function joined(parts: readonly Lowered[]): Lowered {
  return { objects: parts.flatMap(({ objects }) => objects), files: parts.flatMap(({ files }) => files) }
}

/** A template of a chart, of one document for each object. */
export function template(name: string, documents: readonly Node[]): Template {
  return { path: `templates/${name}.yaml`, documents }
}

export type ClusterDefinitionLowering = Lowering<ClusterDefinitionRelease>

export type ComponentDefinitionLowering = Lowering<ComponentDefinitionRelease>
