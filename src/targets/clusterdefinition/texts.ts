import type { ResolvedAddon } from '../../model/addon.ts'
import { clusterVersionName } from '../names.ts'
import type { ClusterDefinitionLowering } from '../release.ts'
import { runName } from '../shared/run.ts'
import type { SkeletonParts } from '../shared/skeletons.ts'
import { gracePeriod } from './facts.ts'

/** What the texts of a chart say in this family. */
export function textParts({ addon, release }: ClusterDefinitionLowering): SkeletonParts {
  return {
    kubeblocks: release.version,
    versionKind: 'ClusterVersion',
    versionName: (version) => clusterVersionName(addon.name, version),
    hasOneMethod: release.backup === 'BackupTool',
    frozen: [],
  }
}

/** The script of the preStop hook by which members leave, and the seconds that it has; nothing where none has to. */
export function leaveHook({ components }: ResolvedAddon): { readonly script: string; readonly grace: number } | null {
  const leaving = components.find(({ lifecycle }) => lifecycle?.memberLeave !== undefined)
  const leave = leaving?.lifecycle?.memberLeave
  return leave === undefined || leaving === undefined ? null : { script: runName(leave.run), grace: gracePeriod(leaving) }
}
