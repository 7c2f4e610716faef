import { invariant } from '../diagnostics/index.ts'

/** The two ways in which a chart describes a component: a part of a ClusterDefinition, or an object of its own. */
export type Form = 'ClusterDefinition' | 'ComponentDefinition'

/** A set of variables about the members of a component, under one prefix. `<TYPE>` stands for the name of its definition in capitals. */
export interface MemberSet {
  readonly prefix: string
  /** Name of the number of replicas, after the prefix. */
  readonly count: string
  /** Name of the uid, after the prefix, and whose it is. */
  readonly uid: { readonly name: string; readonly of: 'cluster' | 'workload' } | undefined
}

/** A ConfigMap that containers get as environment, named `<cluster>-<component>-<suffix>`. */
export interface MemberMap {
  readonly suffix: 'env' | 'rsm-env'
  /** Whether init containers get it too. */
  readonly initContainers: boolean
  /** Whether components of workload type Stateless get it. */
  readonly stateless: boolean
  readonly sets: readonly MemberSet[]
  /** Whether it has KB_POD_LIST. */
  readonly podList: boolean
}

/** What fields of `vars[].valueFrom` a release resolves: the reference, and what it can give. */
export type VarSelectors = Readonly<Record<string, readonly string[]>>

/** Where backups of a release lie, and for which pods there is a job. */
export interface BackupFacts {
  readonly tool: 'BackupTool' | 'ActionSet'
  /** `first`: one job for the first pod, whatever was asked for. `each`: a job for each pod that the strategy selects. */
  readonly jobs: 'first' | 'each'
  /** Whether each pod of strategy All has a folder of its own. */
  readonly folderPerPod: boolean
  /** For which running pods a restore has a job: the first, or each when the backup was of each. */
  readonly restores: 'first' | 'each'
  /** Of which role they are, when a ComponentDefinition has roles: the writable one, or the one with the highest priority. */
  readonly restoreRole: 'any' | 'writable' | 'highest'
  /** Whether a cluster of a topology finds templates by the label with its ClusterDefinition alone. */
  readonly findsByLabel: boolean
  /** What the name of a BackupPolicy has behind that of the cluster: the component, or its componentDef. */
  readonly policyNamedAfter: 'component' | 'componentDef'
  /** Whether the identifier of its template ends the name of a BackupPolicy. */
  readonly policyHasIdentifier: boolean
}

/**
 * What one KubeBlocks release does with definitions, as facts. Code asks for a fact, never for the version.
 * Each was read in the branch of the release; the file is named where a fact is used.
 */
export interface OperatorRelease {
  /** `major.minor`, with `-alpha` where that is all there is. */
  readonly version: string
  readonly forms: readonly Form[]
  /** Whether every engine container gets KB_POD_NAME, KB_CLUSTER_NAME and the like. */
  readonly injects: boolean
  /** Whether the Cluster annotation kubeblocks.io/extra-env reaches containers. */
  readonly extraEnv: boolean
  readonly memberMap: MemberMap | undefined
  /** Whether pods carry the annotation apps.kubeblocks.io/component-replicas, kept up to date. */
  readonly replicasAnnotation: boolean
  /** Whether placeholders for services in connectionCredential become names without namespace. release-0.8:pkg/controller/factory/builder.go. */
  readonly shortServiceNames: boolean
  /** Whether $(STRONG_RANDOM_PASSWD) is known there. */
  readonly strongPassword: boolean
  /** Whether KB_CLUSTER_NAME and the like are vars without being declared. */
  readonly builtinVars: boolean
  readonly selectors: VarSelectors
  /** Whether a serviceVarRef of the name `headless` is the headless service that every component has. */
  readonly headlessVar: boolean
  /** How names of ComponentDefinitions in references are read. */
  readonly matching: 'exact' | 'pattern'
  /** What runs lifecycle actions of a ComponentDefinition. */
  readonly agent: 'none' | 'lorry' | 'kbagent'
  /** Whether an action may run on while the operator asks after it, beyond the longest time: `nonBlocking`. */
  readonly nonBlockingActions: boolean
  readonly backup: BackupFacts
  /** Whether all keys of a ConfigMap are parsed into one template, so that a blank one gets the text of another. */
  readonly sharesTemplates: boolean
  /** The annotation kubeblocks.io/crd-api-version without which a definition is ignored silently. */
  readonly gate: string | undefined
  /** Whether an OpsRequest for a service version that is no semantic version is refused. */
  readonly refusesOddUpgrades: boolean
}

