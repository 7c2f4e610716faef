import { clusterVersionName, configTemplateName } from '../names.ts'
import { backupNames, needsRepository } from '../operations/backup.ts'
import { roleOf } from '../operations/expose.ts'
import { changedParameter } from '../operations/reconfigure.ts'
import { componentWithClaims, hasMoreShards, largerPods, largerVolumes } from '../operations/scaling.ts'
import { moreReplicas, type Subject, usualReplicas } from '../operations/subject.ts'
import { upgradePath } from '../operations/upgrade.ts'
import { facedComponent } from '../shared/face.ts'

/** Something that is done to a cluster, in two ways. */
export interface Step {
  readonly title: string
  /** A remark, in Markdown. */
  readonly text: string
  readonly kbcli: readonly string[]
  /** Names of the examples that do the same. */
  readonly examples: readonly string[]
}

/** What is done to a cluster from the second day on, in the words of kbcli and by the examples of the chart. */
export function journey(subject: Subject): readonly Step[] {
  return [...scaling(subject), ...parameters(subject), ...running(subject), ...backup(subject), ...upgrade(subject)]
}

/** How a cluster that exists is exposed, and no longer; kbcli from 0.9 on asks for one component. */
export function exposing(subject: Subject): readonly Step[] {
  const { addon, release } = subject.lowering
  const faced = facedComponent(addon)
  if (faced === undefined || !subject.sizes.some(({ component }) => component.name === faced.name)) return []
  const role = release.kbcli.exposesRole ? roleOf(faced) : undefined
  const expose = (type: string, enable: boolean) =>
    `kbcli cluster expose ${subject.cluster} --components ${faced.name} --type ${type}${role === undefined ? '' : ` --role-selector ${role}`} --enable=${enable}`
  const { inside } = release.kbcli
  return [
    { title: '', text: '', kbcli: [expose(inside, true), expose('internet', true)], examples: ['expose'] },
    { title: '', text: '', kbcli: [expose(inside, false)], examples: ['expose-end'] },
  ]
}

function scaling(subject: Subject): readonly Step[] {
  const { cluster, main, lowering } = subject
  const { release } = lowering
  const on = `${cluster} --components ${main.component.name}`
  const { cpu, memory } = largerPods(subject)
  const more = moreReplicas(subject)
  const size = componentWithClaims(subject)
  const usual = usualReplicas(subject)
  const scale = (to: number, by: number) =>
    release.kbcli.scaling === 'hscale'
      ? `kbcli cluster hscale ${on} --replicas ${to}`
      : `kbcli cluster ${by > 0 ? 'scale-out' : 'scale-in'} ${on} --replicas ${Math.abs(by)}`
  return [
    {
      title: 'Scale up',
      text: `To ${cpu} CPU and ${memory} for each pod of ${main.component.name}. Its pods restart.`,
      kbcli: [`kbcli cluster vscale ${on} --cpu ${cpu} --memory ${memory}`],
      examples: ['vertical-scaling'],
    },
    ...(more === undefined
      ? []
      : [
          { title: 'Scale out', text: `From ${usual} to ${more} pods.`, kbcli: [scale(more, more - usual)], examples: ['scale-out'] },
          { title: 'Scale in', text: `From ${more} to ${more - 1} pods.`, kbcli: [scale(more - 1, -1)], examples: ['scale-in'] },
        ]),
    ...(hasMoreShards(subject) ? [{ title: 'Add a shard', text: '', kbcli: [], examples: ['scale-shards'] }] : []),
    ...(size === undefined
      ? []
      : [
          {
            title: 'Expand the disk',
            text: 'The storage class must allow it. Disks never become smaller.',
            kbcli: largerVolumes(subject, size).map(
              ({ name, storage }) =>
                `kbcli cluster volume-expand ${cluster} --components ${size.component.name} --volume-claim-templates ${name} --storage ${storage}`,
            ),
            examples: ['volume-expansion'],
          },
        ]),
  ]
}

/** The flag with a component is `--component` in 0.5 and `--components` later. */
function parameters(subject: Subject): readonly Step[] {
  const changed = changedParameter(subject)
  if (changed === undefined) return []
  const { addon, release } = subject.lowering
  const { component } = subject.main
  const { config, file, parameter, value } = changed
  const where = `${release.kbcli.componentFlag} ${component.name} --config-spec ${configTemplateName(addon.name, component, config.name)} --config-file ${file.name}`
  return [
    {
      title: 'Change a parameter',
      text: `The README of the addon lists the parameters.${parameter.change === 'dynamic' ? '' : ' Pods restart to take up this one.'}`,
      kbcli: [`kbcli cluster configure ${subject.cluster} ${where} --set ${parameter.name}=${value}`],
      examples: ['reconfigure'],
    },
  ]
}

function running({ cluster }: Subject): readonly Step[] {
  return [
    {
      title: 'Stop and start',
      text: 'A stopped cluster keeps its volumes.',
      kbcli: [`kbcli cluster stop ${cluster}`, `kbcli cluster start ${cluster}`],
      examples: ['stop', 'start'],
    },
    { title: 'Restart', text: '', kbcli: [`kbcli cluster restart ${cluster}`], examples: ['restart'] },
  ]
}

function backup(subject: Subject): readonly Step[] {
  const names = backupNames(subject)
  if (names === undefined) return []
  const { release } = subject.lowering
  const [nameFlag, policyFlag] = release.kbcli.backupNames
  const isTool = release.family === 'clusterdefinition' && release.backup === 'BackupTool'
  const method = isTool ? '--type datafile' : `--method ${names.method.name}`
  const repository = needsRepository(release)
    ? 'Backups lie in a BackupRepo, which has to be there (`kbcli backuprepo create --help` says how one is made). '
    : ''
  const restored = names.canRestore ? '' : `KubeBlocks ${release.version} cannot restore it.`
  return [
    {
      title: names.canRestore ? 'Back up and restore' : 'Back up',
      text: `${repository}${names.canRestore ? `A restore makes a new cluster, here ${names.copy}, when the backup is complete.` : restored}`,
      kbcli: [
        `kbcli cluster backup ${subject.cluster} ${method} ${nameFlag} ${names.backup} ${policyFlag} ${names.policy}`,
        `kbcli cluster list-backups ${subject.cluster}`,
        ...(names.canRestore ? [`kbcli cluster restore ${names.copy} --backup ${names.backup}`] : []),
      ],
      examples: ['backup', ...(names.canRestore ? ['restore'] : [])],
    },
  ]
}

function upgrade(subject: Subject): readonly Step[] {
  const path = upgradePath(subject)
  if (path === undefined) return []
  const { addon, release } = subject.lowering
  const to = path.to.version
  const components = subject.sizes.map(({ component }) => component.name).join(',')
  const flags =
    release.family === 'clusterdefinition'
      ? `--cluster-version ${clusterVersionName(addon.name, to)}`
      : `--service-version ${to} --components ${components}`
  return [
    {
      title: 'Upgrade',
      text: `To ${to}, from ${path.to.upgradeFrom.join(' or ')}. The README of the addon lists the versions; make a backup before. The examples are of a cluster of their own.`,
      kbcli: [`kbcli cluster upgrade ${subject.cluster} ${flags}`],
      examples: ['cluster-old', 'upgrade'],
    },
  ]
}
