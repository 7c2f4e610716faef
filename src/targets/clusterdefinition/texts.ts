import type { Component } from '../../model/addon.ts'
import { clusterVersionName } from '../names.ts'
import type { ClusterDefinitionLowering } from '../release.ts'
import { runName } from '../shared/run.ts'
import type { SkeletonParts } from '../shared/skeletons.ts'
import { gracePeriod } from './facts.ts'

/** What the texts of a chart say in this family. */
export function textParts({ addon, release }: ClusterDefinitionLowering): SkeletonParts {
  const leaving = addon.components.find(({ lifecycle }) => lifecycle?.memberLeave !== undefined)
  const leave = leaving?.lifecycle?.memberLeave
  return {
    kubeblocks: release.version,
    create: (faced, replicas) => {
      const sets = addon.components.map((component) => {
        const flags = setFlags(addon.cluster.resources, component, component === faced ? replicas : component.replicas.default)
        return ` --set ${[...(addon.components.length === 1 ? [] : [`type=${component.name}`]), ...flags].join(',')}`
      })
      return `kbcli cluster create ${addon.name} --cluster-definition=${addon.name}${sets.join('')}`
    },
    versionKind: 'ClusterVersion',
    versionName: (version) => clusterVersionName(addon.name, version),
    leaveHook: leave === undefined || leaving === undefined ? null : { script: runName(leave.run), grace: gracePeriod(leaving) },
    hasOneMethod: release.backup === 'BackupTool',
    backupFlag: (method) => (release.backup === 'BackupTool' ? '--type datafile' : `--method ${method}`),
    frozen: [],
  }
}

/** Settings for the resources, storage and replicas of a component. */
function setFlags(
  resources: ClusterDefinitionLowering['addon']['cluster']['resources'],
  { volumes }: Component,
  replicas: number,
): readonly string[] {
  const size = volumes.flatMap((volume) => (volume.kind === 'claim' && volume.size !== undefined ? [volume.size] : []))[0]
  return [
    ...(resources === undefined ? [] : [`cpu=${resources.cpu}`, `memory=${resources.memory}`]),
    ...(size === undefined ? [] : [`storage=${size}`]),
    `replicas=${replicas}`,
  ]
}
