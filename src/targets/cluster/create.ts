import { type Subject, usualReplicas } from '../operations/subject.ts'
import { hasTls } from './tls.ts'

/** The type that kbcli makes of the chart. Before 1.0 it must be none that kbcli brings along, and has no dashes. */
function typeName({ lowering: { addon, release } }: Subject): string {
  return release.kbcli.types === 'new' ? `my${addon.name.replaceAll('-', '')}`.slice(0, 16) : addon.name.slice(0, 16).replace(/-+$/, '')
}

/** Commands of kbcli that make known what it makes clusters of; none where it takes no chart. */
export function register(subject: Subject, archive: string): readonly string[] {
  return subject.lowering.release.kbcli.types === 'none' ? [] : [`kbcli cluster register ${typeName(subject)} --source ${archive}`]
}

/** The command of kbcli that makes a cluster with a number of pods of the main component. */
export function createWithKbcli(subject: Subject, name: string, replicas: number): string {
  const { addon, release } = subject.lowering
  if (release.kbcli.types !== 'none')
    return `kbcli cluster create ${typeName(subject)} ${name}${replicas === usualReplicas(subject) ? '' : ` --replicas ${replicas}`}`
  const sets = subject.sizes.map((size) => {
    const [claim] = size.claims
    const flags = [
      ...(subject.sizes.length === 1 ? [] : [`type=${size.component.name}`]),
      `cpu=${String(subject.preset(size.cpu))}`,
      `memory=${String(subject.preset(size.memory))}Gi`,
      ...(claim === undefined ? [] : [`storage=${String(subject.preset(claim.value))}Gi`]),
      `replicas=${size === subject.main ? replicas : String(subject.preset(size.replicas))}`,
    ]
    return ` --set ${flags.join(',')}`
  })
  return `kbcli cluster create ${name} --cluster-definition=${addon.name}${sets.join('')}`
}

/** The command of Helm that makes a cluster, by an archive of the chart. */
export function createWithHelm(subject: Subject, archive: string, name: string, replicas: number): string {
  const set = replicas === usualReplicas(subject) ? '' : ` --set ${subject.main.replicas}=${replicas}`
  return `helm install ${name} ${archive} --namespace default${set}`
}

/** Values that turn TLS on; none where the engine or the release has none. */
export function tlsFlag({ lowering }: Subject): string {
  return hasTls(lowering) ? '--set tls=true' : ''
}
