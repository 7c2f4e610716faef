/** What an operator of the ClusterDefinition family can do, beyond what all of them can (API.md 2.1, 3.2, 5.3; the operators' sources). */
export interface Capabilities {
  /** Engines (characterType) whose role the operator asks by itself. */
  readonly builtInRoleProbes: readonly string[]
  /** Whether a command can tell the role (`rsmSpec.roleProbe.customHandler`). */
  readonly roleProbeCommand: boolean
  /** Whether a component can be told about others (`componentDefRef`). */
  readonly componentReferences: boolean
  /** Whether a command can hand over the leading role (`switchoverSpec`). */
  readonly switchoverCommand: boolean
  /** Whether a command can run once a component is ready (`postStartSpec`). */
  readonly postStartCommand: boolean
  /** Whether a volume that is nearly full makes the engine read-only (`volumeProtectionSpec`). */
  readonly volumeProtection: boolean
  /** Workloads whose update strategy can be chosen (`consensusSpec`, `replicationSpec`, `statefulSpec`). */
  readonly updateStrategies: readonly ('Consensus' | 'Replication' | 'Stateful' | 'Stateless')[]
}

const BUILT_IN = ['mysql', 'postgresql', 'redis', 'mongodb', 'etcd']

const KB_05: Capabilities = {
  builtInRoleProbes: BUILT_IN,
  roleProbeCommand: false,
  componentReferences: false,
  switchoverCommand: false,
  postStartCommand: false,
  volumeProtection: false,
  updateStrategies: ['Consensus'],
}

const KB_06: Capabilities = {
  ...KB_05,
  builtInRoleProbes: [...BUILT_IN, 'kafka'],
  componentReferences: true,
  switchoverCommand: true,
  volumeProtection: true,
  updateStrategies: ['Consensus', 'Replication', 'Stateful'],
}

const KB_07: Capabilities = { ...KB_06, roleProbeCommand: true, postStartCommand: true }

const KB_08: Capabilities = { ...KB_07, builtInRoleProbes: [...BUILT_IN, 'polardbx'] }

/** The capabilities of each release of the family. */
export const CAPABILITIES: Readonly<Record<'0.5' | '0.6' | '0.7' | '0.8', Capabilities>> = { '0.5': KB_05, '0.6': KB_06, '0.7': KB_07, '0.8': KB_08 }
