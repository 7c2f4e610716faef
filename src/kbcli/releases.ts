/** A flag that kbcli adds to those of a chart, and hands to Helm as a value like them. */
export interface OwnFlag {
  readonly name: string
  /** What Helm gets when the user does not give it. */
  readonly value: string | boolean | readonly string[]
  /** `never`: flags of a type that kbcli reads as a text, and gets none of; Helm gets the same whatever the user gives. */
  readonly given: 'handed on' | 'never'
  /** Whether a property of that name in the schema takes its place; otherwise the property has no flag. */
  readonly yields: boolean
}

/**
 * What kbcli of one KubeBlocks release makes of a cluster chart, as facts. Each was read in the branch of the release: kbcli:pkg/cluster,
 * pkg/cmd/cluster and pkg/util/flags from 0.8 on; in the operator's repository pkg/cli for 0.7, internal/cli for 0.6.
 */
export interface KbcliRelease {
  /** As the operators' releases are called. */
  readonly version: string
  /** The API in which it looks for Clusters. */
  readonly clusterApi: 'apps.kubeblocks.io/v1alpha1' | 'apps.kubeblocks.io/v1'
  /** Objects and lists of the schema have flags; else kbcli refuses the chart. flags.go buildOneFlag. */
  readonly structured: boolean
  /** Properties of type null are passed over; else kbcli refuses the chart. */
  readonly passesNull: boolean
  /** The second of two properties that give one flag is passed over; else kbcli crashes. */
  readonly passesRepeated: boolean
  /** When the value of `--a.b` is b below a, and not a value whose name has a dot. create_util.go getValuesFromFlags, buildHelmValues. */
  readonly nests: 'never' | 'with a dependency' | 'always'
  /** Without a schema the chart is refused: always, when it is registered (the charts inside kbcli are not), or never. */
  readonly withoutSchema: 'refused' | 'not registered' | 'no flags'
  /** A first dependency without a schema is nothing to kbcli; else it refuses the chart. cluster_chart.go BuildClusterSchema. */
  readonly passesDependency: boolean
  /**
   * Whether `version` is the name of a ClusterVersion: its default in the schema is dropped, and what the user does not give is looked up in
   * Kubernetes. `declared`: the schema must have it as a text. create_subcmds.go validateVersion.
   */
  readonly clusterVersion: 'declared' | 'always' | undefined
  /** Flags of `kbcli cluster create` that its types have too, unless a property takes the name. */
  readonly parentFlags: readonly string[]
  readonly ownFlags: readonly OwnFlag[]
  /** Names of types that can be registered; nothing when none can. register.go validate. */
  readonly typeName: RegExp | undefined
  /** The definition is the text after `clusterDefinitionRef: ` in templates/cluster.yaml; else it is looked for in the rendered Cluster. */
  readonly definitionInText: boolean
  /** The field of a Cluster that names its ClusterDefinition, and lists below spec whose items may name a ComponentDefinition. */
  readonly definitionField: string
  readonly componentLists: readonly (readonly [list: string, ...below: readonly string[]])[]
}

const PARENT = ['edit', 'dry-run', 'output']

/** kbcli:pkg/cmd/cluster/create_subcmds.go buildCreateSubCmds; what the last two of `never` hold does not reach Helm. */
const OWN_10: readonly OwnFlag[] = [
  { name: 'edit', value: false, given: 'handed on', yields: false },
  { name: 'dry-run', value: 'none', given: 'handed on', yields: false },
  { name: 'output', value: '', given: 'never', yields: false },
  { name: 'pod-anti-affinity', value: 'Preferred', given: 'handed on', yields: true },
  { name: 'topology-keys', value: [], given: 'handed on', yields: true },
  { name: 'node-labels', value: '', given: 'never', yields: true },
  { name: 'tolerations', value: '', given: 'never', yields: true },
  { name: 'tenancy', value: 'SharedNode', given: 'handed on', yields: true },
]

const release06: KbcliRelease = {
  version: '0.6',
  clusterApi: 'apps.kubeblocks.io/v1alpha1',
  structured: false,
  passesNull: false,
  passesRepeated: false,
  nests: 'never',
  withoutSchema: 'refused',
  passesDependency: false,
  clusterVersion: 'declared',
  parentFlags: PARENT,
  ownFlags: [],
  typeName: undefined,
  definitionInText: true,
  definitionField: 'clusterDefinitionRef',
  componentLists: [],
}
const release07: KbcliRelease = {
  ...release06,
  version: '0.7',
  structured: true,
  nests: 'with a dependency',
  withoutSchema: 'not registered',
  clusterVersion: 'always',
  typeName: /^[a-zA-Z0-9]{1,16}$/,
}
const release08: KbcliRelease = { ...release07, version: '0.8', definitionInText: false, componentLists: [['componentSpecs']] }
const release09: KbcliRelease = {
  ...release08,
  version: '0.9',
  passesNull: true,
  passesRepeated: true,
  withoutSchema: 'no flags',
  passesDependency: true,
  clusterVersion: undefined,
  componentLists: [['componentSpecs'], ['shardingSpecs', 'template']],
}
const release10: KbcliRelease = {
  ...release09,
  version: '1.0',
  clusterApi: 'apps.kubeblocks.io/v1',
  nests: 'always',
  withoutSchema: 'not registered',
  parentFlags: [],
  ownFlags: OWN_10,
  typeName: /^[a-zA-Z0-9-]{1,16}$/,
  definitionField: 'clusterDef',
  componentLists: [['componentSpecs'], ['shardings', 'template']],
}
const release11: KbcliRelease = { ...release10, version: '1.1' }
/** main. */
const release12: KbcliRelease = { ...release11, version: '1.2-alpha' }

/** The releases of kbcli that have types of clusters, oldest first; that of 0.5 has none. */
export const kbcliReleases: readonly KbcliRelease[] = [release06, release07, release08, release09, release10, release11, release12]

/** kbcli of a KubeBlocks release; nothing when it has no types of clusters. */
export function kbcliRelease(version: string): KbcliRelease | undefined {
  return kbcliReleases.find((release) => release.version === version || release.version === `${version}-alpha`)
}

/** How a list of releases is called in a sentence: "kbcli of KubeBlocks 0.6 to 0.9". */
export function kbcliOf(releases: readonly KbcliRelease[]): string {
  const versions = releases.map(({ version }) => version)
  const [first = ''] = versions
  const last = versions.at(-1) ?? first
  return `kbcli of KubeBlocks ${first === last ? first : `${first} to ${last}`}`
}

/** Persistent flags of kbcli itself, which stand before those of a chart. kbcli:pkg/cmd/cli.go; k8s.io/cli-runtime genericclioptions.ConfigFlags. */
export const GLOBAL_FLAGS: readonly string[] = [
  'as',
  'as-group',
  'as-uid',
  'cache-dir',
  'certificate-authority',
  'client-certificate',
  'client-key',
  'cluster',
  'context',
  'disable-compression',
  'help',
  'insecure-skip-tls-verify',
  'kubeconfig',
  'match-server-version',
  'namespace',
  'request-timeout',
  'server',
  'tls-server-name',
  'token',
  'user',
]
