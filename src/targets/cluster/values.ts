import type { Value } from '../../model/chart.ts'
import { MOST_REPLICAS } from '../../operator/limits.ts'
import { clusterVersionName } from '../names.ts'
import type { Lowering } from '../release.ts'
import { facedComponent } from '../shared/face.ts'
import { CLOUD_PROVIDERS, EXPOSURES } from './exposure.ts'
import { leaf } from './leaf.ts'
import { cores, gibibytes } from './quantities.ts'
import { referenceValues } from './references.ts'
import { schedulingValues } from './scheduling.ts'
import { type SizedComponent, sizedComponents } from './sizes.ts'
import { testValues } from './test.ts'
import { tlsValues } from './tls.ts'

/** What a cluster gets of CPU and memory when the descriptor says nothing. */
const USUAL = { cpu: '1', memory: '1Gi' }

/** What a volume claim gets when the descriptor says nothing. */
export const USUAL_SIZE = '20Gi'

const QUANTITY = '^[0-9]+(\\.[0-9]+)?(m|k|M|G|T|P|Ki|Mi|Gi|Ti|Pi)?$'

/** A number first, so that kbcli makes a flag with a number of it. Helm prints numbers from a million on, and tiny ones, in a way that is no quantity. */
function amount(minimum: number, maximum: number): Readonly<Record<string, unknown>> {
  return { type: ['number', 'string'], minimum, maximum, pattern: QUANTITY }
}

const CPU = { ...amount(0.01, 1024), pattern: '^[0-9]+(\\.[0-9]+)?m?$' }
const MEMORY = amount(0.01, 65_536)
const STORAGE = amount(0.001, 999_999)

/** The values of a cluster chart: flat and each with a default, since kbcli passes all of them (kbcli release-1.1:pkg/cmd/cluster/create_util.go). */
export function clusterValues(lowering: Lowering): readonly Value[] {
  const { addon, release } = lowering
  const sizes = sizedComponents(lowering)
  const values = [
    versionValue(lowering),
    ...(addon.topologies.length < 2 ? [] : [topologyValue(lowering)]),
    ...sizes.flatMap((size) => sizeValues(lowering, size)),
    ...(sizes.some(({ claims }) => claims.length > 0)
      ? [leaf('storageClassName', 'Storage class of the volumes; empty for the default one of Kubernetes.', '', { type: 'string' })]
      : []),
    terminationPolicy(lowering),
    ...(addon.components.some(({ metrics }) => metrics !== undefined)
      ? [leaf('monitor', 'Whether metrics are collected.', true, { type: 'boolean' })]
      : []),
    ...tlsValues(lowering),
    ...(facedComponent(addon) === undefined ? [] : exposureValues()),
    ...referenceValues(lowering),
    ...schedulingValues(release),
    ...testValues(lowering),
  ]
  reportTwice(lowering, values, sizes)
  return values
}

/**
 * A ClusterVersion up to 0.8, a service version later. Kbcli before 0.9 asks for it with an empty text when the user names none, and must get an answer
 * (kbcli release-0.8:pkg/cmd/cluster/create_subcmds.go validateVersion).
 */
function versionValue({ addon, release }: Lowering): Value {
  const isOld = release.family === 'clusterdefinition'
  const named = addon.versions.map(({ version }) => (isOld ? clusterVersionName(addon.name, version) : version))
  const preset = named[addon.versions.findIndex(({ isDefault }) => isDefault)] ?? ''
  const what = isOld ? 'ClusterVersion: the version of the engine; empty for the default one.' : 'Version of the engine.'
  return leaf('version', what, preset, { type: 'string', enum: isOld ? [...named, ''] : named })
}

function topologyValue({ addon }: Lowering): Value {
  const preset = addon.topologies.find(({ isDefault }) => isDefault)?.name ?? ''
  return leaf('topology', 'Which components the cluster is made of.', preset, { type: 'string', enum: addon.topologies.map(({ name }) => name) })
}

function sizeValues({ addon }: Lowering, { component, replicas, cpu, memory, claims, shards }: SizedComponent): readonly Value[] {
  const { cpu: cores_, memory: bytes } = addon.cluster.resources ?? USUAL
  const of = addon.components.length === 1 ? '' : ` of ${component.name}`
  const { default: usual, minimum, maximum, recommended } = component.replicas
  const bounds = { minimum: Math.max(minimum ?? 1, 1), maximum: maximum ?? MOST_REPLICAS }
  const advice = recommended.length === 0 ? '' : ` Recommended: ${recommended.join(', ')}.`
  return [
    ...(shards === undefined ? [] : [shardsValue(component, shards)]),
    leaf(replicas, `Pods${shards === undefined ? of : `${of} in each shard`}.${advice}`, Math.max(usual, bounds.minimum), {
      type: 'integer',
      ...bounds,
    }),
    leaf(cpu, `CPU of each pod${of}, in cores; a text is a Kubernetes quantity.`, cores(cores_), CPU),
    leaf(memory, `Memory of each pod${of}, in Gi; a text is a Kubernetes quantity.`, gibibytes(bytes), MEMORY),
    ...claims.map(({ volume, value }) =>
      leaf(
        value,
        `Size of the volume ${volume.name} of each pod${of}, in Gi; a text is a Kubernetes quantity.`,
        gibibytes(volume.size ?? USUAL_SIZE),
        STORAGE,
      ),
    ),
  ]
}

function shardsValue({ sharding }: SizedComponent['component'], name: string): Value {
  const { minimum = 1, maximum } = sharding ?? {}
  return leaf(name, 'Shards.', Math.max(minimum, 1), {
    type: 'integer',
    minimum: Math.max(minimum, 1),
    ...(maximum === undefined ? {} : { maximum }),
  })
}

/** `Halt` is gone from 1.0 on (API.md 2.19). */
function terminationPolicy({ release }: Lowering): Value {
  const isV1 = release.family === 'componentdefinition' && release.api === 'v1'
  const halt = isV1 ? '' : ' Halt keeps its volumes,'
  const what = `What becomes of the cluster when it is deleted: DoNotTerminate refuses that,${halt} Delete keeps its backups, WipeOut keeps nothing.`
  return leaf('terminationPolicy', what, 'Delete', { type: 'string', enum: ['DoNotTerminate', ...(isV1 ? [] : ['Halt']), 'Delete', 'WipeOut'] })
}

function exposureValues(): readonly Value[] {
  return [
    leaf('exposure', 'How the cluster is reached from outside Kubernetes: not at all, inside the VPC, or from the internet.', 'none', {
      type: 'string',
      enum: EXPOSURES,
    }),
    leaf(
      'cloudProvider',
      'Whose load balancers expose it. With other, a port of the nodes is opened for the VPC, and a load balancer without annotations for the internet.',
      'other',
      { type: 'string', enum: CLOUD_PROVIDERS },
    ),
  ]
}

/** Names are made of those of components and volumes, so they can meet. */
function reportTwice({ locate, report }: Lowering, values: readonly Value[], sizes: readonly SizedComponent[]): void {
  const seen = new Set<string>()
  for (const { name } of values) {
    if (seen.has(name)) {
      const owner = sizes.find((size) => [size.replicas, size.cpu, size.memory, size.shards, ...size.claims.map(({ value }) => value)].includes(name))
      report({
        code: 'addon/duplicate',
        message: `two parts of the descriptor give the cluster chart a value of the name "${name}".`,
        place: locate(owner?.component.origin ?? [], 'key'),
        hint: 'rename one of them',
      })
    }
    seen.add(name)
  }
}
