import { type Entry, map, pair, seq } from '../../gotemplate/index.ts'
import type { EngineVersion } from '../../model/addon.ts'
import { lineOf } from '../clusterdefinition/lines.ts'
import { presetDefinitionName } from '../componentdefinition/names.ts'
import { clusterVersionName } from '../names.ts'
import { clusterExample } from './clusters.ts'
import { type Example, operation } from './example.ts'
import { clusterName, type Subject } from './subject.ts'

/** The default version, and the one that it is upgraded from in examples; nothing where the author names none. */
export function upgradePath({ lowering: { addon } }: Subject): { readonly from: EngineVersion; readonly to: EngineVersion } | undefined {
  const to = addon.versions.find(({ isDefault }) => isDefault)
  const from = addon.versions.find(({ version }) => version === to?.upgradeFrom[0])
  return to === undefined || from === undefined ? undefined : { from, to }
}

/** A cluster of an older version, and its upgrade to the default one. */
export function upgrade(subject: Subject): readonly Example[] {
  const path = upgradePath(subject)
  if (path === undefined) return []
  const { from, to } = path
  const name = clusterName(subject.lowering.addon.name, 'old')
  return [
    clusterExample(subject, 'cluster-old', name, [`Makes a cluster of the older version ${from.version}, for upgrade.yaml.`], {
      version: from.version,
    }),
    operation(subject, 'upgrade', {
      about: [`Upgrades the cluster ${name}, which cluster-old.yaml makes, from ${from.version} to ${to.version}. Make a backup before.`],
      type: 'Upgrade',
      spec: pair('upgrade', map(target(subject, from, to))),
      on: name,
      origin: to.origin,
    }),
  ]
}

/** A ClusterVersion, or from 0.9 on a version for each component; a cluster gets another definition only when it is named (release-1.0:pkg/operations/upgrade.go). */
function target({ lowering, sizes }: Subject, from: EngineVersion, to: EngineVersion): Entry[] {
  const { addon, release } = lowering
  if (release.family === 'clusterdefinition') return pair('clusterVersionRef', clusterVersionName(addon.name, to.version))
  const line = lineOf(addon, to)
  const isOtherLine = line !== lineOf(addon, from)
  const components = sizes.map(({ component }) => {
    const definition = line?.components.find(({ name }) => name === component.name)
    return map(
      pair('componentName', component.name),
      pair('serviceVersion', to.version),
      isOtherLine && line !== undefined && definition !== undefined
        ? pair('componentDefinitionName', presetDefinitionName({ ...lowering, release }, { component: definition, line }))
        : [],
    )
  })
  return pair('components', seq(components))
}