const SERVICE = ['host', 'port', 'loadBalancer', 'serviceType']
const CREDENTIAL = ['username', 'password']
const KEYS = { configMapKeyRef: ['key'], secretKeyRef: ['key'] }

/** release-0.8 and release-0.9:pkg/controller/component/vars.go resolveClusterObjectVarRef. */
const SELECTORS_08: VarSelectors = {
  ...KEYS,
  serviceVarRef: ['host', 'port', 'nodePort'],
  credentialVarRef: CREDENTIAL,
  serviceRefVarRef: ['endpoint', 'port', ...CREDENTIAL],
}
const SELECTORS_09: VarSelectors = {
  ...KEYS,
  hostNetworkVarRef: ['container'],
  serviceVarRef: ['host', 'port', 'loadBalancer'],
  credentialVarRef: CREDENTIAL,
  tlsVarRef: ['enabled'],
  serviceRefVarRef: ['endpoint', 'host', 'port', ...CREDENTIAL],
  componentVarRef: ['componentName', 'replicas', 'instanceNames', 'podFQDNs'],
}
/** release-1.0, release-1.1 and v1.2.0-alpha.3, same file. */
const SELECTORS_10: VarSelectors = {
  ...SELECTORS_09,
  serviceVarRef: SERVICE,
  serviceRefVarRef: ['endpoint', 'host', 'port', 'podFQDNs', ...CREDENTIAL],
  resourceVarRef: ['cpu', 'cpuLimit', 'memory', 'memoryLimit', 'storage'],
  componentVarRef: ['componentName', 'shortName', 'replicas', 'podNames', 'podFQDNs', 'podNamesForRole', 'podFQDNsForRole', 'serviceVersion'],
  clusterVarRef: ['namespace', 'clusterName', 'clusterUID'],
}

const OF_TYPE = 'KB_<TYPE>_'
const ownerUid = { name: 'OWNER_UID', of: 'workload' } as const
const clusterUid = { name: 'CLUSTER_UID', of: 'cluster' } as const
/** From 0.8 on what is called the cluster's uid is the workload's: release-0.8:pkg/controller/rsm/transformer_object_generation.go. */
const wronglyClusterUid = { name: 'CLUSTER_UID', of: 'workload' } as const

/** release-0.5:internal/controller/builder/builder.go BuildEnvConfig. */
const MEMBERS_05: MemberMap = {
  suffix: 'env',
  initContainers: true,
  stateless: true,
  sets: [{ prefix: OF_TYPE, count: 'N', uid: clusterUid }],
  podList: false,
}
/** release-0.6, same file, buildWorkloadCommonEnv. */
const MEMBERS_06: MemberMap = {
  ...MEMBERS_05,
  stateless: false,
  sets: [
    { prefix: 'KB_', count: 'REPLICA_COUNT', uid: clusterUid },
    { prefix: OF_TYPE, count: 'N', uid: clusterUid },
  ],
}
/** release-0.7:pkg/controller/rsm/transformer_object_generation.go buildEnvConfigData. */
const MEMBERS_07: MemberMap = {
  suffix: 'rsm-env',
  initContainers: false,
  stateless: true,
  sets: [
    { prefix: 'KB_RSM_', count: 'N', uid: ownerUid },
    { prefix: 'KB_', count: 'REPLICA_COUNT', uid: clusterUid },
    { prefix: OF_TYPE, count: 'N', uid: clusterUid },
  ],
  podList: false,
}
/** release-0.8, same file. */
const MEMBERS_08: MemberMap = {
  ...MEMBERS_07,
  sets: [
    { prefix: 'KB_RSM_', count: 'N', uid: ownerUid },
    { prefix: 'KB_', count: 'REPLICA_COUNT', uid: undefined },
    { prefix: OF_TYPE, count: 'N', uid: wronglyClusterUid },
  ],
}
/** release-0.9:pkg/controller/instanceset/object_builder.go buildEnvConfigData; the gate NO_RSM_ENV is off by default. */
const MEMBERS_09: MemberMap = {
  ...MEMBERS_08,
  sets: [{ prefix: 'KB_ITS_', count: 'N', uid: ownerUid }, ...MEMBERS_08.sets.slice(1)],
  podList: true,
}

