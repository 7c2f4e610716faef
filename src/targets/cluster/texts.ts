import type { ResolvedAddon } from '../../model/addon.ts'
import type { Chart, Value } from '../../model/chart.ts'
import { accountSecretName, connectionSecretName, tlsSecretName } from '../../operator/names.ts'
import { credentialAccount } from '../clusterdefinition/credential.ts'
import { leaveHook } from '../clusterdefinition/texts.ts'
import { clusterChartName } from '../names.ts'
import { clusterName, otherReplicas, type Subject, subjectOf, usualReplicas } from '../operations/subject.ts'
import type { Lowering } from '../release.ts'
import { facedComponent } from '../shared/face.ts'
import { valueRows } from '../shared/value-rows.ts'
import { createWithHelm, createWithKbcli, register, tlsFlag } from './create.ts'
import { hasClusterServices } from './exposure.ts'
import { exposing, journey, type Step } from './journey.ts'
import { hasSchedulingPolicy } from './scheduling.ts'
import { hasTls } from './tls.ts'

/** What else the chart has. */
interface Parts {
  /** Whether `helm test` does something. */
  readonly hasTest: boolean
}

/** The files of the chart that are whole texts: helpers, notes, README, .helmignore. */
export function clusterSkeletons(lowering: Lowering, values: readonly Value[], { hasTest }: Parts): Chart['skeletons'] {
  const { addon, release } = lowering
  const name = clusterChartName(addon)
  const subject = subjectOf(lowering, values)
  const common = { name, addon: addon.name, version: addon.version, kubeblocks: release.version, hasTest, service: serviceData(subject) }
  return [
    {
      path: 'templates/_helpers.tpl',
      skeleton: 'cluster/_helpers.tpl',
      data: { name, generator: addon.version, hasTls: hasTls(lowering), hasSchedulingPolicy: hasSchedulingPolicy(release) },
    },
    { path: 'templates/NOTES.txt', skeleton: 'cluster/NOTES.txt', data: { ...common, secrets: secrets(subject, (suffix) => suffix) } },
    { path: '.helmignore', skeleton: 'chart/helmignore', data: {} },
    { path: 'README.md', skeleton: 'cluster/README.md', data: { ...common, ...readmeData(subject, values) } },
  ]
}

/** What clients connect to: the default service of a component, where there is one, and how it is called from outside. */
function serviceData({ lowering, sizes }: Subject): object | null {
  const faced = facedComponent(lowering.addon)
  if (faced === undefined || !sizes.some(({ component }) => component.name === faced.name)) return null
  const ports = faced.services.find(({ name }) => name === 'default')?.ports ?? []
  return {
    component: faced.name,
    inside: lowering.release.kbcli.inside,
    metrics: sizes.flatMap(({ component: { name, metrics } }) =>
      metrics === undefined ? [] : [{ component: name, port: metrics.port.number, path: metrics.path }],
    ),
    ports: ports.map(({ name, number }) => ({ name, port: number })),
    // Services of components carry the name of theirs (API.md 2.19).
    exposedAs: hasClusterServices(lowering.release) ? '' : `-${faced.name}`,
    tlsSecret: hasTls(lowering) && faced.tls !== undefined ? tlsSecretName('', faced.name) : '',
  }
}

/** Secrets with what clients log in with. `named` makes a name of what comes after that of the cluster. */
function secrets({ lowering, sizes }: Subject, named: (suffix: string) => string): readonly { readonly account: string; readonly secret: string }[] {
  const { addon, release } = lowering
  if (release.family === 'clusterdefinition') {
    const found = credentialAccount(addon)
    return found === undefined ? [] : [{ account: found.account.name, secret: named(connectionSecretName('')) }]
  }
  return sizes
    .filter(({ shards }) => shards === undefined)
    .flatMap(({ component }) => component.accounts.map(({ name }) => ({ account: name, secret: named(accountSecretName('', component.name, name)) })))
}

function readmeData(subject: Subject, values: readonly Value[]): object {
  const { lowering, cluster, main } = subject
  const { addon } = lowering
  const archive = `${clusterChartName(addon)}-${addon.version}.tgz`
  const [usual, other] = [usualReplicas(subject), otherReplicas(subject)]
  const sizes = [{ name: cluster, replicas: usual, example: 'cluster' }]
  const all = other === undefined ? sizes : [...sizes, { name: clusterName(addon.name, String(other)), replicas: other, example: `cluster-${other}` }]
  const withExamples = ({ examples, ...step }: Step) => ({ ...step, files: examples.map((file) => `examples/${file}.yaml`) })
  return {
    description: addon.description,
    cluster,
    archive,
    register: register(subject, archive),
    clusters: all.map(({ name, replicas, example }) => ({
      size: `${replicas} pod${replicas === 1 ? '' : 's'}${subject.sizes.length === 1 ? '' : ` of ${main.component.name}`}`,
      helm: createWithHelm(subject, archive, name, replicas),
      kbcli: createWithKbcli(subject, name, replicas),
      example: `examples/${example}.yaml`,
    })),
    tlsFlag: tlsFlag(subject),
    secrets: secrets(subject, (suffix) => cluster + suffix),
    exposing: exposing(subject).map(withExamples),
    steps: journey(subject).map(withExamples),
    leave: leaveData(addon, lowering),
    values: valueRows(values),
    guide: addon.guide?.text.trimEnd() ?? '',
  }
}

/** What stays unsafe where members leave by a preStop hook. */
function leaveData(addon: ResolvedAddon, { release }: Lowering): object | null {
  return release.family === 'clusterdefinition' ? leaveHook(addon) : null
}
