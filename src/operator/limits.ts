import { ALL, FROM_08, FROM_09, NEW, OLD } from './eras.ts'
import type { OperatorRelease } from './releases.ts'

/** What a name may be: how long, and of which form. */
export interface NameLimit {
  readonly length: number
  readonly form?: RegExp
}

/** The most replicas where a definition sets no limit, and the most that it can set (a CEL rule). release-1.0:controllers/apps/component/transformer_component_validation.go. */
export const MOST_REPLICAS = 16384

const SUBDOMAIN = /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/
/** Names of Services, and of what Services are named after. */
export const LABEL: RegExp = /^[a-z]([a-z0-9-]*[a-z0-9])?$/

/** Things with names in the definitions of a chart. */
export type NamedItem =
  | 'componentDef'
  | 'clusterComponent'
  | 'topologyComponent'
  | 'cluster'
  | 'componentDefinition'
  | 'serviceVersion'
  | 'release'
  | 'imageKey'
  | 'image'
  | 'role'
  | 'topology'
  | 'service'
  | 'template'
  | 'templateMap'
  | 'configConstraint'
  | 'volume'
  | 'backupIdentifier'
  | 'opsComponentDefinition'

interface Row extends NameLimit {
  readonly releases: readonly string[]
}

/** The table: one row where a limit changes. From the CRDs of each release (deploy/helm/crds), and from labels that the operator makes of names. */
const LIMITS: Readonly<Record<NamedItem, readonly Row[]>> = {
  componentDef: [
    { releases: ['0.5'], length: 18, form: LABEL },
    { releases: ['0.6', '0.7', '0.8', '0.9'], length: 22, form: LABEL },
  ],
  clusterComponent: [
    { releases: ['0.5'], length: 15, form: LABEL },
    { releases: ALL.slice(1), length: 22, form: LABEL },
  ],
  topologyComponent: [{ releases: FROM_09, length: 16, form: LABEL }],
  // kbcli:pkg/cmd/cluster/create_util.go; the operator itself has no limit.
  cluster: [{ releases: ALL, length: 16, form: LABEL }],
  componentDefinition: [
    // What a Cluster of 0.8 can name; looked up by the exact name.
    { releases: ['0.8'], length: 22, form: SUBDOMAIN },
    // It becomes the key and the value of a label: release-1.0:controllers/apps/componentversion_controller.go updateSupportedCompDefLabels.
    { releases: FROM_09, length: 63, form: SUBDOMAIN },
  ],
  serviceVersion: [{ releases: FROM_08, length: 32 }],
  release: [{ releases: FROM_09, length: 32, form: SUBDOMAIN }],
  imageKey: [{ releases: FROM_09, length: 32 }],
  image: [{ releases: FROM_09, length: 256 }],
  role: [{ releases: FROM_08, length: 32 }],
  topology: [{ releases: FROM_09, length: 32 }],
  service: [{ releases: FROM_09, length: 25 }],
  // Behind `config.kubeblocks.io/tpl-` and `constraints-` in label keys, whose names have 63 characters:
  // release-0.5 to release-0.9:controllers/apps/configuration/config_util.go updateLabelsByConfigSpec.
  template: [
    { releases: OLD, length: 59, form: SUBDOMAIN },
    { releases: NEW, length: 63, form: SUBDOMAIN },
  ],
  configConstraint: [{ releases: OLD, length: 51, form: SUBDOMAIN }],
  templateMap: [{ releases: ALL, length: 63, form: SUBDOMAIN }],
  volume: [
    { releases: ['0.5'], length: 32, form: LABEL },
    { releases: ALL.slice(1), length: 63, form: LABEL },
  ],
  backupIdentifier: [{ releases: OLD, length: 20 }],
  opsComponentDefinition: [{ releases: FROM_09, length: 32 }],
}

/** The limit of a kind of name in a release; undefined where the release has no such thing. */
export function nameLimit(release: OperatorRelease, item: NamedItem): NameLimit | undefined {
  return LIMITS[item].find((row) => row.releases.includes(release.version))
}

/** Why a name cannot stand, in words that go after it; undefined when it can. */
export function nameProblem(release: OperatorRelease, item: NamedItem, name: string): string | undefined {
  const limit = nameLimit(release, item)
  if (limit === undefined) return undefined
  if (name.length > limit.length) return `has ${name.length} characters, and KubeBlocks ${release.version} takes ${limit.length}`
  if (limit.form !== undefined && !limit.form.test(name)) return 'is not made of lower case letters, digits and dashes as Kubernetes wants them'
  return undefined
}