const release05: OperatorRelease = {
  version: '0.5',
  forms: ['ClusterDefinition'],
  injects: true,
  extraEnv: false,
  memberMap: MEMBERS_05,
  replicasAnnotation: true,
  shortServiceNames: false,
  strongPassword: false,
  builtinVars: false,
  selectors: {},
  headlessVar: false,
  matching: 'exact',
  agent: 'none',
  nonBlockingActions: false,
  backup: {
    tool: 'BackupTool',
    jobs: 'first',
    folderPerPod: false,
    restores: 'each',
    restoreRole: 'any',
    findsByLabel: false,
    policyNamedAfter: 'componentDef',
    policyHasIdentifier: true,
  },
  sharesTemplates: false,
  gate: undefined,
  refusesOddUpgrades: false,
}
const release06: OperatorRelease = { ...release05, version: '0.6', extraEnv: true, memberMap: MEMBERS_06 }
const release07: OperatorRelease = {
  ...release06,
  version: '0.7',
  memberMap: MEMBERS_07,
  backup: { ...release06.backup, tool: 'ActionSet', restores: 'first' },
}
const release08: OperatorRelease = {
  ...release07,
  version: '0.8',
  forms: ['ClusterDefinition', 'ComponentDefinition'],
  memberMap: MEMBERS_08,
  shortServiceNames: true,
  strongPassword: true,
  builtinVars: true,
  selectors: SELECTORS_08,
  agent: 'lorry',
  // release-0.8:controllers/apps/transformer_cluster_backup_policy.go transformBackupPolicy.
  backup: { ...release07.backup, jobs: 'each', policyNamedAfter: 'component' },
}
const release09: OperatorRelease = {
  ...release08,
  version: '0.9',
  memberMap: MEMBERS_09,
  // Behind the gate COMPONENT_REPLICAS_ANNOTATION: release-0.9:pkg/constant/flag.go.
  replicasAnnotation: false,
  selectors: SELECTORS_09,
  // release-0.9:pkg/controller/component/vars.go headlessCompServiceGetter.
  headlessVar: true,
  matching: 'pattern',
  // release-0.9:controllers/apps/transformer_cluster_backup_policy.go getBackupPolicyTemplates.
  backup: { ...release08.backup, folderPerPod: true, restores: 'each', restoreRole: 'writable', findsByLabel: true },
}
const release10: OperatorRelease = {
  ...release09,
  version: '1.0',
  forms: ['ComponentDefinition'],
  injects: false,
  extraEnv: false,
  memberMap: undefined,
  builtinVars: false,
  selectors: SELECTORS_10,
  agent: 'kbagent',
  // release-0.9 and release-1.0:pkg/controller/plan/restore.go: jobActionLabels.
  // release-1.0:controllers/dataprotection/backuppolicydriver_controller.go generateBackupPolicyName.
  backup: { ...release09.backup, restoreRole: 'highest', findsByLabel: false, policyHasIdentifier: false },
  sharesTemplates: true,
  gate: 'apps.kubeblocks.io/v1',
}
const release11: OperatorRelease = { ...release10, version: '1.1', refusesOddUpgrades: true }
const release12: OperatorRelease = { ...release11, version: '1.2-alpha', nonBlockingActions: true, gate: undefined }

/** The KubeBlocks releases whose operators are known, oldest first. */
export const operatorReleases: readonly OperatorRelease[] = [release05, release06, release07, release08, release09, release10, release11, release12]

/** The operator of a release: `0.6`, `1.2` or `1.2-alpha`. */
export function operatorRelease(version: string): OperatorRelease {
  const found = operatorReleases.find((release) => release.version === version || release.version === `${version}-alpha`)
  invariant(found !== undefined, `no operator is known for KubeBlocks ${version}`)
  return found
}
